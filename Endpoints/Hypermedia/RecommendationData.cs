using System.ComponentModel;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>Recommended plugins, best first.</summary>
[Description("Recommended plugins, best first.")]
public sealed record RecommendationData : ApiData
{
    /// <summary>How many there are.</summary>
    public required int CollectionSize { get; init; }

    /// <summary>Links to the plugins.</summary>
    public required IReadOnlyList<ApiLink> Items { get; init; }

    /// <summary>The weight of each, in the order of the items.</summary>
    [Description("The weight of each plugin, in the order of the items.")]
    public required IReadOnlyList<double> Weights { get; init; }
}
