namespace Qhana.Registry.Tests.Support;

/// <summary>A folder for the files of one test, which goes with the test.</summary>
public sealed class TestFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qhana-registry-test-");

    /// <summary>The folder itself.</summary>
    public string Path => _folder.FullName;

    /// <summary>A path in the folder; the file need not exist.</summary>
    public string File(string name) => System.IO.Path.Combine(_folder.FullName, name);

    /// <inheritdoc />
    public void Dispose()
    {
        if (Directory.Exists(_folder.FullName))
            _folder.Delete(recursive: true);
    }
}
