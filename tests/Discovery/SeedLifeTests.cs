using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Discovery;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>Seeds that come and go, also while discovery is under way.</summary>
public sealed class SeedLifeTests : IAsyncLifetime
{
    private readonly RegistryApp _app = new();
    private FakeRunner _runner = null!;

    public async ValueTask InitializeAsync() => _runner = await FakeRunner.StartAsync();

    [Fact]
    public async Task A_New_Seed_Is_Crawled_At_Once_And_What_Fails_Is_Told()
    {
        _runner.Offers([.. Enumerable.Range(0, 57).Select(i => PluginDocument.Of($"p{i}"))]);
        _runner.Lists([.. Enumerable.Range(0, 6).Select(i => $"{_runner.Url}/missing/{i}/")]);
        _ = _app.Client;
        var clock = System.Diagnostics.Stopwatch.StartNew();

        var added = await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = _runner.Url });

        Assert.Equal(200, added.Code);
        await _app.HasAsync(57, "/api/plugins/?item-count=1");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        var status = await Eventually.IsAsync(() => SeedStatus.OfAsync(_app, _runner.Url), s => s.Outcome is not null);
        Assert.Equal(("partial", 57, 57, 6), (status.Outcome, status.Found, status.New, status.Failed));
        Assert.All(status.Failures.Values, reason => Assert.Equal("answered 404", reason));
        Assert.Equal(6, _app.Log.Of(LogLevel.Warning).Count(text => text.EndsWith(": answered 404", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_Seed_That_Was_Never_Crawled_Has_No_Outcome()
    {
        await _app.AddSeedAsync(_runner.Url);

        var status = await SeedStatus.OfAsync(_app, _runner.Url);

        Assert.Null(status.Outcome);
        Assert.Null(status.LastSuccess);
    }

    [Fact]
    public async Task Deleting_A_Seed_Deletes_Its_Plugins_And_No_Others()
    {
        await using var other = await FakeRunner.StartAsync();
        other.Offers(PluginDocument.Of("stays"));
        _runner.Offers(PluginDocument.Of("goes-1"), PluginDocument.Of("goes-2"));
        var seed = await _app.AddSeedAsync(_runner.Url);
        await _app.AddSeedAsync(other.Url);
        await _app.DiscoverAsync();
        Assert.Equal(3, (await _app.GetAsync("/api/plugins/")).CollectionSize);

        await _app.DeleteAsync($"/api/seeds/{seed}/");

        Assert.Equal(["The stays (1.0.0)"], (await _app.GetAsync("/api/plugins/")).ItemNames);
        foreach (var table in (string[])["plugin_tag", "plugin_data", "plugin_availability"])
            Assert.Equal(0, _app.Query<int>($"SELECT COUNT(*) FROM {table} WHERE plugin_id NOT IN (SELECT id FROM plugin)"));
    }

    [Fact]
    public async Task A_Seed_That_Is_Deleted_While_It_Is_Crawled_Leaves_Nothing_Behind()
    {
        var release = new TaskCompletionSource();
        var slow = PluginDocument.Of("slow");
        _runner.Offers(slow).Serves(PluginDocument.Path(slow), async context =>
        {
            await release.Task;
            await context.Response.WriteAsync(slow.ToJsonString());
        });
        var seed = await _app.AddSeedAsync(_runner.Url);
        var run = _app.DiscoverAsync();
        await Eventually.IsAsync(() => Task.FromResult(_runner.Requests), r => r.Contains(PluginDocument.Path(slow)));

        await _app.DeleteAsync($"/api/seeds/{seed}/");
        release.SetResult();
        await run;

        Assert.Equal(0, (await _app.GetAsync("/api/plugins/")).CollectionSize);
        Assert.Equal(0, (await _app.GetAsync("/api/discovery/")).CollectionSize);
        Assert.Empty(_app.Log.Of(LogLevel.Error));
    }

    [Fact]
    public async Task A_Seed_That_Is_Deleted_While_A_Plugin_Moves_To_It_Costs_The_Others_Nothing()
    {
        await using var other = await FakeRunner.StartAsync();
        var plugin = PluginDocument.Of("mover");
        _runner.Offers(plugin);
        await _app.AddSeedAsync(_runner.Url);
        await _app.DiscoverAsync();
        // The home lets go of the plugin, but keeps the run waiting; meanwhile the seed that offers it now is deleted.
        var release = new TaskCompletionSource();
        _runner.Withdraws(PluginDocument.Path(plugin)).Serves("/", async context =>
        {
            await release.Task;
            await context.Response.WriteAsync("{}");
        });
        other.Offers(plugin);
        var seed = await _app.AddSeedAsync(other.Url);
        var run = _app.DiscoverAsync();
        await Eventually.IsAsync(() => Task.FromResult(other.Requests), r => r.Contains(PluginDocument.Path(plugin)));

        await _app.DeleteAsync($"/api/seeds/{seed}/");
        release.SetResult();
        await run;

        Assert.Equal("ok", (await SeedStatus.OfAsync(_app, _runner.Url)).Outcome);
        Assert.Equal(1, (await _app.GetAsync("/api/plugins/")).CollectionSize);
    }

    [Fact]
    public async Task A_Seed_That_Runs_Out_Of_Time_Takes_No_Other_Seed_With_It()
    {
        var release = new TaskCompletionSource();
        var shared = PluginDocument.Of("shared");
        _runner.Serves("/shared/", async context =>
        {
            await release.Task;
            await context.Response.WriteAsync(shared.ToJsonString());
        });
        foreach (var seed in (string[])["/early", "/late"])
            _runner.Serves(seed, "{}").Serves(seed + "/plugins", $$"""{"plugins": [{"apiRoot": "{{_runner.Url}}/shared/"}]}""");
        _app.With(options => options with { SeedTimeout = TimeSpan.FromSeconds(4), DocumentTimeout = TimeSpan.FromSeconds(30) });
        var early = await _app.AddSeedAsync(_runner.Url + "/early");
        var late = await _app.AddSeedAsync(_runner.Url + "/late");
        var queue = _app.Services.GetRequiredService<DiscoveryQueue>();

        // The second seed joins when most of the first one's time is over, and waits for the same plugin.
        queue.Enqueue(new SeedVisit(early, _runner.Url + "/early"));
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        queue.Enqueue(new SeedVisit(late, _runner.Url + "/late"));
        await Eventually.EqualsAsync("timed-out", async () => (await SeedStatus.OfAsync(_app, _runner.Url + "/early")).Outcome);
        release.SetResult();

        var status = await Eventually.IsAsync(() => SeedStatus.OfAsync(_app, _runner.Url + "/late"), s => s.Outcome is not null);
        Assert.Equal(("ok", 1), (status.Outcome, status.Found));
    }

    [Fact]
    public async Task A_Seed_That_Is_Added_Again_Is_Crawled_Anew_While_Another_Hangs()
    {
        var release = new TaskCompletionSource();
        await using var hanging = await FakeRunner.StartAsync();
        hanging.Serves("/", async context =>
        {
            await release.Task;
            await context.Response.WriteAsync("{}");
        });
        _app.With(options => options with { DocumentTimeout = TimeSpan.FromSeconds(60) });
        _runner.Serves("/", context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        var queue = _app.Services.GetRequiredService<DiscoveryQueue>();
        queue.Enqueue(new SeedVisit(await _app.AddSeedAsync(hanging.Url), hanging.Url));
        await Eventually.IsAsync(() => Task.FromResult(hanging.Requests), r => r.Count > 0);
        var added = await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = _runner.Url });
        await Eventually.EqualsAsync("not-a-runner", async () => (await SeedStatus.OfAsync(_app, _runner.Url)).Outcome);

        await _app.DeleteAsync(new Uri((string)added.Data["new"]!["href"]!).AbsolutePath);
        _runner.Serves("/", "{}").Offers(PluginDocument.Of("there"));
        await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = _runner.Url });

        await Eventually.EqualsAsync("ok", async () => (await SeedStatus.OfAsync(_app, _runner.Url)).Outcome);
        Assert.Equal(1, (await _app.GetAsync("/api/plugins/")).CollectionSize);
        release.SetResult();
    }

    [Fact]
    public async Task Urls_Are_Mapped_Before_They_Are_Requested_And_Before_They_Are_Stored()
    {
        _runner.Offers(PluginDocument.Of("mapped", change: plugin => plugin["entryPoint"]!["href"] = "./process/"));
        _app.With("URL_MAP_FROM_LOCALHOST", $$"""{"^http://localhost:1(?P<path>/.*|$)": "{{_runner.Url}}\\g<path>"}""");
        _app.With("URL_MAP_TO_LOCALHOST", $$"""{"^{{_runner.Url.Replace(".", "\\\\.", StringComparison.Ordinal)}}": "https://public.test", "public": "very.public"}""");
        await _app.AddSeedAsync("http://localhost:1");

        await _app.DiscoverAsync();

        var plugin = Assert.Single((await _app.GetAsync("/api/plugins/")).Embedded)["data"]!;
        Assert.Equal("https://very.public.test/plugins/mapped@1.0.0/", (string)plugin["href"]!);
        Assert.Equal("https://very.public.test/plugins/mapped@1.0.0/process/", (string)plugin["entryPoint"]!["href"]!);
        Assert.Equal("ok", (await SeedStatus.OfAsync(_app, "http://localhost:1")).Outcome);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _runner.DisposeAsync();
    }
}
