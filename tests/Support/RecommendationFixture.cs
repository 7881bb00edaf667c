using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using static Qhana.Registry.Tests.Support.RecommendationPlugins;

namespace Qhana.Registry.Tests.Support;

/// <summary>A registry with three plugins and a backend, which many tests share; each of them uses experiments of its own.</summary>
public abstract class RecommendationFixture(TimeSpan backendTimeout) : IAsyncLifetime
{
    private long _experiment;

    /// <summary>The registry. It knows the plugins list and vector, named for what they take, and none, which takes nothing.</summary>
    public RecommendationApp App { get; } = new();

    /// <summary>The backend.</summary>
    public FakeBackend Backend => App.Backend;

    /// <summary>The number of an experiment that no other test uses.</summary>
    public long NewExperiment() => Interlocked.Increment(ref _experiment);

    /// <summary>Says where the backend is; what other tests said counts no more.</summary>
    public Task MoveBackendAsync(string url) =>
        App.Services.GetRequiredService<ServiceRepository>().UpdateAsync("qhana-backend", "Backend", "", url);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        await App.InitializeAsync();
        App.With(options => options with { BackendTimeout = backendTimeout });
        await App.SetBackendAsync(Backend.Url);
        await App.StoreAsync(
            Plugin("list").Takes("entity/list", "application/json"), Plugin("vector").Takes("entity/vector", "application/json"), Plugin("none"));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>What the backend says counts however slow the machine is.</summary>
public sealed class PatientRegistry() : RecommendationFixture(TimeSpan.FromSeconds(30));

/// <summary>The backend has a quarter of a second.</summary>
public sealed class HastyRegistry() : RecommendationFixture(TimeSpan.FromMilliseconds(250));
