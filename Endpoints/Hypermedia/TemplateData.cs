using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>A UI template.</summary>
[Description("A UI template, from which the web UI builds its navigation.")]
public sealed record TemplateData : ApiData
{
    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>May be empty.</summary>
    public required string Description { get; init; }

    /// <summary>In the order given.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Links to the groups of its tabs, one for each location in use.</summary>
    [Description("Links to the groups of the template's tabs, one for each location in use.")]
    public required IReadOnlyList<ApiLink> Groups { get; init; }
}

/// <summary>A tab of a UI template.</summary>
[Description("A tab of a UI template.")]
public sealed record TemplateTabData : ApiData
{
    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>May be empty.</summary>
    public required string Description { get; init; }

    /// <summary>Null for none; sent all the same, as the original does.</summary>
    [Description("Null for none.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Icon { get; init; }

    /// <summary>Where the tab is.</summary>
    [Description("Where the tab is; L.K is inside the group with key K at location L.")]
    public required string Location { get; init; }

    /// <summary>Orders the tabs of a template.</summary>
    public required long SortKey { get; init; }

    /// <summary>The key of the group that the tab opens, or empty.</summary>
    [Description("The key of the group that the tab opens; empty where it opens none.")]
    public required string GroupKey { get; init; }

    /// <summary>Which plugins belong to the tab.</summary>
    [Description("Which plugins belong to the tab: a JSON object in the filter language, or empty.")]
    public required string FilterString { get; init; }

    /// <summary>The first page of the tab's plugins.</summary>
    public required ApiLink Plugins { get; init; }
}

/// <summary>The tabs at one location of a UI template.</summary>
[Description("The tabs at one location of a UI template.")]
public sealed record TemplateGroupData : ApiData
{
    /// <summary>How many tabs there are.</summary>
    public required int CollectionSize { get; init; }

    /// <summary>Links to the tabs, in their order.</summary>
    public required IReadOnlyList<ApiLink> Items { get; init; }
}
