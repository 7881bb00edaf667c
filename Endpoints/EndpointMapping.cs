namespace Qhana.Registry.Endpoints;

/// <summary>Shorthands for mapping endpoints.</summary>
public static class EndpointMapping
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps what answers GET, and HEAD with the same headers.</summary>
    public static RouteHandlerBuilder MapRead(this IEndpointRouteBuilder routes, string pattern, Delegate handler) =>
        routes.MapMethods(pattern, GetAndHead, handler);
}
