using System.Globalization;
using System.Text.Json;

namespace Qhana.Registry.Data;

/// <summary>
/// Reads the fields of a JSON object and collects what is wrong with them, by field. A field that nobody reads is wrong,
/// too. A field that is wrong reads as empty.
/// </summary>
public sealed class FieldReader(JsonElement root)
{
    private readonly HashSet<string> _read = [];

    /// <summary>What is wrong, by field.</summary>
    public FieldErrors Errors { get; } = new();

    /// <summary>A text that must be there.</summary>
    /// <param name="name">The field.</param>
    /// <param name="maxLength">The most characters it may have; 0 for as many as the request may.</param>
    /// <param name="mayBeEmpty">Whether no characters are enough.</param>
    public string Text(string name, int maxLength = 0, bool mayBeEmpty = true)
    {
        if (Find(name) is not { } field)
        {
            Errors.Add(name, "Must be given.");
            return "";
        }

        var text = ReadText(name, field, maxLength);
        if (text.Length == 0 && !mayBeEmpty && field.ValueKind == JsonValueKind.String)
            Errors.Add(name, "Must not be empty.");
        return text;
    }

    /// <summary>
    /// A text that must be there and names a resource in its URL. No characters have no URL, dots alone mean another place
    /// (RFC 3986 section 5.2.4), and no server lets a NUL character in.
    /// </summary>
    public string UrlName(string name, int maxLength)
    {
        var text = Text(name, maxLength, mayBeEmpty: false);
        if (text is "." or ".." || text.Contains('\0', StringComparison.Ordinal))
            Errors.Add(name, "Must not be . or .., nor contain NUL characters.");
        return text;
    }

    /// <summary>A text that may be missing or null; null then.</summary>
    public string? OptionalText(string name, int maxLength = 0) =>
        Find(name) is { ValueKind: not JsonValueKind.Null } field ? ReadText(name, field, maxLength) : null;

    /// <summary>A text that may be missing, but not null; the fallback then.</summary>
    public string TextOr(string name, string fallback, int maxLength = 0) =>
        Find(name) is { } field ? ReadText(name, field, maxLength) : fallback;

    /// <summary>
    /// A whole number of 64 bits that must be there. One written as 1.0 or as a text counts, as it does for the original.
    /// </summary>
    public long Integer(string name)
    {
        var field = Find(name);
        if (field is { ValueKind: JsonValueKind.Number } number)
        {
            if (number.TryGetInt64(out var whole))
                return whole;
            if (number.TryGetDouble(out var real) && Math.Floor(real) == real && Math.Abs(real) < 1L << 53)
                return (long)real;
        }
        else if (field is { } text && JsonText.TryGet(text, out var digits)
                 && long.TryParse(digits, NumberStyles.Integer, CultureInfo.InvariantCulture, out var parsed))
        {
            return parsed;
        }

        Errors.Add(name, field is null ? "Must be given." : "Must be a whole number of at most 64 bits.");
        return 0;
    }

    /// <summary>The value of a field, whatever it is; null where it is missing.</summary>
    public JsonElement? Value(string name) => Find(name);

    /// <summary>A list of texts that must be there.</summary>
    public IReadOnlyList<string> Texts(string name, int maxLength)
    {
        if (Find(name) is not { ValueKind: JsonValueKind.Array } field)
        {
            Errors.Add(name, "Must be given, and must be a list of texts.");
            return [];
        }

        return [.. field.EnumerateArray().Select(item => ReadText(name, item, maxLength))];
    }

    /// <summary>Notes the fields that nobody has read. Called last.</summary>
    public void RefuseOthers()
    {
        foreach (var property in root.EnumerateObject().Where(p => !_read.Contains(p.Name)))
            Errors.Add(property.Name, "There is no such field.");
    }

    private JsonElement? Find(string name)
    {
        _read.Add(name);
        return root.TryGetProperty(name, out var field) ? field : null;
    }

    private string ReadText(string name, JsonElement field, int maxLength)
    {
        if (field.ValueKind != JsonValueKind.String)
        {
            Errors.Add(name, "Must be a text.");
            return "";
        }

        if (!JsonText.TryGet(field, out var text))
        {
            Errors.Add(name, "Must be valid Unicode.");
            return "";
        }

        if (maxLength > 0 && !JsonText.HasAtMost(text, maxLength))
            Errors.Add(name, $"Must have at most {maxLength} characters.");
        return text;
    }
}
