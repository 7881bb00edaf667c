using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Discovery;

public sealed class RunnerParserTests
{
    private const string Url = "http://runner.test/plugins/x@1/";

    private static readonly JsonSerializerOptions Readable =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void Parse_ReadsEverything_WhenADocumentHasEverything()
    {
        var plugin = Assert.IsType<RunnerDocument.IsPlugin>(Parse(PluginDocument.Of("x", "1").ToJsonString())).Plugin;

        Assert.Equal(("x", "1", "The x", "Does what x does.", "processing", Url), (plugin.Identifier, plugin.Version, plugin.Title, plugin.Description, plugin.Type, plugin.Url));
        Assert.Equal(["test"], plugin.Tags);
        Assert.Equal((Url + "process/", Url + "ui/"), (plugin.EntryPoint.Href, plugin.EntryPoint.UiHref));
        var input = Assert.Single(plugin.EntryPoint.DataInput);
        Assert.Equal(("entityUrl", true, "entity/list"), (input.Parameter, input.Required, input.DataType));
        Assert.Equal(["application/json"], input.ContentType);
        var output = Assert.Single(plugin.EntryPoint.DataOutput);
        Assert.Equal((true, "entity/vector"), (output.Required, output.DataType));
        Assert.Empty(plugin.EntryPoint.PluginDependencies);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("version")]
    [InlineData("title")]
    [InlineData("description")]
    [InlineData("type")]
    [InlineData("tags")]
    [InlineData("entryPoint")]
    public void Parse_TakesItForARunner_WhenAPropertyOfPluginsIsMissing(string property)
    {
        var document = PluginDocument.Of("x", "1");
        document.Remove(property);

        Assert.IsType<RunnerDocument.MayBeRunner>(Parse(document.ToJsonString()));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("5")]
    public void Parse_IsUnusable_WhenTheDocumentIsNoObject(string document) =>
        Assert.Equal("no JSON object", Assert.IsType<RunnerDocument.Unusable>(Parse(document)).Reason);

    [Theory]
    // What identifies a plugin must be a text.
    [InlineData("name", "null", "name is no text")]
    [InlineData("name", "\"\"", "name is no text")]
    [InlineData("name", "5", "name is no text")]
    [InlineData("name", "\"\\ud800\"", "name is no text")]
    [InlineData("version", "null", "version is no text")]
    [InlineData("version", "1.0", "version is no text")]
    [InlineData("version", "\"\"", "version is no text")]
    [InlineData("type", "null", "type is no text")]
    [InlineData("type", "[\"processing\"]", "type is no text")]
    // And where it is must be a place.
    [InlineData("entryPoint", "null", "entryPoint is no object")]
    [InlineData("entryPoint", "[]", "entryPoint is no object")]
    [InlineData("entryPoint", "\"./process/\"", "entryPoint is no object")]
    [InlineData("entryPoint", "{}", "entryPoint.href is no http or https URL")]
    [InlineData("entryPoint", """{"href": null, "uiHref": "./ui/"}""", "entryPoint.href is no http or https URL")]
    [InlineData("entryPoint", """{"href": 5, "uiHref": "./ui/"}""", "entryPoint.href is no http or https URL")]
    [InlineData("entryPoint", """{"href": "javascript:alert(1)", "uiHref": "./ui/"}""", "entryPoint.href is no http or https URL")]
    [InlineData("entryPoint", """{"href": "ftp://runner.test/", "uiHref": "./ui/"}""", "entryPoint.href is no http or https URL")]
    [InlineData("entryPoint", """{"href": "http://", "uiHref": "./ui/"}""", "entryPoint.href is no http or https URL")]
    [InlineData("entryPoint", """{"href": "./process/"}""", "entryPoint.uiHref is no http or https URL")]
    [InlineData("entryPoint", """{"href": "./process/", "uiHref": "data:text/html,x"}""", "entryPoint.uiHref is no http or https URL")]
    public void Parse_IsUnusable_WhenWhatMustBeThereIsWrong(string property, string value, string reason)
    {
        var document = PluginDocument.Of("x", "1").ToJsonString();

        var parsed = Parse(With(document, property, value));

        Assert.Equal(reason, Assert.IsType<RunnerDocument.Unusable>(parsed).Reason);
    }

