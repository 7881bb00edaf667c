using System.Text;
using System.Text.Json;
using Qhana.Registry.Data;

namespace Qhana.Registry.Tests.Data;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{"name": {"other": [{"äöü😀": "\ud800"}]}}""", true)]
    [InlineData("""{"\ud83d\ude00": 1}""", true)]
    [InlineData("""{"": 1}""", true)]
    [InlineData("5", true)]
    [InlineData("\"\\ud800\"", true)]
    // Half a surrogate pair, at any depth, as the first half and as the second.
    [InlineData("""{"\ud800": 1}""", false)]
    [InlineData("""{"a\udc00b": 1}""", false)]
    [InlineData("""{"name": [1, {"other": {"\ud800\ud800": 1}}]}""", false)]
    // Not UTF-8 at all.
    [InlineData("{\"\u00ff\": 1}", false, true)]
    public void HasReadableNames_IsFalse_WhenANameIsNoText(string document, bool expected, bool isLatin1 = false)
    {
        using var parsed = JsonDocument.Parse((isLatin1 ? Encoding.Latin1 : Encoding.UTF8).GetBytes(document));

        Assert.Equal(expected, JsonText.HasReadableNames(parsed.RootElement));
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"a\\u0000b\"", "a\0b")]
    [InlineData("\"\\ud83d\\ude00\"", "😀")]
    [InlineData("\"\\ud800\"", null)]
    [InlineData("\"a\\udc00b\"", null)]
    [InlineData("null", null)]
    [InlineData("5", null)]
    [InlineData("[\"a\"]", null)]
    public void TryGet_GivesTheText_WhenItIsOne(string document, string? expected)
    {
        var isText = JsonText.TryGet(JsonElement.Parse(document), out var text);

        Assert.Equal(expected is not null, isText);
        Assert.Equal(expected ?? "", text);
    }
}
