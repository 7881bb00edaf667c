namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// What a <see cref="TabFilter"/> can ask of a plugin, prepared once for any number of filters. Nothing of it changes, so
/// several threads may use it.
/// </summary>
/// <param name="identifier">The plugin's name for machines; it may contain <c>@</c>.</param>
/// <param name="version">Its version, which need not be one of PEP 440.</param>
/// <param name="title">Its name for people.</param>
/// <param name="type">Its type, in any letter case.</param>
/// <param name="tags">Its tags; repetitions do no harm.</param>
public sealed class PluginFacts(string identifier, string version, string title, string type, IEnumerable<string> tags)
{
    private readonly HashSet<string> _tags = new(tags, StringComparer.Ordinal);

    // Most filters do not ask for it, and to read it costs more than all the rest.
    private readonly Lazy<Pep440Version?> _version =
        new(() => Pep440Version.TryParse(version, out var parsed) ? parsed : null);

    /// <summary>The identifier as it was given.</summary>
    public string Identifier { get; } = identifier;

    /// <summary>Identifier and version as they were given, with an <c>@</c> between them.</summary>
    public string FullId { get; } = $"{identifier}@{version}";

    /// <summary>The title as it was given.</summary>
    public string Title { get; } = title;

    /// <summary>The type in lower case, which is how types are compared.</summary>
    public string LowercaseType { get; } = type.ToLowerInvariant();

    /// <summary>The version, or null where it is none by PEP 440.</summary>
    public Pep440Version? Version => _version.Value;

    /// <summary>Whether the plugin has exactly this tag.</summary>
    public bool HasTag(string tag) => _tags.Contains(tag);
}
