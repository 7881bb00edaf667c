namespace Qhana.Registry.Endpoints;

/// <summary>How the OpenAPI document is made.</summary>
public static class OpenApiDocument
{
    /// <summary>Adds the document.</summary>
    public static IServiceCollection AddRegistryOpenApi(this IServiceCollection services) => services.AddOpenApi();
}
