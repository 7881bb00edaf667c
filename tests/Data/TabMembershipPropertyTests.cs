using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery.Matching;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.TemplateRequests;

namespace Qhana.Registry.Tests.Data;

/// <summary>Membership that was kept up to date equals membership that is computed from scratch.</summary>
public sealed class TabMembershipPropertyTests : IAsyncLifetime
{
    private static readonly string[] Names = ["a", "b", "c", "d@x", "e"];
    private static readonly string[] Versions = ["1.0", "v1.1", "2.0rc1", "2.0", "nonsense"];
    private static readonly string[] Titles = ["Hello World", "hello wrld", "Quantum k-means", "Something else"];
    private static readonly string[] Types = ["processing", "Processing", "visualization"];
    private static readonly string[] Tags = ["quantum", "classic", "QUANTUM", ""];

    private readonly RegistryApp _app = new();

    public async ValueTask InitializeAsync()
    {
        await _app.AddSeedAsync("http://seed1.test");
        await _app.AddSeedAsync("http://seed2.test");
        await _app.AddTemplateAsync();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Any_Sequence_Of_Changes_Leaves_The_Tabs_As_If_Computed_From_Scratch(int seed)
    {
        var random = new Random(seed);
        var largest = 0;

        for (var step = 0; step < 60; step++)
        {
            var change = await ChangeSomethingAsync(random);
            var (expected, actual) = (FromScratch(), Stored());
            Assert.Equal((step, change, expected), (step, change, actual));
            largest = Math.Max(largest, expected.Count(c => c == '\n'));
        }

        Assert.True(largest > 5, "The changes never gave the tabs more than a few plugins.");
        await AssertTheApiShowsAsync(Stored());
    }

    [Fact]
    public async Task Tabs_And_Plugins_That_Change_At_Once_Fit_Each_Other_In_The_End()
    {
        var random = new Random(7);
        var tabs = new List<string>();
        for (var i = 0; i < 3; i++)
            tabs.Add(await _app.AddTabAsync("/api/templates/1/", Tab($"Tab {i}", "{}")));

        for (var round = 0; round < 25; round++)
        {
            var filters = tabs.Select(_ => Filter(random, 2)).ToList();
            var plugins = SomePlugins(random).ToArray();
            await Task.WhenAll([.. tabs.Zip(filters, (tab, filter) => _app.PutAsync(tab, Tab("Tab", filter))), _app.StoreAsync(1, plugins)]);

            Assert.Equal((round, FromScratch()), (round, Stored()));
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<string> ChangeSomethingAsync(Random random)
    {
        var tabs = Ids("SELECT id FROM ui_template_tab");
        var choice = random.Next(20);
        switch (choice)
        {
            case < 9:
                var seeds = Ids("SELECT id FROM seed");
                await _app.StoreAsync(seeds[random.Next(seeds.Count)], [.. SomePlugins(random)]);
                return "store";
            case < 12 when tabs.Count < 8:
                var added = await _app.PostAsync($"/api/templates/{LastTemplate()}/tabs/", Tab("Tab", Filter(random, 3)));
                Assert.Equal(200, added.Code);
                return "add tab";
            case < 16 when tabs.Count > 0:
                var id = tabs[random.Next(tabs.Count)];
                var template = _app.Query<long>($"SELECT template_id FROM ui_template_tab WHERE id = {id}");
                var changed = await _app.PutAsync($"/api/templates/{template}/tabs/{id}/", Tab("Tab", Filter(random, 3)));
                Assert.Equal(200, changed.Code);
                return "change tab";
            case 16 when tabs.Count > 0:
                var gone = tabs[random.Next(tabs.Count)];
                await _app.DeleteAsync($"/api/templates/{_app.Query<long>($"SELECT template_id FROM ui_template_tab WHERE id = {gone}")}/tabs/{gone}/");
                return "delete tab";
            case 17:
                await _app.DeleteAsync($"/api/templates/{LastTemplate()}/");
                await _app.AddTemplateAsync();
                return "delete template";
            case 18:
                var next = _app.Query<long>("SELECT MAX(id) FROM seed") + 1;
                await _app.DeleteAsync($"/api/seeds/{Ids("SELECT id FROM seed")[0]}/");
                await _app.AddSeedAsync($"http://seed{next}.test");
                return "delete seed";
            default:
                await _app.Services.GetRequiredService<PluginRepository>()
                    .DeleteByUrlAsync($"http://runner.test/plugins/{Names[random.Next(Names.Length)]}@{Versions[0]}/");
                return "delete plugin";
        }
    }

    private static IEnumerable<Plugin> SomePlugins(Random random) =>
        from identity in Names.SelectMany(_ => Versions, (name, version) => (name, version))
        where random.Next(4) == 0
        select PluginDocument.Stored(identity.name, identity.version) with
        {
            Title = Titles[random.Next(Titles.Length)],
            Type = Types[random.Next(Types.Length)],
            Tags = [.. Tags.Where(_ => random.Next(3) == 0)],
        };

    private static string Filter(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => $$"""{"tag": "{{Tags[random.Next(Tags.Length)]}}"}""",
        1 => $$"""{"type": "{{Types[random.Next(Types.Length)]}}"}""",
        2 => $$"""{"name": "{{Titles[random.Next(Titles.Length)]}}"}""",
        3 => $$"""{"id": "{{Names[random.Next(Names.Length)]}}{{(random.Next(2) == 0 ? "" : "@1.0")}}"}""",
        4 => $$"""{"version": "{{(random.Next(2) == 0 ? ">=1.1" : "<2")}}"}""",
        5 => random.Next(2) == 0 ? "{}" : """{"not": {}}""",
        6 => $$"""{"not": {{Filter(random, depth - 1)}}}""",
        7 => $$"""{"and": [{{Filter(random, depth - 1)}}, {{Filter(random, depth - 1)}}]}""",
        _ => $$"""{"or": [{{Filter(random, depth - 1)}}, {{Filter(random, depth - 1)}}, {{Filter(random, depth - 1)}}]}""",
    };

    /// <summary>A line for each tab and plugin that belong together, by the rules alone.</summary>
    private string FromScratch()
    {
        var plugins = TestDatabase.QueryAll<PluginTexts>(
            _app.DatabasePath, "SELECT id, identifier, version, title, plugin_type AS type, tags FROM plugin");
        var tabs = TestDatabase.QueryAll<TabTexts>(_app.DatabasePath, "SELECT id, filter_string AS filter FROM ui_template_tab");
        return Lines(
            from tab in tabs
            let filter = TabFilterParser.TryParse(tab.Filter, out var parsed, out var error) ? parsed : throw new FormatException(error)
            from plugin in plugins
            where filter.Matches(new PluginFacts(
                plugin.Identifier, plugin.Version, plugin.Title, plugin.Type, JsonSerializer.Deserialize<string[]>(plugin.Tags)!))
            select (tab.Id, plugin.Id));
    }

    private string Stored() => Lines(
        TestDatabase.QueryAll<Pair>(_app.DatabasePath, "SELECT tab_id AS tab, plugin_id AS plugin FROM tab_plugin").Select(p => (p.Tab, p.Plugin)));

    private async Task AssertTheApiShowsAsync(string expected)
    {
        var shown = new List<(long, long)>();
        foreach (var tab in Ids("SELECT id FROM ui_template_tab"))
        {
            var plugins = await _app.GetAsync($"/api/plugins/?item-count=100&template-tab={tab}");
            shown.AddRange(plugins.Embedded.Select(p => (tab, long.Parse((string)p["data"]!["self"]!["resourceKey"]!["pluginId"]!, null))));
        }

        Assert.Equal(expected, Lines(shown));
    }

    private long LastTemplate() => _app.Query<long>("SELECT MAX(id) FROM ui_template");

    private IReadOnlyList<long> Ids(string sql) => TestDatabase.QueryAll<long>(_app.DatabasePath, sql + " ORDER BY id");

    private static string Lines(IEnumerable<(long Tab, long Plugin)> pairs) =>
        string.Concat(pairs.Order().Select(p => $"tab {p.Tab}: plugin {p.Plugin}\n"));

    private sealed record PluginTexts(long Id, string Identifier, string Version, string Title, string Type, string Tags);

    private sealed record TabTexts(long Id, string Filter);

    private sealed record Pair(long Tab, long Plugin);
}
