using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Discovery;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

public sealed class PluginAnnouncementTests : IAsyncLifetime
{
    private readonly RegistryApp _app = new();
    private FakeRunner _runner = null!;

    public async ValueTask InitializeAsync() => _runner = await FakeRunner.StartAsync();

    [Fact]
    public async Task An_Announced_Plugin_Below_A_Seed_Appears()
    {
        await _app.AddSeedAsync(_runner.Url);
        _runner.Serves("/virtual/", PluginDocument.Of("virtual").ToJsonString());

        var announced = await AnnounceAsync("/virtual/");

        Assert.Equal(204, announced.Code);
        Assert.Equal("", announced.Text);
        await _app.HasAsync(1, "/api/plugins/?name=virtual");
    }

    [Fact]
    public async Task A_Known_Plugin_That_Is_Announced_Is_Looked_At_Again()
    {
        var plugin = PluginDocument.Of("known");
        await DiscoverAsync(plugin);
        plugin["title"] = "Renamed";
        _runner.Offers(plugin);

        await AnnounceAsync(PluginDocument.Path(plugin));

        await Eventually.EqualsAsync("Renamed", async () => (string)(await _app.GetAsync("/api/plugins/1/")).Data["title"]!);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task An_Announced_Plugin_That_Is_Gone_Is_Deleted(int status)
    {
        var plugin = PluginDocument.Of("gone");
        await DiscoverAsync(plugin, PluginDocument.Of("stays"));
        _runner.Serves(PluginDocument.Path(plugin), context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        await AnnounceAsync(PluginDocument.Path(plugin));

        await _app.HasAsync(0, "/api/plugins/?name=gone");
        Assert.Equal(1, (await _app.GetAsync("/api/plugins/")).CollectionSize);
    }

    [Fact]
    public async Task An_Announced_Plugin_Whose_Runner_Refuses_The_Connection_Is_Deleted()
    {
        var plugin = PluginDocument.Of("gone");
        await DiscoverAsync(plugin, PluginDocument.Of("stays"));
        await _runner.DisposeAsync();

        await AnnounceAsync(PluginDocument.Path(plugin));

        await _app.HasAsync(0, "/api/plugins/?name=gone");
        Assert.Equal(1, (await _app.GetAsync("/api/plugins/")).CollectionSize);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(200)]
    public async Task An_Announced_Plugin_That_Only_Answers_Badly_Stays(int status)
    {
        var plugin = PluginDocument.Of("ill");
        await DiscoverAsync(plugin);
        _runner.Serves(PluginDocument.Path(plugin), context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("<html>");
        });

        await AnnounceAsync(PluginDocument.Path(plugin));

        await Eventually.IsAsync(
            () => Task.FromResult(_app.Log.All.Count(l => l.Text.StartsWith("No plugin at", StringComparison.Ordinal))), n => n == 1);
        Assert.Equal(1, (await _app.GetAsync("/api/plugins/?name=ill")).CollectionSize);
    }

    [Theory]
    // The path must begin with all segments of the seed's.
    [InlineData("/run", "/runner/p/")]
    [InlineData("/run", "/ru/p/")]
    [InlineData("/run", "/p/")]
    [InlineData("/run/", "/runner/p/")]
    [InlineData("/run", "/run/../p/")]
    public async Task An_Announced_Url_That_Is_Not_Below_A_Seed_Is_Ignored(string seed, string announced)
    {
        await _app.AddSeedAsync(_runner.Url + seed);
        _runner.Serves("/run/after/", PluginDocument.Of("after").ToJsonString());
        foreach (var path in (string[])["/runner/p/", "/ru/p/", "/p/"])
            _runner.Serves(path, PluginDocument.Of("ignored").ToJsonString());

        var ignored = await AnnounceAsync(announced);
        await AnnounceAsync("/run/after/");

        Assert.Equal(204, ignored.Code);
        // Visits are taken up in the order in which they are announced.
        await _app.HasAsync(1, "/api/plugins/?name=after");
        await RunsAreOverAsync();
        Assert.Equal(["/run/after/"], _runner.Requests);
    }

    [Theory]
    [InlineData("/run", "/run/p/")]
    [InlineData("/run/", "/run/p/")]
    [InlineData("/run/", "/run")]
    [InlineData("", "/p/")]
    public async Task An_Announced_Url_Below_A_Seed_Is_Looked_At(string seed, string announced)
    {
        await _app.AddSeedAsync(_runner.Url + seed);
        _runner.Serves(announced, PluginDocument.Of("below").ToJsonString());

        await AnnounceAsync(announced);

        await _app.HasAsync(1, "/api/plugins/?name=below");
    }

    [Fact]
    public async Task An_Announced_Url_At_Another_Host_Is_Ignored()
    {
        await using var other = await FakeRunner.StartAsync();
        other.Serves("/p/", PluginDocument.Of("foreign").ToJsonString());
        await _app.AddSeedAsync(_runner.Url);
        _runner.Serves("/after/", PluginDocument.Of("after").ToJsonString());

        var ignored = await _app.PostAsync($"/api/plugins/?url={Uri.EscapeDataString(other.Url + "/p/")}", null);
        await AnnounceAsync("/after/");

        Assert.Equal(204, ignored.Code);
        await _app.HasAsync(1, "/api/plugins/?name=after");
        await RunsAreOverAsync();
        Assert.Empty(other.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("/p/")]
    [InlineData("ftp://127.0.0.1/p/")]
    [InlineData("http://[::1")]
    public async Task An_Announced_Url_That_Is_None_Is_Ignored(string url)
    {
        var announced = await _app.PostAsync($"/api/plugins/?url={Uri.EscapeDataString(url)}", null);

        Assert.Equal(204, announced.Code);
    }

    [Fact]
    public async Task An_Announcement_That_Nobody_Can_Remember_Is_Refused()
    {
        var release = new TaskCompletionSource();
        _runner.Serves("/hangs/", async context =>
        {
            await release.Task;
            context.Response.StatusCode = 404;
        });
        _app.With(options => options with { DocumentTimeout = TimeSpan.FromSeconds(60) });
        var seed = await _app.AddSeedAsync(_runner.Url);
        var queue = _app.Services.GetRequiredService<DiscoveryQueue>();
        var i = 0;

        // As long as visits begin, there is room; but the host keeps them all waiting.
        await Eventually.EqualsAsync(429, async () =>
        {
            while (queue.TryEnqueue(new AnnouncedVisit(seed, $"{_runner.Url}/hangs/?{i}")))
                i++;
            return (await _app.PostAsync($"/api/plugins/?url={_runner.Url}/one-more/{i}", null)).Code;
        });

        Assert.InRange(i, DiscoveryQueue.Capacity, DiscoveryQueue.Capacity + (3 * LateVisits.MostAtOnce));
        release.SetResult();
    }

    [Fact]
    public async Task An_Announced_Plugin_Belongs_To_The_Longest_Seed_Above_It()
    {
        var outer = await _app.AddSeedAsync(_runner.Url);
        var inner = await _app.AddSeedAsync(_runner.Url + "/inner");
        _runner.Serves("/inner/p/", PluginDocument.Of("inner").ToJsonString());
        await AnnounceAsync("/inner/p/");
        await _app.HasAsync(1, "/api/plugins/");

        await _app.DeleteAsync($"/api/seeds/{outer}/");
        var withInner = await _app.GetAsync("/api/plugins/");
        await _app.DeleteAsync($"/api/seeds/{inner}/");
        var without = await _app.GetAsync("/api/plugins/");

        Assert.Equal((1, 0), (withInner.CollectionSize, without.CollectionSize));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _runner.DisposeAsync();
    }

    private Task<Answer> AnnounceAsync(string path) =>
        _app.PostAsync($"/api/plugins/?url={Uri.EscapeDataString(_runner.Url + path)}", null);

    private async Task DiscoverAsync(params JsonObject[] plugins)
    {
        _runner.Offers(plugins);
        await _app.AddSeedAsync(_runner.Url);
        await _app.DiscoverAsync();
    }

    private Task<bool> RunsAreOverAsync() =>
        Eventually.EqualsAsync(false, async () => (bool)(await _app.GetAsync("/api/discovery/")).Data["running"]!);
}
