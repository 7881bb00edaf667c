using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.TemplateRequests;

namespace Qhana.Registry.Tests.Data;

/// <summary>The plugins of a tab are those that match its filter now, when an answer says that something changed.</summary>
public sealed class TabMembershipTests : IAsyncLifetime
{
    private const string Quantum = """{"tag": "quantum"}""";

    private readonly RegistryApp _app = new();
    private FakeRunner _runner = null!;
    private string _template = "";

    public async ValueTask InitializeAsync()
    {
        _runner = await FakeRunner.StartAsync();
        await _app.AddSeedAsync(_runner.Url);
        _template = await _app.AddTemplateAsync();
    }

    [Fact]
    public async Task A_New_Plugin_Is_In_The_Tabs_That_It_Matches_And_In_No_Other()
    {
        var tab = await _app.AddTabAsync(_template, Tab("Quantum", Quantum));
        var other = await _app.AddTabAsync(_template, Tab("Other", """{"tag": "classic"}"""));

        await DiscoverAsync(Plugin("q", tags: "quantum"), Plugin("c", tags: "classic"), Plugin("n"));

        Assert.Equal(["q"], await _app.PluginsOfTabAsync(tab));
        Assert.Equal(["c"], await _app.PluginsOfTabAsync(other));
    }

    [Theory]
    [InlineData("""{"tag": "quantum"}""", "tags", """["quantum"]""", """["classic"]""")]
    [InlineData("""{"type": "visualization"}""", "type", "\"Visualization\"", "\"processing\"")]
    [InlineData("""{"name": "Wu Palmer"}""", "title", "\"wu-palmer\"", "\"Something else\"")]
    [InlineData("""{"not": {"tag": "hidden"}}""", "tags", "[]", """["hidden"]""")]
    public async Task A_Plugin_That_Changes_Comes_Into_The_Tab_Or_Leaves_It(string filter, string property, string inside, string outside)
    {
        var tab = await _app.AddTabAsync(_template, Tab("Tab", filter));
        await DiscoverAsync(With("comes", outside), With("leaves", inside), With("stays", inside), With("never", outside));
        Assert.Equal(["leaves", "stays"], await _app.PluginsOfTabAsync(tab));

        await DiscoverAsync(With("comes", inside), With("leaves", outside));

        Assert.Equal(["comes", "stays"], await _app.PluginsOfTabAsync(tab));

        JsonObject With(string name, string value) => PluginDocument.Of(name, "1.0.0", p => p[property] = JsonNode.Parse(value));
    }

    [Fact]
    public async Task Each_Version_Of_A_Plugin_Is_Looked_At_For_Itself()
    {
        var tab = await _app.AddTabAsync(_template, Tab("New ones", """{"and": [{"id": "a"}, {"version": ">=2"}]}"""));
        var exact = await _app.AddTabAsync(_template, Tab("Exactly", """{"id": "a@1.0"}"""));

        await DiscoverAsync(Plugin("a", "1.0"), Plugin("a", "2.0"), Plugin("a", "2.1"), Plugin("a", "no version"), Plugin("b", "3.0"));

        Assert.Equal(["2.1", "2.0"], await VersionsAsync(tab));
        Assert.Equal(["1.0"], await VersionsAsync(exact));
    }

    [Fact]
    public async Task A_Purged_Plugin_Leaves_Its_Tabs()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2025, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var app = new RegistryApp().At(time);
        var seed = await app.AddSeedAsync("http://runner.test");
        var tab = await app.AddTabAsync(await app.AddTemplateAsync(), Tab("Tab", """{"tag": "test"}"""));
        await app.StoreAsync(seed, PluginDocument.Stored("gone"), PluginDocument.Stored("stays"));
        time.Advance(TimeSpan.FromDays(8));
        await app.StoreAsync(seed, PluginDocument.Stored("stays"));
        Assert.Equal(["gone", "stays"], await app.PluginsOfTabAsync(tab));

        var purged = await app.Services.GetRequiredService<PluginRepository>().PurgeAsync(TimeSpan.FromDays(7));

