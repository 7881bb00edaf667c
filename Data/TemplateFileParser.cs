using System.Text.Json;

namespace Qhana.Registry.Data;

/// <summary>Reads the text of a UI template file: {name, description, tags, tabs}. Pure.</summary>
public static class TemplateFileParser
{
    // A filter nested as deep as it may be, inside its tab, inside its template.
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = 256 };

    /// <summary>The template of a file and its tabs.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="FormatException">The text is JSON, but no template; the message says what is wrong, and where.</exception>
    public static (TemplateContent Template, IReadOnlyList<TabContent> Tabs) Parse(ReadOnlyMemory<byte> text)
    {
        using var document = JsonDocument.Parse(JsonText.WithoutMark(text), Limits);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new FormatException("it holds no JSON object");
        if (!JsonText.HasReadableNames(document.RootElement))
            throw new FormatException("it has property names that are not valid Unicode");
        var fields = new FieldReader(document.RootElement);
        var template = new TemplateContent(
            fields.Text("name", TextLimits.Name, mayBeEmpty: false), fields.Text("description"), fields.Texts("tags", TextLimits.Name));
        Check(fields.Errors, "");
        if (fields.Value("tabs") is not { ValueKind: JsonValueKind.Array } tabs)
            throw new FormatException("tabs: Must be given, and must be a list.");
        return (template, [.. tabs.EnumerateArray().Select(ReadTab)]);
    }

    private static TabContent ReadTab(JsonElement tab, int index)
    {
        if (tab.ValueKind != JsonValueKind.Object)
            throw new FormatException($"tabs[{index}]: Must be an object.");
        var fields = new FieldReader(tab);
        var content = new TabContent(
            fields.Text("name", TextLimits.Name),
            fields.TextOr("description", ""),
            fields.OptionalText("icon", TextLimits.Icon),
            fields.TextOr("location", "workspace", TextLimits.Name),
            fields.Value("sort_key") is null ? 0 : fields.Integer("sort_key"),
            fields.TextOr("group_key", "", TextLimits.GroupKey),
            fields.Value("filter") is { } filter ? FilterString(filter) : "");
        if (fields.Value("filter") is null)
            fields.Errors.Add("filter", "Must be given.");
        TabRules.Check(content, "filter", isFromFile: true, fields.Errors);
        fields.RefuseOthers();
        Check(fields.Errors, $"tabs[{index}].");
        return content;
    }

    // A group may have the empty text, as in the API; what the original's files have is the filter itself.
    private static string FilterString(JsonElement filter) =>
        filter is { ValueKind: JsonValueKind.String } && filter.ValueEquals("") ? "" : PythonJson.Write(filter);

    private static void Check(FieldErrors errors, string place)
    {
        if (!errors.IsEmpty)
            throw new FormatException(string.Join("; ", errors.ToDictionary().Select(e => $"{place}{e.Key}: {string.Join(' ', e.Value)}")));
    }
}
