namespace Qhana.Registry.Data;

/// <summary>Texts of others, cut so that they fit into a message.</summary>
public static class ShortText
{
    /// <summary>
    /// The text, or its beginning and an ellipsis where it is longer than <paramref name="length"/> UTF-16 units. Never ends
    /// in half a surrogate pair that was whole.
    /// </summary>
    public static string Of(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text[..end] + "…";
    }
}
