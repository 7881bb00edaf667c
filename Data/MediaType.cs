namespace Qhana.Registry.Data;

/// <summary>
/// A data type or content type: a pair whose missing half is a star, which matches anything (CONTRACT section 3).
/// </summary>
/// <param name="Start">Before the first slash.</param>
/// <param name="End">After the first slash.</param>
public readonly record struct MediaType(string Start, string End)
{
    /// <summary>Matches anything.</summary>
    public const string Any = "*";

    /// <summary>Splits a text at its first slash.</summary>
    public static MediaType Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var (start, end) = slash < 0 ? (text, "") : (text[..slash], text[(slash + 1)..]);
        return new MediaType(start.Length == 0 ? Any : start, end.Length == 0 ? Any : end);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Start}/{End}";
}
