using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Qhana.Registry.Discovery;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>The loop that starts discovery, by a clock that the tests turn.</summary>
public sealed class SchedulerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2024, 5, 1, 12, 34, 56, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Start);
    private readonly RegistryApp _app = new();
    private FakeRunner _runner = null!;

    public async ValueTask InitializeAsync()
    {
        _runner = await FakeRunner.StartAsync();
        _runner.Offers(PluginDocument.Of("planned"));
        _app.At(_time).With("INITIAL_PLUGIN_SEEDS", _runner.Url);
    }

    [Fact]
    public async Task Discovery_Runs_At_Start_Up_And_Plans_The_Next_Run()
    {
        _app.With("PLUGIN_DISCOVERY_INTERVAL", "900");

        await _app.HasAsync(1, "/api/plugins/");

        await IdleAsync();
        Assert.Equal((Start, Start.AddSeconds(900)), await TimesAsync());
    }

    [Fact]
    public async Task Discovery_Runs_Again_When_The_Pace_Has_Passed_And_Not_Before()
    {
        _app.With("PLUGIN_DISCOVERY_INTERVAL", "900");
        await _app.HasAsync(1, "/api/plugins/");
        await IdleAsync();
        _runner.Offers(PluginDocument.Of("later"));

        var second = await AdvanceUntilRunAfterAsync(Start);
        await _app.HasAsync(1, "/api/plugins/?name=later");
        await IdleAsync();
        var third = await AdvanceUntilRunAfterAsync(second);

        Assert.InRange(second - Start, TimeSpan.FromSeconds(900), TimeSpan.FromSeconds(1000));
        Assert.InRange(third - second, TimeSpan.FromSeconds(900), TimeSpan.FromSeconds(1000));
    }

    [Fact]
    public async Task Discovery_By_Cron_Runs_At_Start_Up_And_At_The_Times_Given()
    {
        _app.With("PLUGIN_DISCOVERY_INTERVAL", "0 * * * *");
        await _app.HasAsync(1, "/api/plugins/");
        await IdleAsync();
        var planned = await TimesAsync();

        var second = await AdvanceUntilRunAfterAsync(Start);

        var hour = new DateTimeOffset(2024, 5, 1, 13, 0, 0, TimeSpan.Zero);
        Assert.Equal((Start, hour), planned);
        Assert.InRange(second, hour, hour.AddSeconds(100));
    }

    [Fact]
    public async Task Discovery_That_Is_Switched_Off_Looks_Only_At_What_Is_New()
    {
        await using var other = await FakeRunner.StartAsync();
        other.Offers(PluginDocument.Of("asked-for"));
        _ = _app.Client;
        _time.Advance(TimeSpan.FromDays(30));

        await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = other.Url });

        await _app.HasAsync(1, "/api/plugins/?name=asked-for");
        await IdleAsync();
        Assert.Empty(_runner.Requests);
        Assert.Null((await TimesAsync()).Next);
    }

    [Fact]
    public async Task What_Cannot_Wait_Wakes_Discovery_And_Leaves_The_Plan_As_It_Is()
    {
        await using var other = await FakeRunner.StartAsync();
        other.Offers(PluginDocument.Of("asked-for"));
        _app.With("PLUGIN_DISCOVERY_INTERVAL", "900");
        await _app.HasAsync(1, "/api/plugins/");
        await IdleAsync();
        _time.Advance(TimeSpan.FromSeconds(100));

        await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = other.Url });

        await _app.HasAsync(1, "/api/plugins/?name=asked-for");
        await IdleAsync();
        Assert.Equal((Start.AddSeconds(100), Start.AddSeconds(900)), await TimesAsync());
        Assert.Single(_runner.Requests, r => r == "/");
    }

    [Fact]
    public async Task What_Comes_While_A_Run_Goes_On_Joins_It()
    {
        var release = new TaskCompletionSource();
        _runner.Serves("/", _ => release.Task);
        await using var other = await FakeRunner.StartAsync();
        other.Offers(PluginDocument.Of("asked-for"));
        _app.With("PLUGIN_DISCOVERY_INTERVAL", "900");
        _ = _app.Client;
        await Eventually.IsAsync(() => Task.FromResult(_runner.Requests), r => r.Count > 0);

        await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = other.Url });
        await _app.HasAsync(1, "/api/plugins/?name=asked-for");
        var running = await RunningAsync();
        release.SetResult();
        await IdleAsync();

        Assert.True(running);
        Assert.Equal(Start, (await TimesAsync()).Last);
    }

    [Fact]
    public async Task A_Run_That_Fails_Is_Logged_And_The_Next_One_Comes()
    {
        _app.With("PLUGIN_DISCOVERY_INTERVAL", "900");
        await _app.HasAsync(1, "/api/plugins/");
        await IdleAsync();
        TestDatabase.Execute(_app.DatabasePath, "ALTER TABLE seed RENAME TO seed_away");
        await Eventually.IsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(100));
                return Task.FromResult(_app.Log.Of(LogLevel.Error));
            },
            errors => errors.Any(e => e.StartsWith("A discovery run failed", StringComparison.Ordinal)));

        TestDatabase.Execute(_app.DatabasePath, "ALTER TABLE seed_away RENAME TO seed");
        _runner.Offers(PluginDocument.Of("later"));

        await Eventually.EqualsAsync(1, async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(100));
            return (await _app.GetAsync("/api/plugins/?name=later")).CollectionSize;
        });
    }

    [Fact]
    public async Task A_Registry_That_Stops_Does_Not_Wait_For_A_Runner_That_Hangs()
    {
        var release = new TaskCompletionSource();
        _runner.Serves("/", _ => release.Task);
        _app.With("PLUGIN_DISCOVERY_INTERVAL", "900").With(o => o with { DocumentTimeout = TimeSpan.FromMinutes(2) });
        _ = _app.Client;
        await Eventually.IsAsync(() => Task.FromResult(_runner.Requests), r => r.Count > 0);
        var clock = Stopwatch.StartNew();

        await _app.DisposeAsync();

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        release.SetResult();
    }

    [Fact]
    public void A_Queue_Has_An_End()
    {
        var queue = new DiscoveryQueue();

        var taken = Enumerable.Range(0, DiscoveryQueue.Capacity + 1).Select(i => queue.TryEnqueue(new AnnouncedVisit(1, $"http://a.test/{i}"))).ToList();

        Assert.DoesNotContain(false, taken[..^1]);
        Assert.False(taken[^1]);
        // What is waiting already is no more.
        Assert.True(queue.TryEnqueue(new AnnouncedVisit(1, "http://a.test/0")));
        Assert.True(queue.TryTake(seedsOnly: false, out _));
        Assert.True(queue.TryEnqueue(new AnnouncedVisit(1, $"http://a.test/{DiscoveryQueue.Capacity}")));
    }

    [Fact]
    public void What_Waits_Already_Is_Not_Queued_Again()
    {
        var queue = new DiscoveryQueue();

        queue.Enqueue(new SeedVisit(1, "http://a.test"));
        queue.TryEnqueue(new AnnouncedVisit(1, "http://a.test"));
        queue.Enqueue(new SeedVisit(1, "http://a.test"));
        var taken = new List<Visit>();
        while (queue.TryTake(seedsOnly: false, out var visit))
            taken.Add(visit);
        queue.Enqueue(new SeedVisit(1, "http://a.test"));

        Assert.Equal([new SeedVisit(1, "http://a.test"), new AnnouncedVisit(1, "http://a.test")], taken);
        Assert.True(queue.TryTake(seedsOnly: false, out _));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _runner.DisposeAsync();
    }

    private Task<bool> IdleAsync() => Eventually.EqualsAsync(false, RunningAsync);

    private async Task<bool> RunningAsync() => (bool)(await _app.GetAsync("/api/discovery/")).Data["running"]!;

    private async Task<(DateTimeOffset? Last, DateTimeOffset? Next)> TimesAsync()
    {
        var discovery = (await _app.GetAsync("/api/discovery/")).Data;
        return ((DateTimeOffset?)discovery["lastRun"], (DateTimeOffset?)discovery["nextRun"]);
    }

    /// <summary>Turns the clock on in steps of ten seconds until a run has begun, and says when that was.</summary>
    private async Task<DateTimeOffset> AdvanceUntilRunAfterAsync(DateTimeOffset last) => (await Eventually.IsAsync(
        async () =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return (await TimesAsync()).Last;
        },
        begun => begun > last))!.Value;
}
