using Qhana.Registry.Endpoints.Hypermedia;
using Scalar.AspNetCore;

namespace Qhana.Registry.Endpoints;

/// <summary>The OpenAPI document, and a page to read it and try things out.</summary>
public static class DocumentationEndpoints
{
    /// <summary>Maps <c>/api/api-spec.json</c> and <c>/scalar/</c>.</summary>
    public static void MapDocumentation(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi(Routes.Specification);
        routes.MapScalarApiReference("/scalar", scalar => scalar
            .WithTitle("QHAna plugin registry")
            .WithOpenApiRoutePattern(Routes.Specification)
            // The page asks no other host for fonts or anything else.
            .DisableDefaultFonts()
            .DisableTelemetry());
    }
}
