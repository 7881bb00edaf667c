namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>
/// The names of the schemas that links point to. Each is a component of the OpenAPI document, made from the type beside it.
/// </summary>
public static class Schemas
{
    /// <summary>The root of the API.</summary>
    public const string Root = "Root";

    /// <summary>A plugin.</summary>
    public const string Plugin = "Plugin";

    /// <summary>A seed.</summary>
    public const string Seed = "Seed";

    /// <summary>A service.</summary>
    public const string Service = "Service";

    /// <summary>An environment variable.</summary>
    public const string Env = "Env";

    /// <summary>A UI template.</summary>
    public const string Template = "Template";

    /// <summary>A tab of a UI template.</summary>
    public const string TemplateTab = "TemplateTab";

    /// <summary>The tabs at one location of a UI template.</summary>
    public const string TemplateGroup = "TemplateGroup";

    /// <summary>A list, or a page of it.</summary>
    public const string CursorPage = "CursorPage";

    /// <summary>Recommended plugins.</summary>
    public const string RecommendationCollection = "RecommendationCollection";

    /// <summary>What discovery does.</summary>
    public const string Discovery = "Discovery";
}
