using System.Data.Common;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.TemplateRequests;

namespace Qhana.Registry.Tests.Data;

public sealed class TemplateFilesTests : IAsyncDisposable
{
    private readonly TestFolder _folder = new();
    private RegistryApp _app = new();

    [Fact]
    public async Task Files_And_The_Json_Files_Of_Folders_Are_Loaded_In_The_Order_Given_And_By_Name()
    {
        var folder = Directory.CreateDirectory(_folder.File("folder")).FullName;
        Write("folder/b.json", Named("B"));
        Write("folder/a.json", Named("A"));
        Write("folder/readme.txt", Named("Text"));
        Write("folder/inner/c.json", Named("Too deep"));
        Write("single.json", Named("Single"));
        Write("any.name", Named("Any name"));

        await StartAsync($"{_folder.File("single.json")}:{folder}::{_folder.File("any.name")}");

        Assert.Equal(["Single", "A", "B", "Any name"], (await _app.GetAsync("/api/templates/?sort=id")).ItemNames);
        Assert.Empty(Warnings());
    }

    [Fact]
    public async Task A_Template_Is_Loaded_With_Everything_That_The_File_Says()
    {
        Write("t.json", """
            {"name": "Default", "description": "From a file", "tags": ["y", "x"], "tabs": [
                {"name": "All", "description": "d", "location": "workspace", "sort_key": 2, "filter": {"type": "processing"}},
                {"name": "Tools", "description": "g", "location": "navigation", "sort_key": 1, "group_key": "tools", "filter": {}},
                {"name": "Inside", "description": "", "location": "navigation.tools", "sort_key": 0, "icon": "home",
                 "filter": {"not": {"tag": "quantum"}}}]}
            """);

        await StartAsync(_folder.File("t.json"));

        var template = await _app.GetAsync("/api/templates/1/");
        Assert.Equal(("Default", "From a file"), ((string)template.Data["name"]!, (string)template.Data["description"]!));
        Assert.Equal("""["y","x"]""", template.Data["tags"]!.ToJsonString());
        Assert.Equal(
            ["Tools", "Tab Group: navigation", "Tab Group: workspace"], template.Data["groups"]!.AsArray().Select(g => (string)g!["name"]!));
        var tabs = (await _app.GetAsync("/api/templates/1/tabs/")).Embedded.Select(e => Fields(e["data"]!));
        Assert.Equal(
            [
                """["Inside","","home","navigation.tools",0,"","{\u0022not\u0022: {\u0022tag\u0022: \u0022quantum\u0022}}"]""",
                """["Tools","g",null,"navigation",1,"tools","{}"]""",
                """["All","d",null,"workspace",2,"","{\u0022type\u0022: \u0022processing\u0022}"]""",
            ],
            tabs);
    }

    [Fact]
    public async Task A_Tab_Needs_Only_A_Name_And_A_Filter()
    {
        Write("t.json", """{"name": "T", "description": "", "tags": [], "tabs": [{"name": "Bare", "filter": {}}]}""");

        await StartAsync(_folder.File("t.json"));

        var tab = await _app.GetAsync("/api/templates/1/tabs/1/");
        Assert.Equal("""["Bare","",null,"workspace",0,"","{}"]""", Fields(tab.Data));
    }

    [Fact]
    public async Task A_Filter_Is_Kept_As_Python_Would_Write_It()
    {
        Write("t.json", WithFilter("""{"and":[ {"tag":"Größe\n😀/"},{"or":[]}, {"not":{}} ] }"""));

        await StartAsync(_folder.File("t.json"));

        Assert.Equal(
            """{"and": [{"tag": "Gr\u00f6\u00dfe\n\ud83d\ude00/"}, {"or": []}, {"not": {}}]}""",
            (string)(await _app.GetAsync("/api/templates/1/tabs/1/")).Data["filterString"]!);
    }

    [Fact]
    public async Task The_Tabs_Of_A_File_Have_Their_Plugins()
    {
        Write("t.json", WithFilter("""{"tag": "test"}"""));
        await StartAsync(_folder.File("t.json"));

        await _app.StoreAsync(await _app.AddSeedAsync("http://runner.test"), PluginDocument.Stored("p"));

        Assert.Equal(["p"], await _app.PluginsOfTabAsync("/api/templates/1/tabs/1/"));
    }

