using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// Reads the filter language of tabs. A filter is a JSON object with exactly one of these keys, or with none, which matches
/// no plugin:
/// <list type="bullet">
/// <item><c>{"and": [f…]}</c>, <c>{"or": [f…]}</c>: what all or some of the filters match; no plugin for an empty list</item>
/// <item><c>{"not": f}</c>: what the filter does not match</item>
/// <item><c>{"tag": s}</c>: plugins with exactly this tag</item>
/// <item><c>{"type": s}</c>: plugins of this type, in any letter case</item>
/// <item><c>{"id": s}</c>: plugins with this full id (<c>identifier@version</c>) or this identifier</item>
/// <item><c>{"version": s}</c>: plugins whose version is one of PEP 440 and in this <see cref="Pep440SpecifierSet"/></item>
/// <item><c>{"name": s}</c>: plugins whose title is similar to this name, as <see cref="SequenceRatio"/> has it</item>
/// </list>
/// </summary>
public static class TabFilterParser
{
    /// <summary>The most UTF-16 units a text may have.</summary>
    public const int MaxTextLength = 100_000;

    /// <summary>The most filters one within the other, the outermost included.</summary>
    public const int MaxNesting = 32;

    /// <summary>The most filters there may be in a text altogether, <c>{}</c> included.</summary>
    public const int MaxFilters = 1_000;

    /// <summary>The most UTF-16 units the value of <c>name</c> may have: to compare names takes more than linear time.</summary>
    public const int MaxNameLength = 1_000;

    // A longer text of the user is cut in messages.
    private const int MaxQuoteLength = 50;

    // Throws where others would put a replacement character.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a filter in linear time; the empty text is one, and the same as <c>{}</c>.</summary>
    /// <param name="text">A JSON text.</param>
    /// <param name="filter">The filter. If the text is none, a filter that matches nothing.</param>
    /// <param name="error">
    /// One sentence for the user if the text is no filter, otherwise null. It begins with the place of the error, such as
    /// <c>and[1].version: </c>, unless that is the outermost filter or the text as such.
    /// </param>
    /// <returns>Whether the text is a filter.</returns>
    public static bool TryParse(string text, out TabFilter filter, [NotNullWhen(false)] out string? error)
    {
        filter = new TabFilter.Nothing();
        error = null;
        if (text.Length > MaxTextLength)
            error = $"the text must have at most {MaxTextLength} characters.";
        else if (text.Length > 0)
            filter = Read(text, out error) ?? filter;
        return error is null;
    }

    private static TabFilter? Read(string text, out string? error)
    {
        try
        {
            var reader = new Reader(Utf8.GetBytes(text));
            var filter = reader.ReadText();
            error = reader.Error;
            return filter;
        }
        catch (EncoderFallbackException)
        {
            error = "the text must be valid Unicode.";
        }
        catch (JsonException e)
        {
            error = $"the text is not JSON; it stops making sense in line {e.LineNumber + 1} after {e.BytePositionInLine} bytes.";
        }
        return null;
    }

    private static string Quote(string text) => $"'{ShortText.Of(text, MaxQuoteLength)}'";

