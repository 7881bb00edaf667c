namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>Where things are. All of them answer with and without the slash at the end.</summary>
public static class Routes
{
    /// <summary>The root of the API.</summary>
    public const string Root = "/api/";

    /// <summary>The OpenAPI document.</summary>
    public const string Specification = "/api/api-spec.json";

    /// <summary>Plugins.</summary>
    public const string Plugins = "/api/plugins/";

    /// <summary>Seeds.</summary>
    public const string Seeds = "/api/seeds/";

    /// <summary>Services.</summary>
    public const string Services = "/api/services/";

    /// <summary>Environment variables.</summary>
    public const string Env = "/api/env/";

    /// <summary>UI templates.</summary>
    public const string Templates = "/api/templates/";

    /// <summary>Recommendations.</summary>
    public const string Recommendations = "/api/recommendations/";

    /// <summary>What discovery does.</summary>
    public const string Discovery = "/api/discovery/";
}
