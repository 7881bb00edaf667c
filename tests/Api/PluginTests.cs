using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

public sealed class PluginTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly RegistryApp _app = new();
    private FakeRunner _runner = null!;

    public async ValueTask InitializeAsync() => _runner = await FakeRunner.StartAsync();

    [Fact]
    public async Task A_Plugin_Is_Shown_With_All_Its_Metadata_And_Absolute_Urls()
    {
        _runner.Offers(PluginDocument.Of("shown", "v1.2", plugin =>
        {
            plugin["tags"] = new JsonArray("b", "a", "b");
            plugin["description"] = "Uses <b>Grüße</b> & 'quotes'.";
            plugin["entryPoint"] = new JsonObject
            {
                ["href"] = "./process/",
                ["uiHref"] = "http://elsewhere.test/ui/",
                ["dataInput"] = new JsonArray(PluginDocument.Data("points", "entity/vector", "text/csv", "application/json")),
                ["dataOutput"] = new JsonArray(PluginDocument.Data(null, "plot", "image/svg+xml")),
                ["pluginDependencies"] = new JsonArray(
                    new JsonObject
                    {
                        ["parameter"] = "executor",
                        ["required"] = true,
                        ["name"] = "qasm",
                        ["version"] = ">=1",
                        ["type"] = "processing",
                        ["tags"] = new JsonArray("circuit", "!slow"),
                    },
                    new JsonObject { ["parameter"] = "other", ["required"] = false }),
            };
        }));
        await DiscoverAsync();

        var plugin = await _app.GetAsync("/api/plugins/1/");

        var url = $"{_runner.Url}/plugins/shown@v1.2/";
        var data = plugin.Data.DeepClone().AsObject();
        data.Remove("self");
        Assert.Equal(
            JsonNode.Parse($$"""
                {
                  "href": "{{url}}", "title": "The shown", "description": "Uses <b>Grüße</b> & 'quotes'.", "identifier": "shown",
                  "version": "v1.2", "pluginType": "processing", "tags": ["b", "a"],
                  "entryPoint": {
                    "href": "{{url}}process/", "uiHref": "http://elsewhere.test/ui/",
                    "dataInput": [{"parameter": "points", "required": true, "dataType": "entity/vector", "contentType": ["text/csv", "application/json"]}],
                    "dataOutput": [{"required": true, "dataType": "plot/*", "contentType": ["image/svg+xml"]}],
                    "pluginDependencies": [
                      {"parameter": "executor", "required": true, "name": "qasm", "version": ">=1", "type": "processing", "tags": ["circuit", "!slow"]},
                      {"parameter": "other", "required": false}
                    ]
                  }
                }
                """)!.ToJsonString(),
            data.ToJsonString());
    }

    [Fact]
    public async Task A_Plugin_Names_Itself_And_Leads_Up_To_The_List()
    {
        _runner.Offers(PluginDocument.Of("linked", "1.0"));
        await DiscoverAsync();

        var list = await _app.GetAsync("/api/plugins/");
        var plugin = await _app.GetAsync(list.Data["items"]![0]!["href"]!.ToString());

        Assert.Equal(["collection first page page-1 up plugin /api/plugins/?item-count=25"], plugin.Outline);
        Assert.Equal("The linked (1.0)", (string)plugin.Data["self"]!["name"]!);
        Assert.Equal("""{"pluginId":"1"}""", plugin.Data["self"]!["resourceKey"]!.ToJsonString());
        Assert.Equal(plugin.Json.ToJsonString(), list.Embedded[0].ToJsonString());
    }

    [Fact]
    public async Task The_List_Links_To_The_Announcement_Before_Its_Pages()
    {
        var list = await _app.GetAsync("/api/plugins/");

        Assert.Equal(
            [
                "up api-root /api/",
                "post plugin /api/plugins/",
                "collection first last page page-1 plugin /api/plugins/?item-count=25&sort=name,-version",
            ],
            list.Outline);
    }

    [Theory]
    [InlineData("/api/plugins/1/", 404)]
    [InlineData("/api/plugins/0/", 404)]
    [InlineData("/api/plugins/-1/", 400)]
    [InlineData("/api/plugins/abc/", 400)]
    public async Task A_Plugin_That_Is_Not_There_Is_A_Problem(string path, int status)
    {
        var answer = await _app.GetAsync(path);

        Assert.Equal(status, answer.Code);
        Assert.Equal("application/problem+json", answer.ContentType);
    }

    [Theory]
    [InlineData("-1", new[] { "The new (1)", "The old (1)" })]
    [InlineData("0", new[] { "The new (1)", "The old (1)" })]
    [InlineData("29", new string[0])]
    [InlineData("31", new[] { "The new (1)" })]
    [InlineData("129", new[] { "The new (1)" })]
    [InlineData("131", new[] { "The new (1)", "The old (1)" })]
    [InlineData("99999999999999999999", new[] { "The new (1)", "The old (1)" })]
    public async Task The_Last_Available_Period_Counts_Back_From_Now(string seconds, string[] expected)
    {
        await using var app = new RegistryApp().At(_time);
        var seed = await app.AddSeedAsync("http://runner.test");
        await app.StoreAsync(seed, PluginDocument.Stored("old", "1"));
        _time.Advance(TimeSpan.FromSeconds(100));
        await app.StoreAsync(seed, PluginDocument.Stored("new", "1"));
        _time.Advance(TimeSpan.FromSeconds(30));

        var list = await app.GetAsync($"/api/plugins/?last-available-period={seconds}");

        Assert.Equal(expected, list.ItemNames);
    }

    [Fact]
    public async Task A_List_By_Last_Available_Period_Changes_As_Time_Goes_By()
    {
        await using var app = new RegistryApp().At(_time);
        var seed = await app.AddSeedAsync("http://runner.test");
        await app.StoreAsync(seed, PluginDocument.Stored("there"));
        var before = await app.GetAsync("/api/plugins/?last-available-period=60");

        _time.Advance(TimeSpan.FromSeconds(61));
        var after = await app.GetAsync("/api/plugins/?last-available-period=60");

        Assert.Equal((1, 0), (before.CollectionSize, after.CollectionSize));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _runner.DisposeAsync();
    }

    private async Task DiscoverAsync()
    {
        await _app.AddSeedAsync(_runner.Url);
        await _app.DiscoverAsync();
    }
}
