using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Polly;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery;

namespace Qhana.Registry.Tests.Support;

/// <summary>
/// A whole registry on a loopback port, with a database file in a folder of its own that goes when the registry goes.
/// Discovery and purge do nothing by themselves; a test starts them with <see cref="DiscoverAsync"/>, or switches them on
/// with <see cref="With(string, string)"/>. What is set counts until the first use of the registry.
/// </summary>
public sealed class RegistryApp : WebApplicationFactory<Program>
{
    private readonly Dictionary<string, string> _settings = new()
    {
        ["urls"] = "http://127.0.0.1:0",
        ["PLUGIN_DISCOVERY_INTERVAL"] = "-1",
        ["PLUGIN_PURGE_INTERVAL"] = "-1",
    };

    private readonly TestFolder _folder = new();
    private readonly List<Action<IServiceCollection>> _services = [];
    private readonly Lazy<HttpClient> _client;

    /// <summary>Does not start anything yet.</summary>
    public RegistryApp()
    {
        UseDatabase(_folder.File("registry.db"));
        // With a port of its own the factory would set it while the registry starts by itself.
        UseKestrel();
        _client = new(CreateClient);
    }

    /// <summary>The SQLite file.</summary>
    public string DatabasePath { get; private set; } = "";

    /// <summary>What has been logged.</summary>
    public LogLines Log { get; } = new();

    /// <summary>Speaks with the registry, which starts with the first use.</summary>
    public HttpClient Client => _client.Value;

    /// <summary>The address of the registry, without a slash at the end.</summary>
    public string Origin => Client.BaseAddress!.ToString().TrimEnd('/');

    /// <summary>Sets a variable of the configuration.</summary>
    public RegistryApp With(string variable, string value)
    {
        _settings[variable] = value;
        return this;
    }

    /// <summary>Uses a file that stays when the registry goes.</summary>
    public RegistryApp UseDatabase(string path)
    {
        DatabasePath = path;
        return With("SQLALCHEMY_DATABASE_URI", $"sqlite:///{path}");
    }

    /// <summary>Changes limits of discovery that no variable sets.</summary>
    public RegistryApp With(Func<DiscoveryOptions, DiscoveryOptions> change)
    {
        _services.Add(services =>
        {
            var options = (DiscoveryOptions)services.Last(s => s.ServiceType == typeof(DiscoveryOptions)).ImplementationInstance!;
            services.AddSingleton(change(options));
        });
        return this;
    }

    /// <summary>Replaces the clock of the registry; requests to runners keep the real one, as the runners do.</summary>
    public RegistryApp At(TimeProvider time)
    {
        _services.Add(services => services
            .AddSingleton(time)
            .AddTransient(_ => new ResiliencePipelineBuilder { TimeProvider = TimeProvider.System }));
        return this;
    }

    /// <summary>Adds a seed without waking discovery, and returns its id.</summary>
    public async Task<long> AddSeedAsync(string url)
    {
        Start();
        return (await Services.GetRequiredService<SeedRepository>().AddAsync(url))!.Id;
    }

    /// <summary>Stores plugins as if they had been discovered through a seed, in the order given.</summary>
    public async Task StoreAsync(long seedId, params Plugin[] plugins)
    {
        Start();
        var outcomes = await Services.GetRequiredService<PluginStore>().StoreAsync(
            [.. plugins.Select(p => new FoundPlugin(seedId, p))],
            Services.GetRequiredService<TimeProvider>().GetUtcNow(),
            (_, _) => true);
        Assert.Equal(plugins.Length, outcomes.Count);
    }

    /// <summary>Runs discovery over all seeds, as the schedule does, and returns when it has ended.</summary>
    public async Task DiscoverAsync()
    {
        Start();
        var seeds = await Services.GetRequiredService<SeedRepository>().AllAsync();
        await VisitAsync(isFull: true, [.. seeds.Select(s => new SeedVisit(s.Id, s.Url))]);
    }

    /// <summary>Runs discovery over some URLs and returns when it has ended.</summary>
    public async Task VisitAsync(bool isFull, params Visit[] visits)
    {
        Start();
        await using var scope = Services.CreateAsyncScope();
        var run = scope.ServiceProvider.GetRequiredService<DiscoveryRun>();
        await run.RunAsync(visits, isFull, queue: null, due: null, TestContext.Current.CancellationToken);
    }

    /// <summary>Asks the database file itself, past the registry.</summary>
    public T Query<T>(string sql)
    {
        Start();
        return TestDatabase.Query<T>(DatabasePath, sql);
    }

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (variable, value) in _settings)
            builder.UseSetting(variable, value);
        builder.ConfigureTestServices(services =>
        {
            foreach (var change in _services)
                change(services);
        });
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log));
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearPool(new SqliteConnection($"Data Source={DatabasePath}"));
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private void Start() => _ = Client;
}