    [Fact]
    public async Task A_Template_That_Is_Loaded_Later_Has_The_Plugins_That_Are_There_Already()
    {
        await _app.StoreAsync(await _app.AddSeedAsync("http://runner.test"), PluginDocument.Stored("p"));
        Write("t.json", WithFilter("""{"tag": "test"}"""));

        var added = await LoadAsync("t.json");

        Assert.Equal(1, added);
        Assert.Equal(["p"], await _app.PluginsOfTabAsync("/api/templates/1/tabs/1/"));
    }

    [Fact]
    public async Task The_Deepest_Filter_That_A_Client_May_Send_May_Stand_In_A_File()
    {
        var filter = string.Concat(Enumerable.Repeat("""{"and": [""", 31)) + """{"tag": "x"}""" + string.Concat(Enumerable.Repeat("]}", 31));
        await _app.AddTabAsync(await _app.AddTemplateAsync(), Tab("Sent", filter));
        Write("t.json", WithFilter(filter));

        var added = await LoadAsync("t.json");

        Assert.Empty(Warnings());
        Assert.Equal(1, added);
        Assert.Equal(filter, (string)(await _app.GetAsync("/api/templates/2/tabs/2/")).Data["filterString"]!);
    }

    [Fact]
    public async Task Loading_Twice_Changes_Nothing()
    {
        Write("a.json", WithFilter("{}"));
        Write("b.json", Named("B"));
        await StartAsync($"{_folder.File("a.json")}:{_folder.File("b.json")}");
        var (templates, tabs) = (await _app.GetAsync("/api/templates/"), await _app.GetAsync("/api/templates/1/tabs/"));

        var added = await LoadAsync("a.json", "b.json");

        Assert.Equal(0, added);
        Assert.Equal(templates.Text, (await _app.GetAsync("/api/templates/")).Text);
        Assert.Equal(tabs.Text, (await _app.GetAsync("/api/templates/1/tabs/")).Text);
        Assert.Empty(Warnings());
    }

    [Fact]
    public async Task A_Template_Whose_Name_Exists_Is_Left_Alone_Tabs_Included()
    {
        Write("a.json", """{"name": "T", "description": "first", "tags": ["a"], "tabs": [{"name": "A", "filter": {}}]}""");
        Write("b.json", """{"name": "T", "description": "second", "tags": ["b"], "tabs": [{"name": "B", "filter": {}}]}""");
        await StartAsync(_folder.File("a.json"));
        await _app.PutAsync("/api/templates/1/", Template("T", "mine"));

        var added = await LoadAsync("a.json", "b.json");

        Assert.Equal(0, added);
        var template = Assert.Single((await _app.GetAsync("/api/templates/")).Embedded)["data"]!;
        Assert.Equal(("mine", 0), ((string)template["description"]!, template["tags"]!.AsArray().Count));
        Assert.Equal(["A"], (await _app.GetAsync("/api/templates/1/tabs/")).ItemNames);
    }

    [Fact]
    public async Task A_Name_That_Differs_In_Case_Is_Another_Name()
    {
        await _app.AddTemplateAsync("t");
        Write("t.json", Named("T"));

        var added = await LoadAsync("t.json");

        Assert.Equal(1, added);
    }

