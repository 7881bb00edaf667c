using System.Buffers;
using System.Text;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>
/// Escapes texts for URLs. Query values keep the commas and slashes that RFC 3986 allows there, as the original's do:
/// the web UI takes a cached page for another one where the two spellings differ.
/// </summary>
public static class UrlText
{
    private static readonly SearchValues<char> InQuery = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$'()*,/:;?@");

    /// <summary>One segment of a path.</summary>
    public static string Segment(string text) => Uri.EscapeDataString(text);

    /// <summary>The value of a query parameter.</summary>
    public static string QueryValue(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(InQuery))
            return text;
        var escaped = new StringBuilder(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && InQuery.Contains((char)rune.Value))
                escaped.Append((char)rune.Value);
            else
                escaped.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return escaped.ToString();
    }
}