    [Fact]
    public void Parse_IsUnusable_WhenATextIsTooLong()
    {
        var longest = With(PluginDocument.Of("x", "1").ToJsonString(), "name", $"\"{new string('n', 255)}\"");
        var tooLong = With(longest, "name", $"\"{new string('n', 256)}\"");
        var tooMuch = With(longest, "description", $"\"{new string('d', 100_001)}\"");

        Assert.IsType<RunnerDocument.IsPlugin>(Parse(longest));
        Assert.Equal("name has more than 255 characters", Assert.IsType<RunnerDocument.Unusable>(Parse(tooLong)).Reason);
        Assert.Equal("description has more than 100000 characters", Assert.IsType<RunnerDocument.Unusable>(Parse(tooMuch)).Reason);
    }

    [Theory]
    [InlineData("parameter", "parameter")]
    [InlineData("dataType", "dataType")]
    [InlineData("contentType", "contentType")]
    public void Parse_IsUnusable_WhenATextOfAnInputIsTooLong(string property, string name)
    {
        string Input(int length) => $$"""{"href": "./p/", "uiHref": "./ui/", "dataInput": [{"{{property}}": "{{new string('x', length)}}"}]}""";
        var document = PluginDocument.Of("x", "1").ToJsonString();

        Assert.IsType<RunnerDocument.IsPlugin>(Parse(With(document, "entryPoint", Input(255))));
        var refused = Assert.IsType<RunnerDocument.Unusable>(Parse(With(document, "entryPoint", Input(256))));
        Assert.Equal($"{name} has more than 255 characters", refused.Reason);
    }

    [Fact]
    public void Parse_IsUnusable_WhenAUrlIsTooLong()
    {
        const string start = "http://runner.test/";
        string EntryPoint(int length) => $$"""{"href": "{{start + new string('x', length - start.Length)}}", "uiHref": "./ui/"}""";
        var document = PluginDocument.Of("x", "1").ToJsonString();

        Assert.IsType<RunnerDocument.IsPlugin>(Parse(With(document, "entryPoint", EntryPoint(2048))));
        var refused = Assert.IsType<RunnerDocument.Unusable>(Parse(With(document, "entryPoint", EntryPoint(2049))));
        Assert.Equal("entryPoint.href has more than 2048 characters", refused.Reason);
    }

    [Fact]
    public void Parse_CountsCharactersAsTheApiDoes_WhenTheyAreOutsideTheBasicPlane()
    {
        string Name(int length) => $"\"{string.Concat(Enumerable.Repeat("😀", length))}\"";

        Assert.IsType<RunnerDocument.IsPlugin>(Parse(With(PluginDocument.Of("x", "1").ToJsonString(), "name", Name(255))));
        Assert.IsType<RunnerDocument.Unusable>(Parse(With(PluginDocument.Of("x", "1").ToJsonString(), "name", Name(256))));
    }

    // One tag, one input with the rest as content types.
    [Fact]
    public void Parse_IsUnusable_WhenAPluginHasTooManyParts()
    {
        string Document(int parts) => With(
            With(PluginDocument.Of("x", "1").ToJsonString(), "tags", "[\"t\"]"), "entryPoint",
            $$"""{"href": "./p/", "uiHref": "./ui/", "dataInput": [{"contentType": [{{string.Join(',', Enumerable.Repeat("\"\"", parts - 2))}}]}]}""");

        Assert.IsType<RunnerDocument.IsPlugin>(Parse(Document(PluginReader.MaxParts)));
        var refused = Assert.IsType<RunnerDocument.Unusable>(Parse(Document(PluginReader.MaxParts + 1)));
        Assert.Equal("more than 1000 tags, inputs, outputs, content types and dependencies", refused.Reason);
    }

    [Theory]
    [InlineData("title", "null", "x")]
    [InlineData("title", "\"\"", "x")]
    [InlineData("title", "5", "x")]
    [InlineData("title", "\" X \"", " X ")]
    public void Parse_ShowsTheIdentifier_WhenThereIsNoTitle(string property, string value, string expected) =>
        Assert.Equal(expected, PluginWith(property, value).Title);

    [Theory]
    [InlineData("null", new string[0])]
    [InlineData("{}", new string[0])]
    [InlineData("5", new string[0])]
    [InlineData("\"one\"", new[] { "one" })]
    [InlineData("""["b", "a", "b", 5, null, "", ["c"], "\ud800"]""", new[] { "b", "a" })]
    public void Parse_KeepsTheTagsThatAreTexts_WhenOthersAreAmongThem(string tags, string[] expected) =>
        Assert.Equal(expected, PluginWith("tags", tags).Tags);

