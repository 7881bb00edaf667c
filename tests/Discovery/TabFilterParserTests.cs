using Qhana.Registry.Discovery.Matching;

namespace Qhana.Registry.Tests.Discovery;

public sealed class TabFilterParserTests
{
    private static readonly PluginFacts Plugin = new("pca", "v1.0.0", "PCA", "processing", ["ml"]);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"and": []}""")]
    [InlineData("""{"or": []}""")]
    [InlineData("""{"and": [{}]}""")]
    [InlineData("""{"not": {}}""")]
    [InlineData("""{"not": {"and": []}}""")]
    [InlineData("""{"and": [{"tag": "a"}, {"or": [{"type": "b"}, {"not": {"id": "c@1"}}]}, {"name": "d"}]}""")]
    // A text may be empty; so may a specifier set, as in the original.
    [InlineData("""{"tag": ""}""")]
    [InlineData("""{"type": ""}""")]
    [InlineData("""{"id": ""}""")]
    [InlineData("""{"name": ""}""")]
    [InlineData("""{"version": ""}""")]
    [InlineData("""{"version": ">=1.0, !=1.3,"}""")]
    [InlineData("""{"version": "===anything"}""")]
    // JSON has many spellings.
    [InlineData("\n{\r\n\t\"tag\" :\n\"a\"\n}\n")]
    [InlineData("""{"\u0074ag": "\ud83d\ude00"}""")]
    [InlineData("""{"tag": "😀"}""")]
    public void Parse_Accepts_WhatIsAFilter(string text) => AssertAccepted(text);

    [Theory]
    // The outermost filter has no place of its own.
    [InlineData("[]", "a filter must be an object, not a list.")]
    [InlineData("\"s\"", "a filter must be an object, not a text.")]
    [InlineData("\"\"", "a filter must be an object, not a text.")]
    [InlineData("5", "a filter must be an object, not a number.")]
    [InlineData("true", "a filter must be an object, not a truth value.")]
    [InlineData("false", "a filter must be an object, not a truth value.")]
    [InlineData("null", "a filter must be an object, not null.")]
    // Keys.
    [InlineData("""{"nope": 1}""", "'nope' is no filter; there are and, or, not, tag, type, id, name and version.")]
    [InlineData("""{"": {}}""", "'' is no filter; there are and, or, not, tag, type, id, name and version.")]
    [InlineData("""{"AND": []}""", "'AND' is no filter; there are and, or, not, tag, type, id, name and version.")]
    [InlineData("""{"tag": "a", "id": "b"}""", "a filter has one key, but there is another one after 'tag'.")]
    [InlineData("""{"tag": "a", "tag": "a"}""", "a filter has one key, but there is another one after 'tag'.")]
    [InlineData("""{"or": [], "zzz": 1}""", "a filter has one key, but there is another one after 'or'.")]
    [InlineData("""{"or": [{"zzz": 1}]}""", "or[0]: 'zzz' is no filter; there are and, or, not, tag, type, id, name and version.")]
    [InlineData("""{"not": {"tag": "a", "id": "b"}}""", "not: a filter has one key, but there is another one after 'tag'.")]
    // Lists.
    [InlineData("""{"and": {}}""", "and: must be a list of filters, not an object.")]
    [InlineData("""{"or": "a"}""", "or: must be a list of filters, not a text.")]
    [InlineData("""{"and": null}""", "and: must be a list of filters, not null.")]
    [InlineData("""{"and": [1]}""", "and[0]: a filter must be an object, not a number.")]
    [InlineData("""{"and": [{}, []]}""", "and[1]: a filter must be an object, not a list.")]
    [InlineData("""{"and": [""]}""", "and[0]: a filter must be an object, not a text.")]
    // Not.
    [InlineData("""{"not": 5}""", "not: a filter must be an object, not a number.")]
    [InlineData("""{"not": [{"tag": "a"}]}""", "not: a filter must be an object, not a list.")]
    // Texts.
    [InlineData("""{"tag": 5}""", "tag: must be a text, not a number.")]
    [InlineData("""{"type": null}""", "type: must be a text, not null.")]
    [InlineData("""{"id": ["a"]}""", "id: must be a text, not a list.")]
    [InlineData("""{"name": {}}""", "name: must be a text, not an object.")]
    [InlineData("""{"version": 1.0}""", "version: must be a text, not a number.")]
    [InlineData("""{"not": {"or": [{"tag": "a"}, {"id": true}]}}""", "not.or[1].id: must be a text, not a truth value.")]
    // Versions.
    [InlineData("""{"version": "1.0"}""", "version: '1.0' is no PEP 440 specifier set such as '>=1.0, !=1.3' or '==1.0'.")]
    [InlineData("""{"version": ">=1.0 <2"}""", "version: '>=1.0 <2' is no PEP 440 specifier set such as '>=1.0, !=1.3' or '==1.0'.")]
    [InlineData("""{"and": [{}, {"version": "v1"}]}""", "and[1].version: 'v1' is no PEP 440 specifier set such as '>=1.0, !=1.3' or '==1.0'.")]
    public void Parse_NamesThePlace_WhenRefused(string text, string expected) => Assert.Equal(expected, ErrorOf(text));

    [Theory]
    [InlineData("{", 1, 1)]
    [InlineData(" ", 1, 1)]
    [InlineData("nonsense", 1, 1)]
    [InlineData("{'tag': 'a'}", 1, 1)]
    [InlineData("{\"tag\": \"a\"} x", 1, 13)]
    [InlineData("{}{}", 1, 2)]
    [InlineData("{\"tag\": \"a\",}", 1, 12)]
    [InlineData("{\"and\": [{},]}", 1, 12)]
    [InlineData("{\n  \"tag\": a\n}", 2, 9)]
    [InlineData("{\n  /* no comments */\n}", 2, 2)]
    [InlineData("{\"tag\": \"two\nlines\"}", 1, 12)]
    [InlineData("\uFEFF{}", 1, 0)]
    public void Parse_NamesTheLine_WhenTheTextIsNotJson(string text, int line, int bytes) =>
        Assert.Equal($"the text is not JSON; it stops making sense in line {line} after {bytes} bytes.", ErrorOf(text));

    [Theory]
    [InlineData("""{"tag": "\ud800"}""", "tag: must be valid Unicode.")]
    [InlineData("""{"and": [{"name": "a\udc00b"}]}""", "and[0].name: must be valid Unicode.")]
    [InlineData("""{"version": "\ud800"}""", "version: must be valid Unicode.")]
    [InlineData("""{"not": {"\ud800": 1}}""", "not: a key must be valid Unicode.")]
    public void Parse_RefusesHalfASurrogatePair_WhenEscaped(string text, string expected) =>
        Assert.Equal(expected, ErrorOf(text));

    // Not a theory: attributes cannot hold these texts.
    [Fact]
    public void Parse_RefusesHalfASurrogatePair_WhenNot()
    {
        Assert.Equal("the text must be valid Unicode.", ErrorOf("{\"tag\": \"\ud800\"}"));
        Assert.Equal("the text must be valid Unicode.", ErrorOf("\udc00"));
    }

    [Theory]
    [InlineData("""{"not":""", "}", "not.")]
    [InlineData("""{"and":[""", "]}", "and[0].")]
    public void Parse_LimitsTheNesting(string open, string close, string step)
    {
        var place = string.Concat(Enumerable.Repeat(step, TabFilterParser.MaxNesting)).TrimEnd('.');

        AssertAccepted(Nested(TabFilterParser.MaxNesting - 1, "{}"));
        Assert.Equal($"{place}: filters may be nested at most 32 deep.", ErrorOf(Nested(TabFilterParser.MaxNesting, "{}")));
        // What is within a filter that is too deep is not looked at.
        Assert.Equal($"{place}: filters may be nested at most 32 deep.", ErrorOf(Nested(TabFilterParser.MaxNesting, """{"or":[[""")));

        string Nested(int count, string innermost) =>
            string.Concat(Enumerable.Repeat(open, count)) + innermost + string.Concat(Enumerable.Repeat(close, count));
    }

    [Theory]
    [InlineData("[", 99_000)]
    [InlineData("{\"not\":", 14_000)]
    [InlineData("{\"and\":[", 12_000)]
    [InlineData("{\"tag\":[", 12_000)]
    public void Parse_RefusesAnyDepth_WithoutOverflow(string open, int count) =>
        Assert.NotEmpty(ErrorOf(string.Concat(Enumerable.Repeat(open, count))));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"tag": "a"}""")]
    public void Parse_LimitsTheNumberOfFilters(string filter)
    {
        // The list itself is a filter, too.
        AssertAccepted(ListOf(TabFilterParser.MaxFilters - 1));
        Assert.Equal("or[999]: there may be at most 1000 filters altogether.", ErrorOf(ListOf(TabFilterParser.MaxFilters)));

        string ListOf(int count) => $$"""{"or": [{{string.Join(',', Enumerable.Repeat(filter, count))}}]}""";
    }

    [Fact]
    public void Parse_CountsFiltersOfAllLists()
    {
        var list = $$"""{"or": [{{string.Join(',', Enumerable.Repeat("{}", 499))}}]}""";

        Assert.Equal(
            "and[1].or[498]: there may be at most 1000 filters altogether.", ErrorOf($$"""{"and": [{{list}}, {{list}}]}"""));
    }

    [Fact]
    public void Parse_LimitsTheText()
    {
        AssertAccepted(TagFilter(TabFilterParser.MaxTextLength));
        Assert.Equal("the text must have at most 100000 characters.", ErrorOf(TagFilter(TabFilterParser.MaxTextLength + 1)));

        static string TagFilter(int length) => $$"""{"tag":"{{new string('a', length - """{"tag":""}""".Length)}}"}""";
    }

    [Fact]
    public void Parse_LimitsANameOnly()
    {
        var longest = new string('a', TabFilterParser.MaxNameLength);

        AssertAccepted($$"""{"name": "{{longest}}"}""");
        AssertAccepted($$"""{"id": "{{longest}}a"}""");
        Assert.Equal("or[0].name: must have at most 1000 characters.", ErrorOf($$"""{"or": [{"name": "{{longest}}a"}]}"""));
    }

    [Fact]
    public void Parse_CutsLongTexts_InMessages()
    {
        var fifty = new string('x', 50);
        const string Others = "is no filter; there are and, or, not, tag, type, id, name and version.";

        Assert.Equal($"'{fifty}' {Others}", ErrorOf($$"""{"{{fifty}}": 1}"""));
        Assert.Equal($"'{fifty}…' {Others}", ErrorOf($$"""{"{{fifty}}x": 1}"""));
        // A pair is not cut in halves.
        Assert.Equal($"'{fifty[1..]}…' {Others}", ErrorOf($$"""{"{{fifty[1..]}}😀": 1}"""));
    }

    [Theory]
    [InlineData("""{"not": {"tag": "a"}} x""")]
    [InlineData("""{"not": {"tag": "a"}, "or": []}""")]
    [InlineData("""{"or": [{"not": {}}, {"not": 5}]}""")]
    public void Parse_GivesAFilterThatMatchesNothing_WhenRefused(string text)
    {
        Assert.False(TabFilterParser.TryParse(text, out var filter, out _));

        Assert.False(filter.Matches(Plugin));
        Assert.Equal("{}", filter.ToString());
    }

    [Theory]
    [InlineData("", "{}")]
    [InlineData(" { } ", "{}")]
    [InlineData("""{ "and": [ ] }""", """{"and":[]}""")]
    // The dear part is asked last, but stays where it is.
    [InlineData("""{"and": [{"name": "a"}, {"not": {"or": []}}, {"tag": "b"}]}""", """{"and":[{"name":"a"},{"not":{"or":[]}},{"tag":"b"}]}""")]
    [InlineData("""{"or": [{"version": " >=1.0,<2"}, {"type": "Ä"}]}""", """{"or":[{"version":" >=1.0,<2"},{"type":"Ä"}]}""")]
    [InlineData("""{"id": "a\"\\\n@\u0031"}""", """{"id":"a\"\\\n@1"}""")]
    public void Print_IsTheShortestJson(string text, string expected)
    {
        Assert.True(TabFilterParser.TryParse(text, out var filter, out _));

        Assert.Equal(expected, filter.ToString());
    }

    private static void AssertAccepted(string text)
    {
        var accepted = TabFilterParser.TryParse(text, out _, out var error);

        Assert.Null(error);
        Assert.True(accepted);
    }

    private static string ErrorOf(string text)
    {
        Assert.False(TabFilterParser.TryParse(text, out _, out var error));
        return error;
    }
}
