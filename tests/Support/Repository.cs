namespace Qhana.Registry.Tests.Support;

/// <summary>Files of the repository that the tests are part of.</summary>
public static class Repository
{
    private static readonly Lazy<string> Root = new(FindRoot);

    /// <summary>The path of a file, from its path below the root of the repository.</summary>
    public static string File(string path) => Path.Combine(Root.Value, path);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Registry.csproj")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Registry.csproj.");
    }
}
