using System.ComponentModel;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>The answer to a POST: what came into being.</summary>
[Description("What was created.")]
public sealed record NewData : ApiData
{
    /// <summary>The new resource.</summary>
    public required ApiLink New { get; init; }
}

/// <summary>The answer to a PUT: what is different now.</summary>
[Description("What was changed.")]
public sealed record ChangedData : ApiData
{
    /// <summary>The changed resource.</summary>
    public required ApiLink Changed { get; init; }
}

/// <summary>The answer to a DELETE: what is no more, and where to go instead.</summary>
[Description("What was deleted, and where to go instead.")]
public sealed record DeletedData : ApiData
{
    /// <summary>The deleted resource.</summary>
    public required ApiLink Deleted { get; init; }

    /// <summary>What the client shows next.</summary>
    public required ApiLink RedirectTo { get; init; }
}
