namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>The types of resources, as links name them (CONTRACT section 1).</summary>
public static class ResourceTypes
{
    /// <summary>The root of the API.</summary>
    public const string Root = "api-root";

    /// <summary>A plugin, or a list of plugins.</summary>
    public const string Plugin = "plugin";

    /// <summary>A seed, or a list of seeds.</summary>
    public const string Seed = "seed";

    /// <summary>A service, or a list of services.</summary>
    public const string Service = "service";

    /// <summary>An environment variable, or the list of them.</summary>
    public const string Env = "env";

    /// <summary>A UI template, or a list of them.</summary>
    public const string Template = "ui-template";

    /// <summary>A tab of a UI template, or a list of them.</summary>
    public const string Tab = "ui-template-tab";

    /// <summary>Recommended plugins.</summary>
    public const string Recommendation = "plugin-recommendation";

    /// <summary>What discovery does: our addition.</summary>
    public const string Discovery = "discovery";

    /// <summary>The answer to a POST.</summary>
    public const string New = "new";

    /// <summary>The answer to a PUT.</summary>
    public const string Changed = "changed";

    /// <summary>The answer to a DELETE.</summary>
    public const string Deleted = "deleted";
}
