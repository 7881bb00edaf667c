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
            return new RunnerDocument.IsPlugin(PluginReader.Read(root, url));
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
            if (JsonText.Field(entry, "apiRoot") is { Length: > 0 } address && WebUrl.MakeAbsolute(url, address) is { } absolute)
                addresses.Add(absolute);
            else
                skipped++;
        }

        return addresses;
    }
}
