using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Hypermedia;

namespace Qhana.Registry.Endpoints;

/// <summary>The root of the API, from which every client starts.</summary>
public static class ApiRootEndpoints
{
    /// <summary>Maps <c>/api/</c>.</summary>
    public static void MapApiRoot(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Routes.Root, ReadMethods.GetAndHead, GetRoot)
            .WithTags("Root")
            .WithName(nameof(GetRoot))
            .WithSummary("The root of the API")
            .WithDescription("Links to every collection. Clients start here and follow links.");

    private static ApiResult<ApiRootData> GetRoot(Representations representations) => new(representations.Root(), Shown.Nothing);
}
