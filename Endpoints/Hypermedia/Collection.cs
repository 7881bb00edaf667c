namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>A list of resources that is shown in pages.</summary>
/// <param name="Route">Where it is.</param>
/// <param name="ResourceType">The type of its items, which is also its own.</param>
public sealed record Collection(string Route, string ResourceType)
{
    /// <summary>Plugins.</summary>
    public static Collection Plugins { get; } = new(Routes.Plugins, ResourceTypes.Plugin);

    /// <summary>Seeds.</summary>
    public static Collection Seeds { get; } = new(Routes.Seeds, ResourceTypes.Seed);

    /// <summary>Services.</summary>
    public static Collection Services { get; } = new(Routes.Services, ResourceTypes.Service);

    /// <summary>UI templates.</summary>
    public static Collection Templates { get; } = new(Routes.Templates, ResourceTypes.Template);

    /// <summary>How discovery went for each seed.</summary>
    public static Collection Discovery { get; } = new(Routes.Discovery, ResourceTypes.Discovery);
}
