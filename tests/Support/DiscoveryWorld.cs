using System.Diagnostics;
using System.Text.Json.Nodes;
using Qhana.Registry.Discovery;

namespace Qhana.Registry.Tests.Support;

/// <summary>
/// A registry with two seeds: a good runner with the plugins good-1 to good-3, and one that a test makes bad. Whatever the
/// bad one does, the good plugins must be found.
/// </summary>
public sealed class DiscoveryWorld : IAsyncDisposable
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(8);

    private DiscoveryWorld(RegistryApp app, FakeRunner good, FakeRunner bad)
    {
        App = app;
        Good = good;
        Bad = bad;
    }

    public RegistryApp App { get; }

    public FakeRunner Good { get; }

    public FakeRunner Bad { get; }

    /// <summary>Starts the runners; the registry starts with its first use.</summary>
    public static async Task<DiscoveryWorld> CreateAsync()
    {
        var good = await FakeRunner.StartAsync();
        good.Offers(PluginDocument.Of("good-1"), PluginDocument.Of("good-2"), PluginDocument.Of("good-3"));
        return new DiscoveryWorld(new RegistryApp(), good, await FakeRunner.StartAsync());
    }

    /// <summary>Shortens the patience with runners, for tests that use it up.</summary>
    public DiscoveryWorld WithPatience(double seconds)
    {
        App.With((DiscoveryOptions options) => options with
        {
            DocumentTimeout = TimeSpan.FromSeconds(seconds),
            ListTimeout = TimeSpan.FromSeconds(seconds),
        });
        return this;
    }

    /// <summary>
    /// Discovers both seeds, the bad one first, sees to it that the good plugins are found in time, and returns how it
    /// went for the bad seed.
    /// </summary>
    public async Task<SeedStatus> DiscoverAsync(string badPath = "")
    {
        await App.AddSeedAsync(Bad.Url + badPath);
        await App.AddSeedAsync(Good.Url);
        var clock = Stopwatch.StartNew();

        await App.DiscoverAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, InTime);
        await AssertGoodPluginsAsync();
        return await StatusAsync(Bad.Url + badPath);
    }

    /// <summary>Sees to it that the good plugins are there and that their seed is shown as good.</summary>
    public async Task AssertGoodPluginsAsync()
    {
        var names = (await App.GetAsync("/api/plugins/?item-count=100")).ItemNames;
        Assert.Equal(["The good-1 (1.0.0)", "The good-2 (1.0.0)", "The good-3 (1.0.0)"], names.Where(n => n.StartsWith("The good-", StringComparison.Ordinal)));
        Assert.Equal(("ok", 3, 0), await StatusAsync(Good.Url) is var s ? (s.Outcome, s.Found, s.Failed) : default);
    }

    /// <summary>How the last discovery of a seed went, as the API tells it.</summary>
    public Task<SeedStatus> StatusAsync(string seedUrl) => SeedStatus.OfAsync(App, seedUrl);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Good.DisposeAsync();
        await Bad.DisposeAsync();
    }
}

/// <summary>How the last discovery of a seed went; the outcome is null before the first.</summary>
public sealed record SeedStatus(
    string? Outcome, int Found, int New, int Changed, int Failed, string? LastError, DateTimeOffset? LastSuccess,
    IReadOnlyDictionary<string, string> Failures)
{
    /// <summary>Reads it from the API.</summary>
    public static async Task<SeedStatus> OfAsync(RegistryApp app, string seedUrl)
    {
        var discovery = await app.GetAsync("/api/discovery/?item-count=100");
        var seed = discovery.Data["seeds"]!.AsArray().Single(s => (string)s!["seed"]!["name"]! == seedUrl)!;
        return new SeedStatus(
            (string?)seed["outcome"],
            Number(seed["found"]), Number(seed["new"]), Number(seed["changed"]), Number(seed["failed"]),
            (string?)seed["lastError"],
            (DateTimeOffset?)seed["lastSuccess"],
            (seed["failures"]?.AsArray() ?? []).ToDictionary(f => (string)f!["url"]!, f => (string)f!["reason"]!));
    }

    private static int Number(JsonNode? node) => node is null ? 0 : (int)node;
}
