using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>
/// A whole answer: the links come in the order in which clients look at them (CONTRACT section 1): navigation, up,
/// actions, pages, and at the end what was created or changed.
/// </summary>
[JsonDerivedType(typeof(ApiResponse<ApiRootData>))]
[JsonDerivedType(typeof(ApiResponse<CursorPageData>))]
[JsonDerivedType(typeof(ApiResponse<SeedData>))]
[JsonDerivedType(typeof(ApiResponse<ServiceData>))]
[JsonDerivedType(typeof(ApiResponse<EnvData>))]
[JsonDerivedType(typeof(ApiResponse<PluginData>))]
[JsonDerivedType(typeof(ApiResponse<TemplateData>))]
[JsonDerivedType(typeof(ApiResponse<TemplateTabData>))]
[JsonDerivedType(typeof(ApiResponse<TemplateGroupData>))]
[JsonDerivedType(typeof(ApiResponse<RecommendationData>))]
[JsonDerivedType(typeof(ApiResponse<DiscoveryData>))]
[JsonDerivedType(typeof(ApiResponse<NewData>))]
[JsonDerivedType(typeof(ApiResponse<ChangedData>))]
[JsonDerivedType(typeof(ApiResponse<DeletedData>))]
public abstract record ApiResponse
{
    /// <summary>Where to go from here.</summary>
    [Description("Where to go from here; the first link that matches is the one to follow.")]
    public required IReadOnlyList<ApiLink> Links { get; init; }

    /// <summary>Answers to other requests that the client would make next; null where there are none.</summary>
    [Description("Answers to requests that usually come next, exactly as a GET of their data.self.href gives them.")]
    public IReadOnlyList<ApiResponse>? Embedded { get; init; }
}

/// <summary>An answer with its data.</summary>
public sealed record ApiResponse<T> : ApiResponse
    where T : ApiData
{
    /// <summary>What was asked for.</summary>
    public required T Data { get; init; }
}
