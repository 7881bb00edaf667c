using System.Text.Json;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>
/// Reads what a document says of a plugin, within limits: what a runner sends is kept in memory and stored in one
/// transaction with others, so that no plugin may be larger than any real one needs.
/// </summary>
public sealed class PluginReader
{
    /// <summary>The most tags, inputs, outputs, content types and dependencies of a plugin, counted together.</summary>
    public const int MaxParts = 1_000;

    private const int MaxName = 255;
    private const int MaxText = 100_000;

    private readonly string _url;
    private int _parts;

    private PluginReader(string url) => _url = url;

    /// <summary>The plugin.</summary>
    /// <param name="root">A JSON object.</param>
    /// <param name="url">The URL to store for it, against which its own URLs are made absolute.</param>
    /// <exception cref="FormatException">It cannot be used; the message says why, in one line.</exception>
    public static Plugin Read(JsonElement root, string url) => new PluginReader(url).ReadPlugin(root);

    private Plugin ReadPlugin(JsonElement root)
    {
        var name = RequiredName(root, "name");
        var entryPoint = root.GetProperty("entryPoint");
        if (entryPoint.ValueKind != JsonValueKind.Object)
            throw new FormatException("entryPoint is no object");
        return new Plugin(
            name,
            RequiredName(root, "version"),
            Bounded(JsonText.Field(root, "title") is { Length: > 0 } title ? title : name, "title", MaxText),
            Bounded(JsonText.Field(root, "description") ?? "", "description", MaxText),
            RequiredName(root, "type"),
            _url,
            [.. Texts(root, "tags").Where(t => t.Length > 0 && JsonText.HasAtMost(t, MaxName)).Distinct()],
            new EntryPoint(
                RequiredUrl(entryPoint, "href"),
                RequiredUrl(entryPoint, "uiHref"),
                [.. Objects(entryPoint, "dataInput").Select(ReadInput)],
                [.. Objects(entryPoint, "dataOutput").Select(ReadOutput)],
                [.. Objects(entryPoint, "pluginDependencies").Select(ReadDependency)]));
    }

    private DataInput ReadInput(JsonElement data) =>
        new(Name(data, "parameter") ?? "", Flag(data, "required"), DataType(data), ContentTypes(data));

    private DataOutput ReadOutput(JsonElement data) => new(Flag(data, "required"), DataType(data), ContentTypes(data));

    private PluginDependency ReadDependency(JsonElement dependency) => new(
        Name(dependency, "parameter") ?? "",
        Flag(dependency, "required"),
        Name(dependency, "name"),
        Name(dependency, "version"),
        Name(dependency, "type"),
        dependency.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array
            ? [.. Texts(dependency, "tags").Select(t => Bounded(t, "a tag of a dependency", MaxName))]
            : null);

    private static string DataType(JsonElement data) => MediaType.Parse(Name(data, "dataType") ?? "").ToString();

    private List<string> ContentTypes(JsonElement data) =>
        [.. Texts(data, "contentType").Select(t => MediaType.Parse(Bounded(t, "contentType", MaxName)).ToString())];

    /// <summary>The texts of a list; a single text counts as a list of one.</summary>
    private IEnumerable<string> Texts(JsonElement parent, string name)
    {
        if (!parent.TryGetProperty(name, out var list))
            return [];
        if (JsonText.TryGet(list, out var single))
            return [single];
        return list.ValueKind == JsonValueKind.Array ? JsonText.Items(Counted(list)) : [];
    }

    private IEnumerable<JsonElement> Objects(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? Counted(list).EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    private JsonElement Counted(JsonElement list)
    {
        _parts += list.GetArrayLength();
        return _parts <= MaxParts
            ? list
            : throw new FormatException($"more than {MaxParts} tags, inputs, outputs, content types and dependencies");
    }

    private static bool Flag(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;

    private static string RequiredName(JsonElement parent, string name) =>
        Name(parent, name) is { Length: > 0 } text ? text : throw new FormatException($"{name} is no text");

    private static string? Name(JsonElement parent, string name) =>
        JsonText.Field(parent, name) is { } text ? Bounded(text, name, MaxName) : null;

    private string RequiredUrl(JsonElement entryPoint, string name) =>
        JsonText.Field(entryPoint, name) is { } text
        && WebUrl.MakeAbsolute(_url, Bounded(text, $"entryPoint.{name}", WebUrl.MaxLength)) is { } absolute
            ? absolute
            : throw new FormatException($"entryPoint.{name} is no http or https URL");

    private static string Bounded(string text, string name, int characters) => JsonText.HasAtMost(text, characters)
        ? text
        : throw new FormatException($"{name} has more than {characters} characters");
}
