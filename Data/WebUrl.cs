namespace Qhana.Registry.Data;

/// <summary>What counts as an address on the web.</summary>
public static class WebUrl
{
    /// <summary>True for an absolute http or https URL with a host.</summary>
    public static bool IsAbsolute(string text) => TryParse(text, out _);

    /// <summary>The URL of a text, where it is an absolute http or https URL with a host.</summary>
    public static bool TryParse(string text, out Uri url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url!)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.Host.Length > 0
        // Uri forgives blanks and control characters in a URL; other clients do not.
        && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
}
