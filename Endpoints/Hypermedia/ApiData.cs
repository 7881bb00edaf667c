using System.ComponentModel;
using System.Text.Json.Serialization;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>The data of an answer; the property names are those of the original.</summary>
public abstract record ApiData
{
    /// <summary>The link to this very resource.</summary>
    [JsonPropertyOrder(-1)]
    public required ApiLink Self { get; init; }
}

/// <summary>The root, from which everything is reached.</summary>
[Description("The root of the API, from which everything else is reached.")]
public sealed record ApiRootData : ApiData
{
    /// <summary>The name of the API.</summary>
    public required string Title { get; init; }
}

/// <summary>A page of a list, or a whole list.</summary>
[Description("A page of a list, or a list that has no pages.")]
public sealed record CursorPageData : ApiData
{
    /// <summary>How many items all pages have together.</summary>
    [Description("How many items all pages have together.")]
    public required int CollectionSize { get; init; }

    /// <summary>The page's number, from 1; null for a list that has no pages.</summary>
    [Description("The number of the page, from 1; not there where the list has no pages.")]
    public int? Page { get; init; }

    /// <summary>Links to the items.</summary>
    public required IReadOnlyList<ApiLink> Items { get; init; }
}

/// <summary>A seed.</summary>
[Description("Where discovery starts: the URL of a plugin runner or of one plugin.")]
public sealed record SeedData : ApiData
{
    /// <summary>An absolute http(s) URL.</summary>
    public required string Url { get; init; }
}

/// <summary>A service.</summary>
[Description("A service of the platform.")]
public sealed record ServiceData : ApiData
{
    /// <summary>Unique.</summary>
    public required string ServiceId { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>May be empty.</summary>
    public required string Description { get; init; }

    /// <summary>Where it answers.</summary>
    public required string Url { get; init; }
}

/// <summary>An environment variable.</summary>
[Description("An environment variable of the platform.")]
public sealed record EnvData : ApiData
{
    /// <summary>Unique.</summary>
    public required string Name { get; init; }

    /// <summary>May be empty.</summary>
    public required string Value { get; init; }
}

/// <summary>A plugin.</summary>
[Description("A plugin that a runner offers.")]
public sealed record PluginData : ApiData
{
    /// <summary>Its API root.</summary>
    public required string Href { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>Markdown; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>Its name for machines; unique together with the version.</summary>
    public required string Identifier { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>For instance processing or visualization.</summary>
    public required string PluginType { get; init; }

    /// <summary>Without repetitions.</summary>
    [JsonConverter(typeof(StoredJsonConverter<IReadOnlyList<string>>))]
    public required StoredJson<IReadOnlyList<string>> Tags { get; init; }

    /// <summary>How it is used.</summary>
    [JsonConverter(typeof(StoredJsonConverter<EntryPoint>))]
    public required StoredJson<EntryPoint> EntryPoint { get; init; }
}
