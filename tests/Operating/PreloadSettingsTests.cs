using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>What the configuration loads into the database when the registry starts.</summary>
public sealed class PreloadSettingsTests : IDisposable
{
    private const string Template = """
        {
          "name": "Workspace", "description": "As it was", "tags": ["default"],
          "tabs": [
            {"name": "Data", "description": "Loads data", "location": "workspace", "sort_key": 2, "icon": "database", "filter": {"tag": "data-loading"}},
            {"name": "More", "description": "", "location": "experiment-navigation", "sort_key": 1, "group_key": "more", "filter": {}}
          ]
        }
        """;

    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Variables_With_The_Prefix_Are_Set_Again_At_Each_Start()
    {
        await using (var first = Registry().With("QHANA_ENV_MAP", "one"))
            await first.PostAsync("/api/env/", new JsonObject { ["name"] = "OTHER", ["value"] = "kept" });

        await using var second = Registry().With("QHANA_ENV_MAP", "two").With("MAP", "no");

        Assert.Equal("two", (string)(await second.GetAsync("/api/env/MAP/")).Data["value"]!);
        Assert.Equal("kept", (string)(await second.GetAsync("/api/env/OTHER/")).Data["value"]!);
        Assert.Equal(2, (await second.GetAsync("/api/env/")).CollectionSize);
    }

    [Theory]
    [InlineData("""["http://a.test", "http://b.test/runner"]""")]
    [InlineData("http://a.test\n  http://b.test/runner  \n\nhttp://a.test\n")]
    public async Task Seeds_Are_A_Json_List_Or_One_A_Line(string value)
    {
        await using var app = Registry().With("INITIAL_PLUGIN_SEEDS", value);

        Assert.Equal(["http://a.test", "http://b.test/runner"], (await app.GetAsync("/api/seeds/")).ItemNames);
    }

    [Fact]
    public async Task Seeds_Are_Loaded_Only_While_There_Is_None()
    {
        await using (var first = Registry().With("INITIAL_PLUGIN_SEEDS", "http://a.test\nhttp://b.test"))
            await first.DeleteAsync("/api/seeds/1/");

        await using var second = Registry().With("INITIAL_PLUGIN_SEEDS", "http://a.test\nhttp://c.test");

        Assert.Equal(["http://b.test"], (await second.GetAsync("/api/seeds/")).ItemNames);
    }

    [Fact]
    public async Task Services_Are_Added_Where_Their_Ids_Are_Free()
    {
        await using (var first = Registry().With("PRECONFIGURED_SERVICES", """[{"serviceId": "latex", "url": "http://old.test"}]"""))
            Assert.Equal(1, (await first.GetAsync("/api/services/")).CollectionSize);

        await using var second = Registry().With("PRECONFIGURED_SERVICES", """
            [
              {"serviceId": "latex", "url": "http://new.test", "name": "LaTeX"},
              {"serviceId": "qhana-backend", "url": "http://backend.test", "name": "Backend", "description": "Keeps experiments"}
            ]
            """);

        Assert.Equal(2, (await second.GetAsync("/api/services/")).CollectionSize);
        Assert.Equal("http://old.test", (string)(await second.GetAsync("/api/services/latex/")).Data["url"]!);
        var backend = (await second.GetAsync("/api/services/qhana-backend/")).Data;
        Assert.Equal(
            ("http://backend.test", "Backend", "Keeps experiments"),
            ((string)backend["url"]!, (string)backend["name"]!, (string)backend["description"]!));
    }

