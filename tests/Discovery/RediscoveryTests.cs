using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>What a second discovery finds, and writes.</summary>
public sealed class RediscoveryTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly RegistryApp _app = new();
    private FakeRunner _runner = null!;

    public async ValueTask InitializeAsync()
    {
        _runner = await FakeRunner.StartAsync();
        _app.At(_time);
    }

    [Fact]
    public async Task A_Second_Run_Over_Unchanged_Plugins_Writes_Availability_And_Nothing_Else()
    {
        await DiscoverAsync(PluginDocument.Of("a"), PluginDocument.Of("b"), PluginDocument.Of("c"));
        CountWrites();
        _time.Advance(TimeSpan.FromMinutes(15));

        await _app.DiscoverAsync();

        Assert.Equal(0, _app.Query<int>("SELECT COUNT(*) FROM written"));
        Assert.Equal(
            "2024-05-01T12:15:00.0000000Z", _app.Query<string>("SELECT MIN(last_available) FROM plugin_availability"));
        var status = await StatusAsync();
        Assert.Equal(("ok", 3, 0, 0), (status.Outcome, status.Found, status.New, status.Changed));
    }

    [Fact]
    public async Task A_Plugin_Whose_Title_Changes_Is_Stored_And_Only_That_Row_Changes()
    {
        var plugin = PluginDocument.Of("b");
        await DiscoverAsync(PluginDocument.Of("a"), plugin, PluginDocument.Of("c"));
        var before = await PluginAsync("b");
        CountWrites();
        plugin["title"] = "Another title";
        _runner.Offers(plugin);

        await _app.DiscoverAsync();

        var after = await PluginAsync("b");
        Assert.Equal("Another title", (string)after["title"]!);
        Assert.Equal((string)before["self"]!["href"]!, (string)after["self"]!["href"]!);
        Assert.Equal("plugin b", _app.Query<string>("SELECT group_concat(what) FROM written WHERE what LIKE 'plugin %'"));
        Assert.Equal((3, 0, 1), await StatusAsync() is var s ? (s.Found, s.New, s.Changed) : default);
    }

    [Theory]
    [InlineData("""{"description": "Another"}""", "description")]
    [InlineData("""{"type": "conversion"}""", "pluginType")]
    [InlineData("""{"tags": ["other", "tags"]}""", "tags")]
    [InlineData("""{"entryPoint": {"href": "./other/", "uiHref": "./ui/"}}""", "entryPoint")]
    public async Task Whatever_Changes_In_A_Plugin_Is_Stored(string change, string shown)
    {
        var plugin = PluginDocument.Of("a");
        await DiscoverAsync(plugin);
        var before = (await PluginAsync("a"))[shown]!.ToJsonString();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            plugin[name] = value!.DeepClone();
        _runner.Offers(plugin);

        await _app.DiscoverAsync();

        Assert.NotEqual(before, (await PluginAsync("a"))[shown]!.ToJsonString());
        Assert.Equal(1, (await StatusAsync()).Changed);
    }

    [Fact]
    public async Task Filters_Find_A_Changed_Plugin_By_What_It_Is_Now()
    {
        var plugin = PluginDocument.Of("a");
        await DiscoverAsync(plugin);
        plugin["tags"] = new JsonArray("new");
        plugin["entryPoint"]!["dataInput"] = new JsonArray(PluginDocument.Data("x", "graph/tree", "text/xml"));
        _runner.Offers(plugin);

        await _app.DiscoverAsync();

        var counts = new List<int>();
        foreach (var query in (string[])["tags=test", "tags=new", "input-data-type=entity/list", "input-data-type=graph/tree&input-content-type=text/xml"])
            counts.Add((await _app.GetAsync("/api/plugins/?" + query)).CollectionSize);
        Assert.Equal([0, 1, 0, 1], counts);
    }

    [Fact]
    public async Task A_Plugin_That_Moves_Within_Its_Seed_Keeps_Its_Id()
    {
        var plugin = PluginDocument.Of("mover");
        await DiscoverAsync(plugin);
        var before = await PluginAsync("mover");
        _runner.Withdraws(PluginDocument.Path(plugin)).OffersAt("/moved/", plugin);

        await _app.DiscoverAsync();

        var after = await PluginAsync("mover");
        Assert.Equal((string)before["self"]!["href"]!, (string)after["self"]!["href"]!);
        Assert.Equal($"{_runner.Url}/moved/", (string)after["href"]!);
        Assert.Equal($"{_runner.Url}/moved/process/", (string)after["entryPoint"]!["href"]!);
        Assert.Equal(("ok", 1, 0, 1), await StatusAsync() is var s ? (s.Outcome, s.Found, s.New, s.Changed) : default);
    }

    [Fact]
    public async Task A_Plugin_That_Moves_To_Another_Seed_Keeps_Its_Id_And_Belongs_To_That_Seed()
    {
        var plugin = PluginDocument.Of("mover");
        await DiscoverAsync(plugin);
        await using var other = await FakeRunner.StartAsync();
        other.Offers(plugin);
        _runner.Withdraws(PluginDocument.Path(plugin));
        await _app.AddSeedAsync(other.Url);

        await _app.DiscoverAsync();
        var moved = await PluginAsync("mover");
        await _app.DeleteAsync("/api/seeds/1/");

        Assert.StartsWith(other.Url, (string)moved["href"]!, StringComparison.Ordinal);
        Assert.Equal("plugin /api/plugins/1/", Answer.OutlineOf(moved["self"]));
        Assert.Equal(1, (await _app.GetAsync("/api/plugins/")).CollectionSize);
    }

    [Fact]
    public async Task A_Plugin_Whose_Home_Was_Not_Asked_Does_Not_Move_To_A_New_Seed()
    {
        var plugin = PluginDocument.Of("stays");
        await DiscoverAsync(plugin);
        await using var other = await FakeRunner.StartAsync();
        other.Offers(plugin);
        var seed = await _app.AddSeedAsync(other.Url);

        await _app.VisitAsync(isFull: false, new Qhana.Registry.Discovery.SeedVisit(seed, other.Url));

        Assert.StartsWith(_runner.Url, (string)(await PluginAsync("stays"))["href"]!, StringComparison.Ordinal);
        var status = await SeedStatus.OfAsync(_app, other.Url);
        Assert.Contains("is known from", status.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Plugin_That_Two_Seeds_Offer_Does_Not_Flip_Between_Runs()
    {
        await using var other = await FakeRunner.StartAsync();
        other.Offers(PluginDocument.Of("shared"));
        await _app.AddSeedAsync(other.Url);
        await DiscoverAsync(PluginDocument.Of("shared"));
        var first = (string)(await PluginAsync("shared"))["href"]!;
        CountWrites();

        for (var run = 0; run < 5; run++)
            await _app.DiscoverAsync();

        Assert.Equal(first, (string)(await PluginAsync("shared"))["href"]!);
        Assert.Equal(0, _app.Query<int>("SELECT COUNT(*) FROM written"));
    }

    [Fact]
    public async Task A_Plugin_That_Stays_Away_Is_Kept_With_The_Time_It_Was_Last_There()
    {
        var plugin = PluginDocument.Of("away");
        await DiscoverAsync(plugin, PluginDocument.Of("here"));
        _runner.Withdraws(PluginDocument.Path(plugin));
        _time.Advance(TimeSpan.FromHours(1));

        await _app.DiscoverAsync();

        Assert.Equal(2, (await _app.GetAsync("/api/plugins/")).CollectionSize);
        Assert.Equal(["The here (1.0.0)"], (await _app.GetAsync("/api/plugins/?last-available-period=1800")).ItemNames);
    }

    [Fact]
    public async Task A_Runner_That_Fails_Later_Keeps_Its_Plugins_And_Its_Last_Success()
    {
        await DiscoverAsync(PluginDocument.Of("a"), PluginDocument.Of("b"));
        var success = (await StatusAsync()).LastSuccess;
        _runner.Serves("/", context =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        _time.Advance(TimeSpan.FromHours(1));

        await _app.DiscoverAsync();

        Assert.Equal(2, (await _app.GetAsync("/api/plugins/")).CollectionSize);
        var status = await StatusAsync();
        Assert.Equal(("unreachable", 0, "answered 500"), (status.Outcome, status.Found, status.Failures[_runner.Url]));
        Assert.Equal(_time.Start, success);
        Assert.Equal(success, status.LastSuccess);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _runner.DisposeAsync();
    }

    private async Task DiscoverAsync(params JsonObject[] plugins)
    {
        _runner.Offers(plugins);
        await _app.AddSeedAsync(_runner.Url);
        await _app.DiscoverAsync();
    }

    private async Task<JsonNode> PluginAsync(string name) =>
        Assert.Single((await _app.GetAsync($"/api/plugins/?name={name}")).Embedded)["data"]!;

    private Task<SeedStatus> StatusAsync() => SeedStatus.OfAsync(_app, _runner.Url);

    /// <summary>Lets the database itself note every write to plugins and what belongs to them, except availability.</summary>
    private void CountWrites()
    {
        var triggers = from table in (string[])["plugin", "plugin_tag", "plugin_data", "plugin_data_content_type", "plugin_dependency", "tab_plugin"]
                       from happening in (string[])["INSERT", "UPDATE", "DELETE"]
                       let row = happening == "DELETE" ? "OLD" : "NEW"
                       let what = table == "plugin" ? $"'plugin ' || {row}.identifier" : $"'{table}'"
                       select $"CREATE TRIGGER written_{table}_{happening} AFTER {happening} ON {table} BEGIN INSERT INTO written VALUES ({what}); END;";
        TestDatabase.Execute(_app.DatabasePath, $"CREATE TABLE written (what TEXT); {string.Join('\n', triggers)}");
    }
}
