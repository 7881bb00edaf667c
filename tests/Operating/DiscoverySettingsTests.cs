using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>What the variables of discovery and purge bring about.</summary>
public sealed class DiscoverySettingsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Start);

    [Theory]
    [InlineData("1234", "2026-03-01T12:20:34")]
    [InlineData("30 4 * * *", "2026-03-02T04:30:00")]
    [InlineData("15 30 4 1 1 *", "2027-01-01T04:30:15")]
    public async Task Discovery_Runs_At_The_Start_And_Then_By_Its_Interval(string interval, string next)
    {
        await using var app = new RegistryApp().At(_time).With("PLUGIN_DISCOVERY_INTERVAL", interval);

        var times = await TimesAsync(app, t => t.NextRun > Start);

        Assert.Equal((Start, Instant(next)), (times.LastRun, times.NextRun));
    }

    [Theory]
    [InlineData("1234", "2026-03-01T12:20:34")]
    [InlineData("0 * * * *", "2026-03-01T13:00:00")]
    public async Task The_Purge_Runs_By_Its_Interval(string interval, string next)
    {
        await using var app = new RegistryApp().At(_time).With("PLUGIN_PURGE_INTERVAL", interval);

        var times = await TimesAsync(app, t => t.NextPurge > Start);

        Assert.Equal(Instant(next), times.NextPurge);
    }

    [Fact]
    public async Task Minus_One_Switches_Discovery_And_Purge_Off()
    {
        await using var runner = await FakeRunner.StartAsync();
        await using var app = new RegistryApp().At(_time)
            .With("PLUGIN_DISCOVERY_INTERVAL", "-1").With("PLUGIN_PURGE_INTERVAL", "-1").With("INITIAL_PLUGIN_SEEDS", runner.Url);

        // A seed that is added is visited at once all the same; so by then a run at the start would have been.
        await app.PostAsync("/api/seeds/", new JsonObject { ["url"] = runner.Url + "/other" });
        await Eventually.IsAsync(() => Task.FromResult(runner.Requests), r => r.Contains("/other"));

        Assert.DoesNotContain("/", runner.Requests);
        var times = await TimesAsync(app, _ => true);
        Assert.Null(times.NextRun);
        Assert.Null(times.NextPurge);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task As_Many_Plugins_Are_Fetched_At_Once_As_The_Batch_Size_Says(int batchSize)
    {
        await using var runner = await FakeRunner.StartAsync();
        var crowd = new Crowd(batchSize);
        for (var i = 0; i < 9; i++)
        {
            var plugin = PluginDocument.Of($"p{i}");
            runner.Offers(plugin).Serves(PluginDocument.Path(plugin), crowd.Serving(plugin.ToJsonString()));
        }

        await using var app = new RegistryApp().With("PLUGIN_BATCH_SIZE", $"{batchSize}");
        await app.AddSeedAsync(runner.Url);
        await app.DiscoverAsync();

        Assert.Equal(9, app.Query<int>("SELECT COUNT(*) FROM plugin"));
        Assert.Equal(batchSize, crowd.Largest);
    }

    [Theory]
    [InlineData("59", "900", "new")]
    [InlineData("61", "900", "new,old")]
    [InlineData("never", "900", "new,old")]
    [InlineData("-1", "900", "new,old")]
    [InlineData("auto", "5", "new")]
    [InlineData("auto", "7", "new,old")]
    [InlineData("auto", "*/5 * * * * *", "new")]
    public async Task What_Was_Gone_For_Longer_Than_The_Purge_Age_Is_Purged(string age, string interval, string left)
    {
        var path = _folder.File("registry.db");
        await using var runner = await FakeRunner.StartAsync();
        await using (var before = new RegistryApp().UseDatabase(path).At(_time))
        {
            var seed = await before.AddSeedAsync(runner.Url);
            await before.StoreAsync(seed, PluginDocument.Stored("old"));
            _time.Advance(TimeSpan.FromSeconds(60));
            await before.StoreAsync(seed, PluginDocument.Stored("new"));
        }

        // Long after both, because the clock does not count.
        _time.Advance(TimeSpan.FromDays(100));
        await using var app = new RegistryApp().UseDatabase(path).At(_time)
            .With("PLUGIN_DISCOVERY_INTERVAL", interval).With("PLUGIN_PURGE_INTERVAL", "3600").With("PLUGIN_PURGE_AFTER", age);
        await TimesAsync(app, t => age is "never" or "-1" ? t is { LastRun: not null, NextPurge: null } : t.NextPurge > _time.GetUtcNow());

        Assert.Equal(left, app.Query<string>("SELECT group_concat(identifier) FROM (SELECT identifier FROM plugin ORDER BY identifier)"));
    }

    [Fact]
    public async Task Urls_Are_Mapped_Before_They_Are_Requested_And_Before_They_Are_Stored()
    {
        await using var runner = await FakeRunner.StartAsync();
        runner.Serves("/inside/one-runner/p/", PluginDocument.Of("mapped").ToJsonString());

        // Python's named groups, \g<name> and \1; the rules are applied one after the other.
        await using var app = new RegistryApp()
            .With("URL_MAP_FROM_LOCALHOST", $$"""
                {"^http://(?P<name>[a-z-]+)\\.test/": "http://gateway/inside/\\g<name>/", "^http://gateway": "{{runner.Url}}"}
                """)
            .With("URL_MAP_TO_LOCALHOST", """{"^http://([a-z-]+)\\.test/": "http://\\1.public.test/"}""");
        await app.AddSeedAsync("http://one-runner.test/p/");
        await app.DiscoverAsync();

        Assert.Equal(["/inside/one-runner/p/"], runner.Requests);
        Assert.Equal("http://one-runner.public.test/p/", app.Query<string>("SELECT url FROM plugin"));
        Assert.Equal("http://one-runner.test/p/", app.Query<string>("SELECT url FROM seed"));
    }

    public void Dispose() => _folder.Dispose();

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text + "Z", CultureInfo.InvariantCulture);

    private static Task<Times> TimesAsync(RegistryApp app, Func<Times, bool> asItShould) => Eventually.IsAsync(
        async () =>
        {
            var status = (await app.GetAsync("/api/discovery/")).Data;
            return new Times((DateTimeOffset?)status["lastRun"], (DateTimeOffset?)status["nextRun"], (DateTimeOffset?)status["nextPurge"]);
        },
        asItShould);

    private sealed record Times(DateTimeOffset? LastRun, DateTimeOffset? NextRun, DateTimeOffset? NextPurge);

    /// <summary>Makes requests wait until as many have come as are expected at once, and counts whether there are more.</summary>
    private sealed class Crowd(int expected)
    {
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _underWay;
        private int _largest;

        public int Largest => Volatile.Read(ref _largest);

        public RequestDelegate Serving(string text) => async context =>
        {
            var count = Interlocked.Increment(ref _underWay);
            lock (_complete)
                _largest = Math.Max(_largest, count);
            if (count >= expected)
                _complete.TrySetResult();
            await _complete.Task.WaitAsync(TimeSpan.FromSeconds(4));
            // Time for those that must not come.
            await Task.Delay(40, context.RequestAborted);
            Interlocked.Decrement(ref _underWay);
            await context.Response.WriteAsync(text, context.RequestAborted);
        };
    }
}
