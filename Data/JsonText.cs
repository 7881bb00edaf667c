using System.Text;
using System.Text.Json;

namespace Qhana.Registry.Data;

/// <summary>Texts out of JSON that somebody else wrote.</summary>
public static class JsonText
{
    /// <summary>A text without the byte order mark that some editors put before it, and that the reader takes for a mistake.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> text) =>
        text.Span.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;

    /// <summary>
    /// True where every property name in the value is a text. One that is none cannot even be compared with others, so
    /// that such a value is not to be read any further.
    /// </summary>
    public static bool HasReadableNames(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object => element.EnumerateObject().All(p => p.Name is not null && HasReadableNames(p.Value)),
                JsonValueKind.Array => element.EnumerateArray().All(HasReadableNames),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The text of a property; null where the value is no object, or has no such text.</summary>
    public static string? Field(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && TryGet(value, out var text)
            ? text
            : null;

    /// <summary>The texts among the items of a list.</summary>
    public static IEnumerable<string> Items(JsonElement list) =>
        list.EnumerateArray().Select(item => TryGet(item, out var text) ? text : null).OfType<string>();

    /// <summary>Whether a text has no more characters than this; code points, not UTF-16 units, as the original counts them.</summary>
    public static bool HasAtMost(string text, int characters) =>
        text.Length <= characters || text.EnumerateRunes().Count() <= characters;

    /// <summary>
    /// The text of a JSON string; false for any other value, and for a string with half a surrogate pair, which is JSON
    /// (RFC 8259 section 8.2) but no text.
    /// </summary>
    public static bool TryGet(JsonElement element, out string text)
    {
        text = "";
        if (element.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            text = element.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
