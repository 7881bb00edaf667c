using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Data;

/// <summary>A template file that cannot be used is one warning, which names the file and the reason, and nothing else.</summary>
public sealed class TemplateFileErrorTests(RegistryApp app) : IClassFixture<RegistryApp>, IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    // No JSON, and none of ours.
    [InlineData("", "JSON")]
    [InlineData("{", "JSON")]
    [InlineData("<html>", "'<'")]
    [InlineData("[]", "no JSON object")]
    [InlineData("null", "no JSON object")]
    // The template itself.
    [InlineData("""{"description": "", "tags": [], "tabs": []}""", "name: ")]
    [InlineData("""{"name": null, "description": "", "tags": [], "tabs": []}""", "name: ")]
    [InlineData("""{"name": "", "description": "", "tags": [], "tabs": []}""", "name: ")]
    [InlineData("""{"name": ["Bad"], "description": "", "tags": [], "tabs": []}""", "name: ")]
    [InlineData("""{"name": "Bad", "description": 1, "tags": [], "tabs": []}""", "description: ")]
    [InlineData("""{"name": "Bad", "description": "", "tabs": []}""", "tags: ")]
    [InlineData("""{"name": "Bad", "description": "", "tags": [1], "tabs": []}""", "tags: ")]
    [InlineData("""{"name": "Bad", "description": "", "tags": []}""", "tabs: ")]
    [InlineData("""{"name": "Bad", "description": "", "tags": [], "tabs": {}}""", "tabs: ")]
    [InlineData("""{"name": "Bad", "description": "", "tags": [], "tabs": [1]}""", "tabs[0]: ")]
    public async Task A_File_That_Holds_No_Template_Is_One_Warning(string text, string reason) => await AssertLeftOutAsync(text, reason);

    [Theory]
    [InlineData("""{"filter": {}}""", "tabs[1].name: ")]
    [InlineData("""{"name": "Tab"}""", "tabs[1].filter: ")]
    [InlineData("""{"name": "Tab", "filter": []}""", "tabs[1].filter: ")]
    [InlineData("""{"name": "Tab", "filter": "x"}""", "tabs[1].filter: ")]
    [InlineData("""{"name": "Tab", "filter": {"and": [{}, {"nope": 1}]}}""", "tabs[1].filter: and[1]: 'nope'")]
    [InlineData("""{"name": "Tab", "filter": {"version": "nonsense"}}""", "tabs[1].filter: version: ")]
    [InlineData("""{"name": "Tab", "filter": {}, "sort_key": "x"}""", "tabs[1].sort_key: ")]
    [InlineData("""{"name": "Tab", "filter": {}, "sort_key": 1.5}""", "tabs[1].sort_key: ")]
    [InlineData("""{"name": "Tab", "filter": {}, "location": 1}""", "tabs[1].location: ")]
    [InlineData("""{"name": "Tab", "filter": {}, "group_key": 1}""", "tabs[1].group_key: ")]
    [InlineData("""{"name": "Tab", "filter": {}, "icon": {}}""", "tabs[1].icon: ")]
    [InlineData("""{"name": "Tab", "filter": {}, "description": null}""", "tabs[1].description: ")]
    [InlineData("""{"name": "Tab", "filter": {}, "sortKey": 1}""", "tabs[1].sortKey: ")]
    [InlineData("""{"name": "Tab", "filter": {}, "group_key": "ggggggggggggggggggggggggggggggggg"}""", "tabs[1].group_key: ")]
    public async Task A_Wrong_Tab_Is_Named_By_Its_Number(string tab, string reason) => await AssertLeftOutAsync(WithTab(tab), reason);

    [Theory]
    // Half a surrogate pair as a value, and as a name.
    [InlineData("""{"name": "Bad\ud800", "description": "", "tags": [], "tabs": []}""")]
    [InlineData("""{"name": "Bad", "description": "", "tags": ["\udc00"], "tabs": []}""")]
    [InlineData("""{"\ud800": 1, "description": "", "tags": [], "tabs": []}""")]
    [InlineData("""{"name": "Bad", "description": "", "tags": [], "tabs": [{"name": "Tab", "filter": {}, "\ud800": 1}]}""")]
    [InlineData("""{"name": "Bad", "description": "", "tags": [], "tabs": [{"name": "Tab", "filter": {"\ud800": 1}}]}""")]
    [InlineData("""{"name": "Bad", "description": "", "tags": [], "tabs": [{"name": "Tab", "filter": {"tag": "\ud800"}}]}""")]
    // A byte that never occurs in UTF-8 (ÿ), as a value, and as a name.
    [InlineData("""{"name": "Badÿ", "description": "", "tags": [], "tabs": []}""")]
    [InlineData("""{"name": "Bad", "description": "", "tags": [], "tabs": [{"name": "Tab", "filter": {}, "ÿ": 1}]}""")]
    [InlineData("""{"name": "Bad", "description": "", "tags": [], "tabs": [{"name": "Tab", "filter": {"ÿ": 1}}]}""")]
    // Tabs that cannot be numbers.
    [InlineData("""{"name": "Bad", "description": "", "tags": [], "tabs": [{"name": "Tab", "filter": {}, "sort_key": 1e400}]}""")]
    public async Task A_File_With_Odd_Content_Is_One_Warning(string text) => await AssertLeftOutAsync(text, "");

    [Theory]
    [InlineData("[")]
    [InlineData("{\"name\":")]
    [InlineData("{\"name\": \"Bad\", \"description\": \"\", \"tags\": [], \"tabs\": [{\"name\": \"Tab\", \"filter\": {\"not\":")]
    public async Task A_File_That_Is_Nested_100000_Deep_Is_One_Warning(string open) =>
        await AssertLeftOutAsync(string.Concat(Enumerable.Repeat(open, 100_000)), "");

    [Fact]
    public async Task A_Registry_Starts_With_A_File_That_Cannot_Be_Used()
    {
        await File.WriteAllTextAsync(_folder.File("bad.json"), """{"\ud800": 1}""", TestContext.Current.CancellationToken);
        await using var starting = new RegistryApp().With("UI_TEMPLATE_PATHS", _folder.Path);

        var templates = await starting.GetAsync("/api/templates/");

        Assert.Equal(0, templates.CollectionSize);
        Assert.Contains(_folder.File("bad.json"), Assert.Single(starting.Log.Of(LogLevel.Warning)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertLeftOutAsync(string text, string reason)
    {
        // The folder names the good ones, since the tests share a registry.
        await File.WriteAllTextAsync(_folder.File("a-good.json"), Good("first"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(_folder.File("b-bad.json"), TemplateRequests.Bytes(text), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.File("c-good.json"), Good("second"), TestContext.Current.CancellationToken);
        _ = app.Client;

        var added = await app.Services.GetRequiredService<TemplateFiles>().LoadAsync([_folder.Path]);

        Assert.Equal(2, added);
        var templates = await app.GetAsync("/api/templates/?item-count=2&sort=-id");
        Assert.Equal([$"{_folder.Path} second", $"{_folder.Path} first"], templates.ItemNames);
        var warning = Assert.Single(app.Log.Of(LogLevel.Warning), w => w.Contains(_folder.Path, StringComparison.Ordinal));
        Assert.Contains(_folder.File("b-bad.json"), warning, StringComparison.Ordinal);
        Assert.Contains(reason, warning, StringComparison.Ordinal);
        Assert.Equal(0, app.Query<long>("SELECT COUNT(*) FROM ui_template_tab"));
    }

    private string Good(string name) => $$"""{"name": "{{_folder.Path}} {{name}}", "description": "", "tags": [], "tabs": []}""";

    private static string WithTab(string tab) =>
        $$"""{"name": "Bad", "description": "", "tags": [], "tabs": [{"name": "Good", "filter": {} }, {{tab}}]}""";
}
