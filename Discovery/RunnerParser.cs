using System.Text.Json;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>What a document says.</summary>
public abstract record RunnerDocument
{
    private RunnerDocument()
    {
    }

    /// <summary>It describes a plugin.</summary>
    public sealed record IsPlugin(Plugin Plugin) : RunnerDocument;

    /// <summary>It is not a plugin's, so it may be a runner's.</summary>
    public sealed record MayBeRunner : RunnerDocument;

    /// <summary>It means to describe a plugin, but cannot be used.</summary>
    public sealed record Unusable(string Reason) : RunnerDocument;
}

/// <summary>
/// Reads what runners say (CONTRACT section 4). Pure. Tolerant where the original is: unknown properties and entries of
/// the wrong kind are passed over, and what may be missing may also be null. Strict about what identifies a plugin and
/// about where it is.
/// </summary>
public static class RunnerParser
{
    private const int MaxNameLength = 255;
    private const int MaxTextLength = 100_000;

    private static readonly string[] PluginProperties =
        ["name", "version", "title", "description", "type", "tags", "entryPoint"];

    /// <summary>Reads a document.</summary>
    /// <param name="root">The document.</param>
    /// <param name="url">The URL to store for it, against which its own URLs are made absolute.</param>
    public static RunnerDocument Parse(JsonElement root, string url)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return new RunnerDocument.Unusable("no JSON object");
        if (!PluginProperties.All(name => root.TryGetProperty(name, out _)))
            return new RunnerDocument.MayBeRunner();
        try
        {
            return new RunnerDocument.IsPlugin(ReadPlugin(root, url));
        }
        catch (FormatException e)
        {
            return new RunnerDocument.Unusable(e.Message);
        }
    }

    /// <summary>
    /// Reads a list of plugins: the URLs of all entries that have one, made absolute; null where it is no such list.
    /// </summary>
    /// <param name="root">The document.</param>
    /// <param name="url">The URL of the list.</param>
    /// <param name="skipped">How many entries have no usable URL.</param>
    public static IReadOnlyList<string>? ParseList(JsonElement root, string url, out int skipped)
    {
        skipped = 0;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("plugins", out var plugins)
            || plugins.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var addresses = new List<string>();
        foreach (var entry in plugins.EnumerateArray())
        {
            if (OptionalText(entry, "apiRoot") is { Length: > 0 } address && Absolute(url, address) is { } absolute)
                addresses.Add(absolute);
            else
                skipped++;
        }

        return addresses;
    }

    private static Plugin ReadPlugin(JsonElement root, string url)
    {
        var name = RequiredName(root, "name");
        var entryPoint = root.GetProperty("entryPoint");
        if (entryPoint.ValueKind != JsonValueKind.Object)
            throw new FormatException("entryPoint is no object");
        return new Plugin(
            name,
            RequiredName(root, "version"),
            Bounded(OptionalText(root, "title") is { Length: > 0 } title ? title : name, "title"),
            Bounded(OptionalText(root, "description") ?? "", "description"),
            RequiredName(root, "type"),
            url,
            [.. Texts(root, "tags").Where(t => t.Length is > 0 and <= MaxNameLength).Distinct()],
            new EntryPoint(
                RequiredUrl(entryPoint, "href", url),
                RequiredUrl(entryPoint, "uiHref", url),
                [.. Objects(entryPoint, "dataInput").Select(ReadInput)],
                [.. Objects(entryPoint, "dataOutput").Select(ReadOutput)],
                [.. Objects(entryPoint, "pluginDependencies").Select(ReadDependency)]));
    }

    private static DataInput ReadInput(JsonElement data) =>
        new(OptionalText(data, "parameter") ?? "", Flag(data, "required"), DataType(data), ContentTypes(data));

    private static DataOutput ReadOutput(JsonElement data) => new(Flag(data, "required"), DataType(data), ContentTypes(data));

    private static PluginDependency ReadDependency(JsonElement dependency) => new(
        OptionalText(dependency, "parameter") ?? "",
        Flag(dependency, "required"),
        OptionalText(dependency, "name"),
        OptionalText(dependency, "version"),
        OptionalText(dependency, "type"),
        dependency.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array ? [.. Texts(dependency, "tags")] : null);

    private static string DataType(JsonElement data) => MediaType.Parse(OptionalText(data, "dataType") ?? "").ToString();

    private static List<string> ContentTypes(JsonElement data) =>
        [.. Texts(data, "contentType").Select(t => MediaType.Parse(t).ToString())];

    /// <summary>The texts of a list; a single text counts as a list of one.</summary>
    private static IEnumerable<string> Texts(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var list))
            return [];
        if (JsonText.TryGet(list, out var single))
            return [single];
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(item => JsonText.TryGet(item, out var text) ? text : null).OfType<string>()
            : [];
    }

    private static IEnumerable<JsonElement> Objects(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    private static bool Flag(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    private static string? OptionalText(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value)
        && JsonText.TryGet(value, out var text) ? text : null;

    private static string RequiredName(JsonElement parent, string name)
    {
        if (OptionalText(parent, name) is not { Length: > 0 } text)
            throw new FormatException($"{name} is no text");
        return text.Length <= MaxNameLength ? text : throw new FormatException($"{name} has more than {MaxNameLength} characters");
    }

    private static string RequiredUrl(JsonElement entryPoint, string name, string url) =>
        OptionalText(entryPoint, name) is { } text && Absolute(url, text) is { } absolute
            ? absolute
            : throw new FormatException($"entryPoint.{name} is no http or https URL");

    private static string Bounded(string text, string name) =>
        text.Length <= MaxTextLength ? text : throw new FormatException($"{name} has more than {MaxTextLength} characters");

    private static string? Absolute(string url, string reference) =>
        WebUrl.TryParse(reference, out _)
            ? reference
            : WebUrl.TryParse(url, out var basis) && Uri.TryCreate(basis, reference, out var absolute)
              && WebUrl.TryParse(absolute.AbsoluteUri, out _)
                ? absolute.AbsoluteUri
                : null;
}
