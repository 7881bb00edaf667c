using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Answers;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.OpenApi;
using Scalar.AspNetCore;

namespace Qhana.Registry.Endpoints;

/// <summary>The OpenAPI document, and a page to read it and try things out.</summary>
public static class DocumentationEndpoints
{
    /// <summary>Maps <c>/api/api-spec.json</c> and <c>/scalar/</c>.</summary>
    public static void MapDocumentation(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Routes.Specification, ReadMethods.GetAndHead, GetSpecification).ExcludeFromDescription();
        routes.MapScalarApiReference("/scalar", scalar => scalar
            .WithTitle(DocumentTexts.Title)
            .AddDocument("registry", DocumentTexts.Title, Routes.Specification)
            // The page asks no other host for fonts or anything else, and offers nobody else's services.
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools());
    }

    private static async Task GetSpecification(
        HttpContext context, SpecificationText specification, Representations representations, AnswerCache cache)
    {
        var answer = new Answer(await specification.ForAsync(representations.Links.Origin));
        if (context.Features.Get<AnswerTicket>() is { } ticket && cache.WasAskedBefore(ticket.Key))
            cache.Keep(ticket.Key, answer, Shown.Nothing, ticket.Before);
        await answer.WriteAsync(context);
    }
}
