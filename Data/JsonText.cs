using System.Text.Json;

namespace Qhana.Registry.Data;

/// <summary>Texts out of JSON that somebody else wrote.</summary>
public static class JsonText
{
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
