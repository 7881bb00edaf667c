using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery.Recommendations;

namespace Qhana.Registry.Tests.Support;

/// <summary>
/// A registry whose recommenders and limits a test can change, with a backend that it knows as the service qhana-backend.
/// What is set counts until the first use.
/// </summary>
public sealed class RecommendationApp : IAsyncLifetime
{
    private readonly RegistryApp _settings = new();
    private readonly List<Action<IServiceCollection>> _changes = [];
    private WebApplicationFactory<Program>? _registry;

    /// <summary>The backend.</summary>
    public FakeBackend Backend { get; private set; } = null!;

    /// <summary>What has been logged.</summary>
    public LogLines Log => _settings.Log;

    /// <summary>What the registry is made of.</summary>
    public IServiceProvider Services => Registry.Services;

    private WebApplicationFactory<Program> Registry => _registry ??= _settings.WithWebHostBuilder(
        web => web.ConfigureTestServices(services => _changes.ForEach(change => change(services))));

    /// <inheritdoc />
    public async ValueTask InitializeAsync() => Backend = await FakeBackend.StartAsync();

    /// <summary>Sets a variable of the configuration.</summary>
    public RecommendationApp With(string variable, string value)
    {
        _settings.With(variable, value);
        return this;
    }

    /// <summary>Changes limits that no variable sets.</summary>
    public RecommendationApp With(Func<RecommendationOptions, RecommendationOptions> change)
    {
        _changes.Add(services => services.AddSingleton(change(
            (RecommendationOptions)services.Last(s => s.ServiceType == typeof(RecommendationOptions)).ImplementationInstance!)));
        return this;
    }

    /// <summary>Adds a recommender to those that are there.</summary>
    public RecommendationApp With(IRecommender recommender)
    {
        _changes.Add(services => services.AddSingleton(recommender));
        return this;
    }

    /// <summary>Replaces the clock.</summary>
    public RecommendationApp At(TimeProvider time)
    {
        _settings.At(time);
        return this;
    }

    /// <summary>Says where the backend is.</summary>
    public async Task SetBackendAsync(string url) =>
        await Services.GetRequiredService<ServiceRepository>().AddAsync("qhana-backend", "Backend", "", url);

    /// <summary>Stores plugins, whose ids are 1, 2 and so on in the order given.</summary>
    public Task StoreAsync(params Plugin[] plugins) => StoreAsync(Services, plugins);

    /// <summary>As the other one, for any registry.</summary>
    public static async Task StoreAsync(IServiceProvider services, params Plugin[] plugins)
    {
        var seed = await services.GetRequiredService<SeedRepository>().AddAsync($"http://{Guid.NewGuid():n}.test");
        await services.GetRequiredService<PluginStore>().StoreAsync(
            [.. plugins.Select(p => new FoundPlugin(seed!.Id, p))], DateTimeOffset.UtcNow, (_, _) => true);
    }

    /// <summary>GET.</summary>
    public async Task<Answer> GetAsync(string url) =>
        await Answer.ReadAsync(await Registry.Server.CreateClient().GetAsync(url, TestContext.Current.CancellationToken));

    /// <summary>
    /// Asks for recommendations, which must come: each as identifier and weight, "wu-palmer 5.5", in the order of the answer.
    /// </summary>
    public async Task<IReadOnlyList<string>> RecommendAsync(string query)
    {
        var answer = await GetAsync("/api/recommendations/?" + query);
        Assert.Equal((200, "application/json"), (answer.Code, answer.ContentType));
        var items = answer.Data["items"]!.AsArray().Select(i => ((string)i!["name"]!).Replace(" (1.0.0)", "", StringComparison.Ordinal));
        var weights = answer.Data["weights"]!.AsArray().Select(w => w!.ToJsonString());
        return [.. items.Zip(weights, (item, weight) => $"{item} {weight}")];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_registry is not null)
            await _registry.DisposeAsync();
        await _settings.DisposeAsync();
        await Backend.DisposeAsync();
    }
}
