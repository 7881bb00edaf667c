using System.ComponentModel;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>A link to a resource. Clients follow links by <c>rel</c> and <c>resourceType</c> and never build URLs.</summary>
/// <param name="Href">Absolute.</param>
/// <param name="Rel">Relations, in no order; may be empty.</param>
/// <param name="ResourceType">The type of the resource linked to.</param>
[Description("A link to a resource. The first link that matches in rel and resourceType is the one to follow.")]
public sealed record ApiLink(
    [property: Description("The absolute URL.")] string Href,
    [property: Description("What the linked resource is to this one; in no order.")] IReadOnlyList<string> Rel,
    [property: Description("The type of the linked resource.")] string ResourceType)
{
    /// <summary>
    /// Identifies the resource in caches: path ids, and query parameters with a question mark before the name. Null where
    /// there is nothing to tell.
    /// </summary>
    [Description("What identifies the resource: path ids, and query parameters with a question mark before their names.")]
    public IReadOnlyDictionary<string, string>? ResourceKey { get; init; }

    /// <summary>The schema of the data behind the link.</summary>
    [Description("The JSON schema of the data behind the link.")]
    public string? Schema { get; init; }

    /// <summary>What to call the resource.</summary>
    [Description("What to call the resource.")]
    public string? Name { get; init; }

    /// <summary>Documentation about the resource.</summary>
    [Description("Where the resource is documented.")]
    public string? Doc { get; init; }
}