    [Fact]
    public async Task An_Incomplete_Service_Is_Skipped_With_A_Warning()
    {
        await using var app = Registry().With("PRECONFIGURED_SERVICES", """
            [{"serviceId": "no-url"}, {"url": "http://no-id.test"}, {}, {"serviceId": "whole", "url": "http://whole.test"}]
            """);

        var services = await app.GetAsync("/api/services/");

        Assert.Equal("whole", (string)Assert.Single(services.Data["items"]!.AsArray())!["resourceKey"]!["serviceId"]!);
        var warnings = app.Log.Of(LogLevel.Warning);
        Assert.Equal(3, warnings.Count);
        Assert.All(warnings, w => Assert.StartsWith("PRECONFIGURED_SERVICES: ", w, StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.Contains("no-url", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.Contains("http://no-id.test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Templates_Come_From_Files_And_Folders_With_Their_Tabs()
    {
        var folder = Directory.CreateDirectory(_folder.File("templates")).FullName;
        await WriteAsync("templates/a.json", Template);
        await WriteAsync("templates/notes.txt", Template.Replace("Workspace", "Not a template", StringComparison.Ordinal));
        var single = await WriteAsync("single.json", """{"name": "Single", "description": "", "tags": [], "tabs": []}""");

        await using var app = Registry().With("UI_TEMPLATE_PATHS", $"{folder}:{single}");

        Assert.Equal(["Single", "Workspace"], (await app.GetAsync("/api/templates/")).ItemNames);
        Assert.Equal(2, app.Query<int>("SELECT COUNT(*) FROM ui_template_tab"));
        Assert.Equal(
            ["""Data|workspace|2|database||{"tag": "data-loading"}""", "More|experiment-navigation|1||more|{}"],
            TestDatabase.QueryAll<string>(app.DatabasePath, """
                SELECT name || '|' || location || '|' || sort_key || '|' || coalesce(icon, '') || '|' || coalesce(group_key, '') || '|' || filter_string
                FROM ui_template_tab ORDER BY id
                """));
    }

    [Fact]
    public async Task A_Template_Whose_Name_Exists_Is_Left_Alone()
    {
        var file = await WriteAsync("a.json", Template);
        await using (var first = Registry().With("UI_TEMPLATE_PATHS", file))
            Assert.Equal(["Workspace"], (await first.GetAsync("/api/templates/")).ItemNames);
        await WriteAsync("a.json", Template.Replace("As it was", "Changed", StringComparison.Ordinal));

        await using var second = Registry().With("UI_TEMPLATE_PATHS", file);

        Assert.Equal(["Workspace"], (await second.GetAsync("/api/templates/")).ItemNames);
        Assert.Equal("As it was", second.Query<string>("SELECT description FROM ui_template"));
        Assert.Equal(2, second.Query<int>("SELECT COUNT(*) FROM ui_template_tab"));
    }

    [Fact]
    public async Task A_Group_In_A_Template_File_May_Have_The_Empty_Filter_That_It_Has_In_The_Api()
    {
        var file = await WriteAsync("a.json", Template.Replace("\"filter\": {}", "\"filter\": \"\"", StringComparison.Ordinal));

        await using var app = Registry().With("UI_TEMPLATE_PATHS", file);

        Assert.Equal(["Workspace"], (await app.GetAsync("/api/templates/")).ItemNames);
        Assert.Equal("", app.Query<string>("SELECT filter_string FROM ui_template_tab WHERE group_key = 'more'"));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"name": "Nameless tabs", "description": "", "tags": [], "tabs": [{"description": "", "filter": ""}]}""")]
    [InlineData("""{"name": "Filter", "description": "", "tags": [], "tabs": [{"name": "T", "description": "", "location": "workspace", "sort_key": 0, "filter": {"colour": "red"}}]}""")]
    public async Task A_Bad_Template_File_Is_One_Warning_And_Costs_The_Others_Nothing(string text)
    {
        var bad = await WriteAsync("bad.json", text);
        var good = await WriteAsync("good.json", Template);

        await using var app = Registry().With("UI_TEMPLATE_PATHS", $"{bad}:{good}");

        Assert.Equal(["Workspace"], (await app.GetAsync("/api/templates/")).ItemNames);
        Assert.Contains(bad, Assert.Single(app.Log.Of(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Template_Path_That_Is_Not_There_Is_A_Warning()
    {
        await using var app = Registry().With("UI_TEMPLATE_PATHS", _folder.File("nowhere"));

        Assert.Equal(0, (await app.GetAsync("/api/templates/")).CollectionSize);
        var warning = Assert.Single(app.Log.Of(LogLevel.Warning));
        Assert.Contains("UI_TEMPLATE_PATHS", warning, StringComparison.Ordinal);
        Assert.Contains(_folder.File("nowhere"), warning, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A registry on the file of this test.</summary>
    private RegistryApp Registry() => new RegistryApp().UseDatabase(_folder.File("registry.db"));

    private async Task<string> WriteAsync(string name, string text)
    {
        await File.WriteAllTextAsync(_folder.File(name), text, TestContext.Current.CancellationToken);
        return _folder.File(name);
    }
}