    [Fact]
    public void Parse_IsTolerant_WhenDataIsIncompleteOrOdd()
    {
        var plugin = PluginWith("entryPoint", """
            {
              "href": "./p/", "uiHref": "./u/", "unknown": {},
              "dataInput": [{}, null, "x", {"dataType": "entity", "contentType": "text/csv", "required": "yes", "parameter": null},
                            {"dataType": "/list", "contentType": ["application/", 5, "", "a/b/c"], "required": true, "parameter": "p"}],
              "dataOutput": null,
              "pluginDependencies": [{}, 5, {"parameter": "d", "required": true, "name": null, "version": ">=1", "tags": ["a", 5], "type": "t"}]
            }
            """);

        Assert.Equal(
            """
            [{"parameter":"","required":false,"dataType":"*/*","contentType":[]},
            {"parameter":"","required":false,"dataType":"entity/*","contentType":["text/csv"]},
            {"parameter":"p","required":true,"dataType":"*/list","contentType":["application/*","*/*","a/b/c"]}]
            """.ReplaceLineEndings(""),
            Json(plugin.EntryPoint.DataInput));
        Assert.Empty(plugin.EntryPoint.DataOutput);
        Assert.Equal(
            """
            [{"parameter":"","required":false,"name":null,"version":null,"type":null,"tags":null},
            {"parameter":"d","required":true,"name":null,"version":">=1","type":"t","tags":["a"]}]
            """.ReplaceLineEndings(""),
            Json(plugin.EntryPoint.PluginDependencies));
    }

    [Theory]
    [InlineData("./process/", "http://runner.test/plugins/x@1/process/")]
    [InlineData("process/?a=b#c", "http://runner.test/plugins/x@1/process/?a=b#c")]
    [InlineData("../y/", "http://runner.test/plugins/y/")]
    [InlineData("/root/", "http://runner.test/root/")]
    [InlineData("//other.test/x", "http://other.test/x")]
    [InlineData("http://other.test/x y", "http://other.test/x%20y")]
    [InlineData("HTTP://Other.test/Path", "HTTP://Other.test/Path")]
    [InlineData("https://other.test/ä", "https://other.test/ä")]
    public void Parse_MakesUrlsAbsolute_WhenTheyAreRelativeToThePlugin(string href, string? expected)
    {
        var entryPoint = new JsonObject { ["href"] = href, ["uiHref"] = "./ui/" }.ToJsonString();

        var parsed = Parse(With(PluginDocument.Of("x", "1").ToJsonString(), "entryPoint", entryPoint));

        Assert.Equal(expected, (parsed as RunnerDocument.IsPlugin)?.Plugin.EntryPoint.Href);
    }

    [Theory]
    [InlineData("""{"plugins": []}""", "", 0)]
    [InlineData("""{"plugins": [{"apiRoot": "http://a.test/"}, {"apiRoot": "/b/"}, {"apiRoot": "c/"}]}""", "http://a.test/ http://runner.test/b/ http://runner.test/c/", 0)]
    [InlineData("""{"plugins": [{"apiRoot": null}, {}, null, 5, [], {"apiRoot": ""}, {"apiRoot": "mailto:x@y"}, {"apiRoot": "http://a.test/"}]}""", "http://a.test/", 7)]
    [InlineData("""{"plugins": {}}""", null, 0)]
    [InlineData("""{"plugin": []}""", null, 0)]
    [InlineData("""[]""", null, 0)]
    [InlineData("""null""", null, 0)]
    public void ParseList_GivesTheAddresses_WhenADocumentIsAList(string document, string? expected, int skipped)
    {
        var addresses = RunnerParser.ParseList(JsonElement.Parse(document), "http://runner.test/plugins", out var passedOver);

        Assert.Equal(expected, addresses is null ? null : string.Join(' ', addresses));
        Assert.Equal(skipped, passedOver);
    }

    private static RunnerDocument Parse(string document) => RunnerParser.Parse(JsonElement.Parse(document), Url);

    private static Plugin PluginWith(string property, string value) =>
        Assert.IsType<RunnerDocument.IsPlugin>(Parse(With(PluginDocument.Of("x", "1").ToJsonString(), property, value))).Plugin;

    /// <summary>Replaces a property by a piece of JSON, which need not be readable as text.</summary>
    private static string With(string document, string property, string value)
    {
        var changed = JsonNode.Parse(document)!.AsObject();
        changed.Remove(property);
        return $"{{\"{property}\": {value}, {changed.ToJsonString()[1..]}";
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Readable);
}
