using Qhana.Registry.Discovery.Matching;

namespace Qhana.Registry.Tests.Discovery;

public sealed class TabFilterTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"and": []}""")]
    [InlineData("""{"or": []}""")]
    [InlineData("""{"and": [{}]}""")]
    [InlineData("""{"or": [{}]}""")]
    [InlineData("""{"and": [{"tag": "ml"}, {}]}""")]
    [InlineData("""{"and": [{"tag": "ml"}, {"and": []}]}""")]
    [InlineData("""{"not": {"not": {}}}""")]
    public void Matches_Nothing(string filter) => Assert.False(Parse(filter).Matches(Plugin(tags: ["ml"])));

    [Theory]
    [InlineData("""{"not": {}}""")]
    [InlineData("""{"not": {"and": []}}""")]
    [InlineData("""{"not": {"or": []}}""")]
    [InlineData("""{"or": [{}, {"tag": "ml"}]}""")]
    public void Matches_WhatNothingDoesNot(string filter) => Assert.True(Parse(filter).Matches(Plugin(tags: ["ml"])));

    [Theory]
    // All, whichever place the one that decides has, and whichever cost.
    [InlineData("""{"and": [{"tag": "ml"}]}""", true)]
    [InlineData("""{"and": [{"tag": "ml"}, {"tag": "qc"}]}""", true)]
    [InlineData("""{"and": [{"tag": "ml"}, {"tag": "no"}]}""", false)]
    [InlineData("""{"and": [{"tag": "no"}, {"tag": "ml"}]}""", false)]
    [InlineData("""{"and": [{"name": "PCA"}, {"tag": "ml"}]}""", true)]
    [InlineData("""{"and": [{"name": "PCA"}, {"tag": "no"}]}""", false)]
    [InlineData("""{"and": [{"name": "no"}, {"tag": "ml"}]}""", false)]
    // One of them.
    [InlineData("""{"or": [{"tag": "ml"}]}""", true)]
    [InlineData("""{"or": [{"tag": "no"}]}""", false)]
    [InlineData("""{"or": [{"tag": "ml"}, {"tag": "no"}]}""", true)]
    [InlineData("""{"or": [{"tag": "no"}, {"tag": "ml"}]}""", true)]
    [InlineData("""{"or": [{"tag": "no"}, {"tag": "neither"}]}""", false)]
    [InlineData("""{"or": [{"name": "PCA"}, {"tag": "no"}]}""", true)]
    [InlineData("""{"or": [{"name": "no"}, {"tag": "ml"}]}""", true)]
    // The opposite.
    [InlineData("""{"not": {"tag": "ml"}}""", false)]
    [InlineData("""{"not": {"tag": "no"}}""", true)]
    [InlineData("""{"not": {"or": [{"tag": "no"}, {"not": {"tag": "qc"}}]}}""", true)]
    [InlineData("""{"and": [{"or": [{"tag": "no"}, {"tag": "ml"}]}, {"not": {"and": [{"tag": "ml"}, {"tag": "no"}]}}]}""", true)]
    public void Matches_CombinesFilters(string filter, bool expected) =>
        Assert.Equal(expected, Parse(filter).Matches(Plugin(title: "PCA", tags: ["ml", "qc"])));

    [Theory]
    [InlineData("ml", true)]
    [InlineData("q c", true)]
    [InlineData("ML", false)]
    [InlineData("m", false)]
    [InlineData("ml ", false)]
    [InlineData("mlq c", false)]
    [InlineData("", false)]
    public void Matches_Tag_ComparesExactly(string tag, bool expected) =>
        Assert.Equal(expected, Parse($$"""{"tag": "{{tag}}"}""").Matches(Plugin(tags: ["ml", "q c", "ml"])));

    [Fact]
    public void Matches_Tag_ComparesCodeUnits_NotWhatTheyLookLike()
    {
        var composed = Parse("""{"tag": "\u00e4"}""");

        Assert.True(composed.Matches(Plugin(tags: ["\u00e4"])));
        Assert.False(composed.Matches(Plugin(tags: ["a\u0308"])));
    }

    [Theory]
    [InlineData("visualization", "visualization", true)]
    [InlineData("VISUALIZATION", "visualization", true)]
    [InlineData("visualization", "Visualization", true)]
    [InlineData("ÄÖ", "äö", true)]
    [InlineData("visual", "visualization", false)]
    [InlineData("visualization", "visual", false)]
    [InlineData(" visualization", "visualization", false)]
    [InlineData("", "", true)]
    // Lower case decides, as in the original: the long s is none of S.
    [InlineData("s", "ſ", false)]
    public void Matches_Type_IgnoresCase(string filtered, string type, bool expected) =>
        Assert.Equal(expected, Parse($$"""{"type": "{{filtered}}"}""").Matches(Plugin(type: type)));

    [Theory]
    [InlineData("pca", "pca", "v1.0.0", true)]
    [InlineData("pca@v1.0.0", "pca", "v1.0.0", true)]
    // The version is not understood, only compared.
    [InlineData("pca@1.0.0", "pca", "v1.0.0", false)]
    [InlineData("pca@v1.0", "pca", "v1.0.0", false)]
    [InlineData("pca@", "pca", "v1.0.0", false)]
    [InlineData("PCA", "pca", "v1.0.0", false)]
    [InlineData("pc", "pca", "v1.0.0", false)]
    [InlineData("v1.0.0", "pca", "v1.0.0", false)]
    [InlineData("@v1.0.0", "pca", "v1.0.0", false)]
    [InlineData("", "pca", "v1.0.0", false)]
    // An identifier may contain @.
    [InlineData("hinge-loss@v1-0-0", "hinge-loss@v1-0-0", "v1.0.0", true)]
    [InlineData("hinge-loss@v1-0-0@v1.0.0", "hinge-loss@v1-0-0", "v1.0.0", true)]
    [InlineData("hinge-loss", "hinge-loss@v1-0-0", "v1.0.0", false)]
    [InlineData("hinge-loss@v1.0.0", "hinge-loss@v1-0-0", "v1.0.0", false)]
    [InlineData("a@b", "a", "b", true)]
    [InlineData("a@b", "a@b", "c", true)]
    // So may a version that is none.
    [InlineData("a@b@c", "a", "b@c", true)]
    [InlineData("a@b", "a", "b@c", false)]
    [InlineData("a@", "a", "", true)]
    public void Matches_Id_ComparesTheIdentifierOrAllOfTheId(string id, string identifier, string version, bool expected) =>
        Assert.Equal(expected, Parse($$"""{"id": "{{id}}"}""").Matches(Plugin(identifier, version)));

    [Theory]
    [InlineData(">=1.0", "1.0", true)]
    [InlineData(">=1.0", "v1.2.3", true)]
    [InlineData(">=1.0", "0.9", false)]
    [InlineData(">=1.0, <1.3, !=1.2", "1.1", true)]
    [InlineData(">=1.0, <1.3, !=1.2", "1.2", false)]
    [InlineData(">=1.0, <1.3, !=1.2", "1.3", false)]
    [InlineData("==0.2.*", "v0.2.1", true)]
    [InlineData("==0.2.*", "v0.20.1", false)]
    [InlineData("~=1.4.2", "1.4.9", true)]
    [InlineData("~=1.4.2", "1.5.0", false)]
    // Pre-releases are for those who ask for them.
    [InlineData(">=1.0", "1.1rc1", false)]
    [InlineData(">=1.0", "1.1.dev3", false)]
    [InlineData(">=1.0a1", "1.1rc1", true)]
    [InlineData(">=1.0, !=1.1rc2", "1.1rc1", false)]
    // The empty set asks for nothing.
    [InlineData("", "1.0", true)]
    [InlineData("", "1.0.post1", true)]
    [InlineData("", "1.0rc1", false)]
    [InlineData("", "latest", false)]
    // What is no version is in no set.
    [InlineData(">=0", "latest", false)]
    [InlineData("!=1.0", "latest", false)]
    [InlineData("===latest", "latest", false)]
    [InlineData(">=0", "", false)]
    public void Matches_Version_FollowsPep440(string set, string version, bool expected)
    {
        var plugin = Plugin(version: version);

        Assert.Equal(expected, Parse($$"""{"version": "{{set}}"}""").Matches(plugin));
        Assert.Equal(!expected, Parse($$$"""{"not": {"version": "{{{set}}}"}}""").Matches(plugin));
    }

    [Theory]
    [InlineData("Wu Palmer similarities", "Wu Palmer similarities", true)]
    [InlineData("wu palmer SIMILARITY", "Wu Palmer similarities", true)]
    [InlineData("Wu Palmer", "Wu Palmer similarities", false)]
    [InlineData("hello world", "Hello World!", true)]
    // The ratio must be greater than 0.8: 2 · 4 / 10 is not, 2 · 9 / 22 is.
    [InlineData("abcde", "abcdx", false)]
    [InlineData("abcdefghijk", "abcdefghixy", true)]
    // Which is the name and which the title makes a difference to difflib: 0.73 and 0.82.
    [InlineData("cbba  aaab ", "cb ba aa ab", false)]
    [InlineData("cb ba aa ab", "cbba  aaab ", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void Matches_Name_ComparesWithTheTitle(string name, string title, bool expected) =>
        Assert.Equal(expected, Parse($$"""{"name": "{{name}}"}""").Matches(Plugin(identifier: "other", title: title)));

    [Fact]
    public void Matches_DoesNotConfuseProperties()
    {
        var plugin = Plugin("one", "2", "three", "four", ["five"]);
        string[] keys = ["id", "name", "type", "tag"];
        string[] texts = ["one", "2", "three", "four", "five"];

        var matching = from key in keys
                       from text in texts
                       where Parse($$"""{"{{key}}": "{{text}}"}""").Matches(plugin)
                       select (key, text);

        Assert.Equal([("id", "one"), ("name", "three"), ("type", "four"), ("tag", "five")], matching);
    }

    [Fact]
    public void Matches_Everything_WithinTheLimits()
    {
        // The most filters, and each but the last two asked in vain.
        var list = string.Join(',', Enumerable.Repeat("""{"name": "no such plugin"}""", 995));
        var filter = Parse($$"""{"and": [{"or": [{{list}}, {"tag": "ml"}]}, {"type": "processing"}]}""");
        var deepest = Parse(string.Concat(Enumerable.Repeat("""{"not":""", 30)) + """{"tag": "ml"}""" + new string('}', 30));

        Assert.True(filter.Matches(Plugin(type: "processing", tags: ["ml"])));
        Assert.False(filter.Matches(Plugin(type: "processing", tags: ["no"])));
        Assert.True(deepest.Matches(Plugin(tags: ["ml"])));
        Assert.False(deepest.Matches(Plugin(tags: ["no"])));
    }

    [Fact]
    public void Facts_KeepWhatTheyWereGiven()
    {
        var plugin = Plugin("a@b", "v1.0", "Title", "Processing");

        Assert.Equal(("a@b", "a@b@v1.0", "Title", "processing"),
            (plugin.Identifier, plugin.FullId, plugin.Title, plugin.LowercaseType));
        Assert.Equal("1.0", plugin.Version?.ToString());
        Assert.Null(Plugin(version: "latest").Version);
    }

    private static TabFilter Parse(string text)
    {
        Assert.True(TabFilterParser.TryParse(text, out var filter, out var error), error);
        return filter;
    }

    private static PluginFacts Plugin(
        string identifier = "plugin", string version = "1.0", string title = "A Plugin", string type = "", string[]? tags = null) =>
        new(identifier, version, title, type, tags ?? []);
}
