using System.Text;

namespace Qhana.Registry.Data;

/// <summary>What counts as an address on the web.</summary>
public static class WebUrl
{
    /// <summary>The most characters (UTF-16 units) of a URL that is stored (CONTRACT section 8).</summary>
    public const int MaxLength = 2048;

    /// <summary>True for an absolute http or https URL with a host.</summary>
    public static bool IsAbsolute(string text) => TryParse(text, out _);

    /// <summary>The URL of a text, where it is an absolute http or https URL with a host.</summary>
    public static bool TryParse(string text, out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url!)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && HasHost(url)
        // Uri forgives blanks and control characters in a URL; other clients do not.
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    /// <summary>
    /// A reference as an absolute URL (RFC 3986 section 5); null where that is no address on the web, or longer than
    /// <see cref="MaxLength"/>.
    /// </summary>
    /// <param name="url">What a relative reference is relative to.</param>
    /// <param name="reference">The reference, which stays as it is where it is absolute already.</param>
    public static string? MakeAbsolute(string url, string reference)
    {
        if (reference.Length > MaxLength)
            return null;
        if (IsAbsolute(reference))
            return reference;
        return TryParse(url, out var basis) && Uri.TryCreate(basis, reference, out var absolute)
            && absolute.AbsoluteUri.Length <= MaxLength && IsAbsolute(absolute.AbsoluteUri)
            ? absolute.AbsoluteUri
            : null;
    }

    /// <summary>Uri takes hosts that cannot be written in ASCII (RFC 5890), and nobody can ask those.</summary>
    private static bool HasHost(Uri url)
    {
        try
        {
            // What is not allowed in a host may be left out of it without a word.
            return url.IdnHost is [not '.', ..] && Ascii.IsValid(url.IdnHost);
        }
        catch (UriFormatException)
        {
            return false;
        }
    }
}