    /// <summary>
    /// Reads a text from left to right. Each method reads one construct, the reader standing on its first token, and ends on
    /// its last one. Where the construct is wrong, it is null and <see cref="Error"/> says why; nobody reads on then.
    /// </summary>
    /// <remarks>
    /// Tokens, not a <see cref="JsonDocument"/>: whatever nests too deep is found here, at its place, before the depth of the
    /// JSON matters, and no time is spent on building what a filter cannot contain.
    /// </remarks>
    private ref struct Reader(ReadOnlySpan<byte> utf8)
    {
        // A filter adds at most two levels to the JSON, an object and a list. The filter that is too deep must be readable.
        private Utf8JsonReader _json = new(utf8, new JsonReaderOptions { MaxDepth = 2 * MaxNesting + 1 });
        private int _filters;

        public string? Error { get; private set; }

        public TabFilter? ReadText()
        {
            _json.Read();
            var filter = ReadFilter(place: "", nesting: 1);
            if (filter is not null)
                _json.Read(); // Throws if anything follows.
            return filter;
        }

        private TabFilter? ReadFilter(string place, int nesting)
        {
            if (FindRefusal(nesting) is { } refusal)
                return Refuse(place, refusal);

            _json.Read();
            if (_json.TokenType == JsonTokenType.EndObject)
                return new TabFilter.Nothing();
            if (TextOfToken() is not { } key)
                return Refuse(place, "a key must be valid Unicode.");

            _json.Read();
            if (ReadValue(place, key, nesting) is not { } filter)
                return null;

            _json.Read();
            return _json.TokenType == JsonTokenType.EndObject
                ? filter
                : Refuse(place, $"a filter has one key, but there is another one after '{key}'.");
        }

        private string? FindRefusal(int nesting)
        {
            if (_json.TokenType != JsonTokenType.StartObject)
                return $"a filter must be an object, not {Found}.";
            if (nesting > MaxNesting)
                return $"filters may be nested at most {MaxNesting} deep.";
            return ++_filters > MaxFilters ? $"there may be at most {MaxFilters} filters altogether." : null;
        }

        private TabFilter? ReadValue(string place, string key, int nesting)
        {
            var inner = place.Length == 0 ? key : $"{place}.{key}";
            return key switch
            {
                "and" => ReadFilters(inner, nesting) is { } filters ? new TabFilter.And(filters) : null,
                "or" => ReadFilters(inner, nesting) is { } filters ? new TabFilter.Or(filters) : null,
                "not" => ReadFilter(inner, nesting + 1) is { } filter ? new TabFilter.Not(filter) : null,
                "tag" => ReadString(inner) is { } tag ? new TabFilter.Tag(tag) : null,
                "type" => ReadString(inner) is { } type ? new TabFilter.Type(type) : null,
                "id" => ReadString(inner) is { } id ? new TabFilter.Id(id) : null,
                "name" => ReadName(inner),
                "version" => ReadVersion(inner),
                _ => Refuse(place, $"{Quote(key)} is no filter; there are and, or, not, tag, type, id, name and version."),
            };
        }

        private TabFilter[]? ReadFilters(string place, int nesting)
        {
            if (_json.TokenType != JsonTokenType.StartArray)
            {
                Refuse(place, $"must be a list of filters, not {Found}.");
                return null;
            }

            var filters = new List<TabFilter>();
            while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
            {
                if (ReadFilter($"{place}[{filters.Count}]", nesting + 1) is not { } filter)
                    return null;
                filters.Add(filter);
            }
            return [.. filters];
        }

        private TabFilter? ReadName(string place)
        {
            if (ReadString(place) is not { } name)
                return null;
            return name.Length <= MaxNameLength
                ? new TabFilter.Name(name)
                : Refuse(place, $"must have at most {MaxNameLength} characters.");
        }

        // The empty text is the empty set of conditions. It is not refused, because the original registry accepts it: its
        // tabs shall live on.
        private TabFilter? ReadVersion(string place)
        {
            if (ReadString(place) is not { } text)
                return null;
            return Pep440SpecifierSet.TryParse(text, out var set)
                ? new TabFilter.Version(text, set)
                : Refuse(place, $"{Quote(text)} is no PEP 440 specifier set such as '>=1.0, !=1.3' or '==1.0'.");
        }

        private string? ReadString(string place)
        {
            if (_json.TokenType != JsonTokenType.String)
            {
                Refuse(place, $"must be a text, not {Found}.");
                return null;
            }

            var text = TextOfToken();
            if (text is null)
                Refuse(place, "must be valid Unicode.");
            return text;
        }

        // Half a surrogate pair, written as \ud800, is JSON (RFC 8259 section 8.2) but no text.
        private readonly string? TextOfToken()
        {
            try
            {
                return _json.GetString();
            }
            catch (InvalidOperationException)
            {
                return null;
            }
        }

        private readonly string Found => _json.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            JsonTokenType.String => "a text",
            JsonTokenType.Number => "a number",
            JsonTokenType.True or JsonTokenType.False => "a truth value",
            _ => "null",
        };

        private TabFilter? Refuse(string place, string problem)
        {
            Error = place.Length == 0 ? problem : $"{place}: {problem}";
            return null;
        }
    }
}
