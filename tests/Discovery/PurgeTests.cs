using Microsoft.Extensions.Time.Testing;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>Purges as the schedule does, every five seconds of a clock that the tests turn.</summary>
public sealed class PurgeTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly RegistryApp _app;

    public PurgeTests() => _app = new RegistryApp().At(_time).With("PLUGIN_PURGE_INTERVAL", "5");

    [Theory]
    // Gone for exactly as long as allowed, and for a second longer.
    [InlineData("100", "-1", 100, 2)]
    [InlineData("100", "-1", 101, 1)]
    // auto: ten discovery intervals.
    [InlineData("auto", "60", 600, 2)]
    [InlineData("auto", "60", 601, 1)]
    // The default: a week.
    [InlineData("", "-1", 604_800, 2)]
    [InlineData("", "-1", 604_801, 1)]
    public async Task A_Plugin_That_Was_Gone_For_Too_Long_Is_Purged(string purgeAfter, string discovery, int seconds, int left)
    {
        _app.With("PLUGIN_PURGE_AFTER", purgeAfter).With("PLUGIN_DISCOVERY_INTERVAL", discovery);
        await StoreOldAndNewAsync(seconds);
        Assert.Equal(2, (await _app.GetAsync("/api/plugins/")).CollectionSize);

        await PurgeAsync();

        var names = (await _app.GetAsync("/api/plugins/")).ItemNames;
        Assert.Equal(left == 2 ? ["The new (1.0.0)", "The old (1.0.0)"] : ["The new (1.0.0)"], names);
    }

    [Theory]
    [InlineData("never")]
    [InlineData("-1")]
    public async Task Nothing_Is_Purged_Where_The_Purge_Is_Switched_Off(string purgeAfter)
    {
        _app.With("PLUGIN_PURGE_AFTER", purgeAfter);
        await StoreOldAndNewAsync(100_000_000);

        for (var turn = 0; turn < 10; turn++)
            _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Null((await _app.GetAsync("/api/discovery/")).Data["nextPurge"]);
        Assert.Equal(2, (await _app.GetAsync("/api/plugins/")).CollectionSize);
    }

    [Fact]
    public async Task A_Registry_That_Has_Lost_Its_Network_Purges_Nothing()
    {
        _app.With("PLUGIN_PURGE_AFTER", "100");
        var seed = await _app.AddSeedAsync("http://runner.test");
        await _app.StoreAsync(seed, PluginDocument.Stored("a"), PluginDocument.Stored("b"));

        // It counts from the newest plugin, not from the clock.
        _time.Advance(TimeSpan.FromDays(400));
        await PurgeAsync();

        Assert.Equal(2, (await _app.GetAsync("/api/plugins/")).CollectionSize);
    }

    [Fact]
    public async Task A_Purge_Takes_Everything_That_Belongs_To_The_Plugin_And_Is_Logged()
    {
        _app.With("PLUGIN_PURGE_AFTER", "100");
        await StoreOldAndNewAsync(1000);

        await PurgeAsync();

        Assert.Equal("1", _app.Query<string>("SELECT group_concat(count) FROM (SELECT COUNT(*) AS count FROM plugin_tag)"));
        Assert.Equal(1, _app.Query<int>("SELECT COUNT(*) FROM plugin_availability"));
        Assert.Single(_app.Log.All, l => l.Text.StartsWith("Purged 1 plugins", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Purge_Without_Plugins_Is_Fine()
    {
        _app.With("PLUGIN_PURGE_AFTER", "1");
        _ = _app.Client;

        await PurgeAsync();

        Assert.DoesNotContain(_app.Log.All, l => l.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    [Fact]
    public async Task The_Id_Of_A_Purged_Plugin_Is_Not_Used_Again()
    {
        _app.With("PLUGIN_PURGE_AFTER", "100");
        var seed = await _app.AddSeedAsync("http://runner.test");
        await _app.StoreAsync(seed, PluginDocument.Stored("stays"));
        await _app.StoreAsync(seed, PluginDocument.Stored("goes"));
        _time.Advance(TimeSpan.FromSeconds(500));
        await _app.StoreAsync(seed, PluginDocument.Stored("stays"));
        await PurgeAsync();

        await _app.StoreAsync(seed, PluginDocument.Stored("goes"));

        var plugin = await _app.GetAsync("/api/plugins/?name=goes");
        Assert.Equal("plugin /api/plugins/3/", Answer.OutlineOf(plugin.Data["items"]![0]));
    }

    [Fact]
    public async Task Nothing_Is_Purged_Before_The_First_Discovery_Has_Ended()
    {
        // Both plugins are a year apart; the old one is there again, and discovery is about to find that out.
        var release = new TaskCompletionSource();
        await using var runner = await FakeRunner.StartAsync();
        runner.Serves("/", async context =>
        {
            await release.Task.WaitAsync(context.RequestAborted);
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, "{}");
        });
        runner.Offers(PluginDocument.Of("old"));
        using var folder = new TestFolder();
        await using (var before = new RegistryApp().UseDatabase(folder.File("kept.db")).At(_time))
        {
            var seed = await before.AddSeedAsync(runner.Url);
            await before.StoreAsync(seed, PluginDocument.Stored("old", url: $"{runner.Url}/plugins/old@1.0.0/"));
            _time.Advance(TimeSpan.FromDays(365));
            await before.StoreAsync(seed, PluginDocument.Stored("new"));
        }

        _app.UseDatabase(folder.File("kept.db")).With("PLUGIN_PURGE_AFTER", "100").With("PLUGIN_DISCOVERY_INTERVAL", "86400");
        _ = _app.Client;
        await Eventually.IsAsync(() => Task.FromResult(runner.Requests), r => r.Contains("/"));
        var during = (await _app.GetAsync("/api/plugins/")).CollectionSize;
        release.SetResult();
        await Eventually.EqualsAsync("ok", async () => (await SeedStatus.OfAsync(_app, runner.Url)).Outcome);
        await PurgeAsync();

        Assert.Equal(2, during);
        Assert.Equal(["The new (1.0.0)", "The old (1.0.0)"], (await _app.GetAsync("/api/plugins/")).ItemNames);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Two plugins of which the old one was last there so many seconds before the new one.</summary>
    private async Task StoreOldAndNewAsync(int seconds)
    {
        var seed = await _app.AddSeedAsync("http://runner.test");
        await _app.StoreAsync(seed, PluginDocument.Stored("old"));
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _app.StoreAsync(seed, PluginDocument.Stored("new"));
    }

    /// <summary>Turns the clock until a purge has ended that began after this was called.</summary>
    private async Task PurgeAsync()
    {
        for (var purge = 0; purge < 2; purge++)
        {
            var planned = await NextPurgeAsync();
            await Eventually.IsAsync(
                () =>
                {
                    _time.Advance(TimeSpan.FromSeconds(1));
                    return NextPurgeAsync();
                },
                next => next > planned);
        }
    }

    private async Task<DateTimeOffset> NextPurgeAsync() =>
        (DateTimeOffset)(await _app.GetAsync("/api/discovery/")).Data["nextPurge"]!;
}