    [Fact]
    public async Task A_Path_Where_Nothing_Is_Gets_One_Warning()
    {
        Write("t.json", Named("T"));
        var missing = _folder.File("missing");

        await StartAsync($"{missing}:{_folder.File("t.json")}");

        Assert.Equal(["T"], (await _app.GetAsync("/api/templates/")).ItemNames);
        Assert.Contains(missing, Assert.Single(Warnings()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Folder_That_Cannot_Be_Read_Gets_One_Warning()
    {
        Assert.SkipWhen(Unix.BoundByRights is null, "Root may do everything here, and cannot lay that down.");
        Write("closed/a.json", Named("Closed"));
        Write("b.json", Named("B"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.File("closed"), UnixFileMode.None);
        using var registry = RegistryProcess.StartBy(
            Unix.BoundByRights!, _folder.Path, ("UI_TEMPLATE_PATHS", $"{_folder.File("closed")}:{_folder.File("b.json")}"));

        await registry.OriginAsync();

        Assert.Equal(["B"], TestDatabase.QueryAll<string>(_folder.File("registry.db"), "SELECT name FROM ui_template"));
        var warning = Assert.Single(registry.Said, l => l.Contains(" warn:", StringComparison.Ordinal));
        Assert.Contains(_folder.File("closed"), warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Group_Of_A_File_May_Have_What_The_Original_Takes()
    {
        Write("t.json", """
            {"name": "T", "description": "", "tags": [], "tabs": [
                {"name": "Opener", "location": "workspace", "group_key": "g", "filter": {"tag": "a"}}]}
            """);

        await StartAsync(_folder.File("t.json"));

        Assert.Empty(Warnings());
        Assert.Equal("""["Opener","",null,"workspace",0,"g","{\u0022tag\u0022: \u0022a\u0022}"]""", Fields((await _app.GetAsync("/api/templates/1/tabs/1/")).Data));
    }

    [Fact]
    public async Task A_File_May_Begin_With_A_Byte_Order_Mark()
    {
        await File.WriteAllTextAsync(_folder.File("t.json"), Named("T"), Encoding.UTF8, TestContext.Current.CancellationToken);

        await StartAsync(_folder.File("t.json"));

        Assert.Equal(["T"], (await _app.GetAsync("/api/templates/")).ItemNames);
        Assert.Empty(Warnings());
    }

    [Fact]
    public async Task A_Template_Whose_Second_Tab_Cannot_Be_Stored_Is_Not_There_At_All_And_Loads_Later()
    {
        Write("t.json", """
            {"name": "T", "description": "", "tags": [], "tabs": [{"name": "First", "filter": {}}, {"name": "Second", "filter": {}}]}
            """);
        await _app.GetAsync("/api/");
        TestDatabase.Execute(_app.DatabasePath, """
            CREATE TRIGGER no_second BEFORE INSERT ON ui_template_tab WHEN new.name = 'Second' BEGIN SELECT RAISE(ABORT, 'no'); END
            """);

        await Assert.ThrowsAnyAsync<DbException>(() => LoadAsync("t.json"));
        var left = (await _app.GetAsync("/api/templates/")).CollectionSize;
        TestDatabase.Execute(_app.DatabasePath, "DROP TRIGGER no_second");
        var added = await LoadAsync("t.json");

        Assert.Equal((0, 1), (left, added));
        Assert.Equal(["First", "Second"], (await _app.GetAsync($"{(await _app.GetAsync("/api/templates/")).Embedded[0]["data"]!["self"]!["href"]}tabs/")).ItemNames);
    }

    [Fact]
    public async Task A_Link_To_Nothing_In_A_Folder_Gets_One_Warning()
    {
        File.CreateSymbolicLink(_folder.File("a.json"), _folder.File("nothing"));
        Write("b.json", Named("B"));

        await StartAsync(_folder.Path);

        Assert.Equal(["B"], (await _app.GetAsync("/api/templates/")).ItemNames);
        Assert.Contains(_folder.File("a.json"), Assert.Single(Warnings()), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
        File.WriteAllText(_folder.File(file), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    private async Task StartAsync(string paths)
    {
        _app = new RegistryApp().With("UI_TEMPLATE_PATHS", paths);
        Assert.Equal(200, (await _app.GetAsync("/api/")).Code);
    }

    private async Task<int> LoadAsync(params string[] files)
    {
        await _app.GetAsync("/api/");
        return await _app.Services.GetRequiredService<TemplateFiles>().LoadAsync(files.Select(_folder.File));
    }

    private IEnumerable<string> Warnings() => _app.Log.Of(LogLevel.Warning);

    private static string Named(string name) => $$"""{"name": "{{name}}", "description": "", "tags": [], "tabs": []}""";

    private static string WithFilter(string filter) =>
        $$"""{"name": "T", "description": "", "tags": [], "tabs": [{"name": "Tab", "filter": {{filter}} }]}""";

    private static string Fields(JsonNode tab) => new JsonArray(
        [.. ((string[])["name", "description", "icon", "location", "sortKey", "groupKey", "filterString"]).Select(f => tab[f]?.DeepClone())])
        .ToJsonString();
}
