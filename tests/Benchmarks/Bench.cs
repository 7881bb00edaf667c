using Qhana.Registry.Benchmarks.Reporting;
using Qhana.Registry.Benchmarks.Seeding;
using Qhana.Registry.Benchmarks.Servers;

namespace Qhana.Registry.Benchmarks;

/// <summary>What every measure works with. Disposing it deletes the folder of this run.</summary>
public sealed class Bench : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("qhana-registry-benchmark-");
    private readonly string _registryPath;
    private int _files;

    /// <summary>Makes the folder of this run.</summary>
    public Bench(BenchmarkOptions options, Report report, CancellationToken stop)
    {
        Effort = options.Effort;
        _registryPath = options.RegistryPath;
        Report = report;
        Stop = stop;
        Databases = new SeededDatabases(NewFile, stop);
    }

    /// <summary>How thoroughly to measure.</summary>
    public Effort Effort { get; }

    /// <summary>Where results go.</summary>
    public Report Report { get; }

    /// <summary>Ends the run.</summary>
    public CancellationToken Stop { get; }

    /// <summary>Filled databases.</summary>
    public SeededDatabases Databases { get; }

    /// <summary>The path of a file in the folder of this run that is not there yet.</summary>
    public string NewFile() => Path.Combine(_folder.FullName, $"{Interlocked.Increment(ref _files)}.db");

    /// <summary>Starts a registry, without discovery and purge where the settings do not say otherwise.</summary>
    /// <param name="databaseFile">Its database; made where it is not there.</param>
    /// <param name="settings">Its other settings.</param>
    public Task<ServerProcess> StartRegistryAsync(string databaseFile, params (string Variable, string Value)[] settings) =>
        ServerProcess.StartAsync(_folder.FullName, [_registryPath],
        [
            ("SQLALCHEMY_DATABASE_URI", $"sqlite:///{databaseFile}"),
            ("PLUGIN_DISCOVERY_INTERVAL", "-1"),
            ("PLUGIN_PURGE_INTERVAL", "-1"),
            ("DEFAULT_LOG_LEVEL", "WARNING"),
            .. settings,
        ], Stop);

    /// <summary>Starts this program again in one of its hidden roles.</summary>
    /// <param name="command">The role: <see cref="BareKestrel.Command"/> or <see cref="EmptyApi.Command"/>.</param>
    public Task<ServerProcess> StartSelfAsync(string command) =>
        ServerProcess.StartAsync(_folder.FullName, [typeof(Bench).Assembly.Location, command], [], Stop);

    /// <inheritdoc />
    public void Dispose() => _folder.Delete(recursive: true);
}
