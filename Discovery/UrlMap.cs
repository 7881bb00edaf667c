using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using Qhana.Registry.Discovery.PythonSyntax;

namespace Qhana.Registry.Discovery;

/// <summary>
/// An ordered list of rules that rewrite URLs, for example between localhost and a container's view of it. A rule is a
/// pattern and a replacement in the syntax of Python's <c>re</c> (3.11), applied like <c>re.sub(pattern, replacement, url)</c>
/// to what the rules before it made of the URL. <see cref="PythonRegex"/> lists what is not supported.
/// </summary>
/// <remarks>
/// No pattern can hang the service. A rule that is not done with a URL after 10 ms starts again with more time, with .NET's
/// linear-time engine if the pattern allows that (no look-arounds, back-references, atomic groups or conditions).
/// Instances do not change and may be used by several threads at once.
/// </remarks>
public sealed class UrlMap
{
    /// <summary>A URL of more characters (UTF-16 units) is left alone, and a rule that would make a longer one is left out.</summary>
    public const int MaxUrlLength = 8192;

    private readonly UrlRule[] _rules;

    private UrlMap(UrlRule[] rules) => _rules = rules;

    /// <summary>The map without rules, which leaves every URL as it is.</summary>
    public static UrlMap Empty { get; } = new([]);

    /// <summary>The number of rules.</summary>
    public int Count => _rules.Length;

    /// <summary>
    /// Reads a map from a JSON object whose property names are patterns and whose values are replacements, in order. Of two
    /// equal patterns the last replacement counts, at the place of the first, as in a Python dict.
    /// </summary>
    /// <returns>
    /// False if that is not possible: then <paramref name="map"/> is <see cref="Empty"/>, and <paramref name="error"/> says in
    /// one line which pattern is wrong and why.
    /// </returns>
    public static bool TryParse(string json, out UrlMap map, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(json);
        map = Empty;
        if (!TryReadRules(json, out var replacements, out error))
            return false;

        var rules = new List<UrlRule>();
        foreach (var (pattern, replacement) in replacements)
        {
            if (!TryCreateRule(pattern, replacement, out var rule, out error))
                return false;
            rules.Add(rule);
        }
        map = new UrlMap([.. rules]);
        return true;
    }

    /// <summary>
    /// The URL after all rules. A rule that takes too long for this URL (100 ms at most), or makes it longer than
    /// <see cref="MaxUrlLength"/>, is left out; the others are applied. Each time that happens, and for a URL that is too long
    /// to begin with, <paramref name="onSkipped"/> is called with one line that says so.
    /// </summary>
    public string Apply(string url, Action<string>? onSkipped = null)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (_rules.Length > 0 && url.Length > MaxUrlLength)
        {
            onSkipped?.Invoke($"the URL was not mapped: it has {url.Length} characters, more than {MaxUrlLength}");
            return url;
        }

        foreach (var rule in _rules)
        {
            if (rule.Apply(url) is { } mapped)
                url = mapped;
            else
                onSkipped?.Invoke($"the pattern {Quote(rule.Pattern)} was not applied: it took too long, or made the URL too long");
        }
        return url;
    }

    private static bool TryReadRules(
        string json, [NotNullWhen(true)] out OrderedDictionary<string, string>? replacements, [NotNullWhen(false)] out string? error)
    {
        replacements = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return TryReadObject(document.RootElement, out replacements, out error);
            error = "it must be a JSON object of patterns and their replacements";
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // The last two are half surrogate pairs, as text and as an escape.
            error = "it must be a JSON object of patterns and their replacements, but is not JSON";
        }
        return false;
    }

    private static bool TryReadObject(
        JsonElement element, [NotNullWhen(true)] out OrderedDictionary<string, string>? replacements, [NotNullWhen(false)] out string? error)
    {
        replacements = null;
        var read = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
            {
                error = $"the replacement of the pattern {Quote(property.Name)} must be a string";
                return false;
            }
            read[property.Name] = property.Value.GetString()!;
        }
        replacements = read;
        error = null;
        return true;
    }

    private static bool TryCreateRule(
        string pattern, string replacement, [NotNullWhen(true)] out UrlRule? rule, [NotNullWhen(false)] out string? error)
    {
        rule = null;
        error = null;
        var subject = $"the pattern {Quote(pattern)}";
        try
        {
            var regex = PythonRegex.Parse(pattern);
            subject = $"the replacement {Quote(replacement)} of {subject}";
            rule = new UrlRule(pattern, regex, PythonReplacement.Parse(replacement, regex));
            return true;
        }
        catch (PythonSyntaxException exception)
        {
            error = $"{subject} cannot be used: {exception.Message.ReplaceLineEndings(" ")}";
            return false;
        }
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