        Assert.Equal(1, purged);
        Assert.Equal(["stays"], await app.PluginsOfTabAsync(tab));
    }

    [Fact]
    public async Task The_Plugins_Of_A_Deleted_Seed_Leave_Their_Tabs()
    {
        var seed = await _app.AddSeedAsync("http://other.test");
        await _app.StoreAsync(seed, PluginDocument.Stored("gone"));
        await _app.StoreAsync(1, PluginDocument.Stored("stays"));
        var tab = await _app.AddTabAsync(_template, Tab("Tab", """{"tag": "test"}"""));
        Assert.Equal(["gone", "stays"], await _app.PluginsOfTabAsync(tab));

        await _app.DeleteAsync($"/api/seeds/{seed}/");

        Assert.Equal(["stays"], await _app.PluginsOfTabAsync(tab));
    }

    [Fact]
    public async Task A_Plugin_That_Is_Announced_Comes_And_Goes()
    {
        var tab = await _app.AddTabAsync(_template, Tab("Quantum", Quantum));
        var plugin = Plugin("q", tags: "quantum");
        _runner.Serves("/new/", plugin.ToJsonString());
        var announcement = "/api/plugins/?url=" + Uri.EscapeDataString(_runner.Url + "/new/");

        await _app.PostAsync(announcement, null);
        await Eventually.EqualsAsync("q", async () => string.Join(' ', await _app.PluginsOfTabAsync(tab)));
        _runner.Withdraws("/new/");
        await _app.PostAsync(announcement, null);

        await Eventually.EqualsAsync("", async () => string.Join(' ', await _app.PluginsOfTabAsync(tab)));
    }

    [Fact]
    public async Task A_New_Tab_Has_Its_Plugins_When_It_Is_Answered()
    {
        await DiscoverAsync(Plugin("q", tags: "quantum"), Plugin("c", tags: "classic"));

        var added = await _app.PostAsync($"{_template}tabs/", Tab("Quantum", Quantum));

        var plugins = await _app.GetAsync((string)added.Embedded[0]["data"]!["plugins"]!["href"]!);
        Assert.Equal((200, 1), (plugins.Code, plugins.CollectionSize));
        Assert.Equal("q", (string)plugins.Embedded[0]["data"]!["identifier"]!);
    }

    [Theory]
    [InlineData("""{"tag": "classic"}""", new[] { "both", "c" })]
    [InlineData("""{"not": {"tag": "classic"}}""", new[] { "n", "q" })]
    [InlineData("""{"not": {}}""", new[] { "both", "c", "n", "q" })]
    [InlineData("{}", new string[0])]
    [InlineData("", new string[0])]
    [InlineData("""{"and": []}""", new string[0])]
    public async Task A_Tab_With_Another_Filter_Has_Other_Plugins_When_It_Is_Answered(string filter, string[] expected)
    {
        await DiscoverAsync(
            Plugin("q", tags: "quantum"), Plugin("c", tags: "classic"), Plugin("both", tags: ["quantum", "classic"]), Plugin("n"));
        var tab = await _app.AddTabAsync(_template, Tab("Tab", Quantum));
        var other = await _app.AddTabAsync(_template, Tab("Other", Quantum));

        await _app.PutAsync(tab, Tab("Tab", filter));

        Assert.Equal(expected, await _app.PluginsOfTabAsync(tab));
        Assert.Equal(["both", "q"], await _app.PluginsOfTabAsync(other));
    }

    [Fact]
    public async Task A_Plugin_That_Comes_After_The_Filter_Changed_Is_Tested_With_The_New_Filter()
    {
        var tab = await _app.AddTabAsync(_template, Tab("Tab", Quantum));
        await DiscoverAsync(Plugin("before", tags: "quantum"));
        await _app.PutAsync(tab, Tab("Tab", """{"tag": "classic"}"""));

        await DiscoverAsync(Plugin("after", tags: "quantum"), Plugin("new", tags: "classic"));

        Assert.Equal(["new"], await _app.PluginsOfTabAsync(tab));
    }

    [Fact]
    public async Task A_Tab_That_Is_Only_Renamed_Keeps_Its_Plugins()
    {
        await DiscoverAsync(Plugin("q", tags: "quantum"));
        var tab = await _app.AddTabAsync(_template, Tab("Old", Quantum));

        await _app.PutAsync(tab, Tab("New", Quantum));

        Assert.Equal(["q"], await _app.PluginsOfTabAsync(tab));
    }

    [Fact]
    public async Task A_Tab_That_Comes_To_Open_A_Group_Loses_Its_Plugins()
    {
        await DiscoverAsync(Plugin("q", tags: "quantum"));
        var tab = await _app.AddTabAsync(_template, Tab("Old", Quantum));

        await _app.PutAsync(tab, TabAt("navigation", "Group", 0, "g"));

        Assert.Empty(await _app.PluginsOfTabAsync(tab));
    }

    [Theory]
    [InlineData("tabs/1/")]
    [InlineData("")]
    public async Task A_Deleted_Tab_Has_No_Plugins_And_The_Others_Keep_Theirs(string deleted)
    {
        await DiscoverAsync(Plugin("q", tags: "quantum"));
        await _app.AddTabAsync(_template, Tab("Deleted", Quantum));
        var stays = await _app.AddTabAsync(await _app.AddTemplateAsync("Other"), Tab("Stays", Quantum));

        var answer = await _app.DeleteAsync(_template + deleted);
        await DiscoverAsync(Plugin("new", tags: "quantum"));

        Assert.Equal(200, answer.Code);
        Assert.Equal(0, (await _app.GetAsync("/api/plugins/?template-tab=1")).CollectionSize);
        Assert.Equal(["new", "q"], await _app.PluginsOfTabAsync(stays));
        Assert.Equal(0, _app.Query<long>("SELECT COUNT(*) FROM tab_plugin WHERE tab_id = 1"));
    }

    [Fact]
    public async Task The_Plugins_Of_A_Tab_Are_Filtered_And_Paged_Like_Others()
    {
        await DiscoverAsync(
            Plugin("a", tags: "quantum"), Plugin("b", tags: ["quantum", "x"]), Plugin("c", tags: ["quantum", "x"]), Plugin("d", tags: "x"));
        await _app.AddTabAsync(_template, Tab("Tab", Quantum));

        var page = await _app.GetAsync("/api/plugins/?item-count=1&template-tab=1&tags=x&sort=-name");

        Assert.Equal(["The c (1.0.0)"], page.ItemNames);
        Assert.Equal(2, page.CollectionSize);
        Assert.Contains("template-tab=1", page.Follow("plugin", "next"), StringComparison.Ordinal);
        Assert.Equal(["The b (1.0.0)"], (await _app.FollowAsync(page, "plugin", "next")).ItemNames);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _runner.DisposeAsync();
    }

    private async Task DiscoverAsync(params JsonObject[] plugins)
    {
        _runner.Offers(plugins);
        await _app.DiscoverAsync();
    }

    private async Task<IEnumerable<string>> VersionsAsync(string tab) =>
        (await _app.FollowAsync(await _app.GetAsync(tab), "plugin", "nav")).Embedded.Select(e => (string)e["data"]!["version"]!);

    private static JsonObject Plugin(string name, string version = "1.0.0", params string[] tags) =>
        PluginDocument.Of(name, version, p => p["tags"] = new JsonArray([.. tags.Select(t => (JsonNode)t)]));
}
