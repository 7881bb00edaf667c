namespace Qhana.Registry.Endpoints;

/// <summary>Names and ids of things in the path of a request, where they may contain anything.</summary>
public static class PathText
{
    /// <summary>
    /// The last segment of the path as the client meant it. Routing leaves an escaped slash escaped, so that it could not
    /// be told from an escaped percent sign; this reads the request line itself.
    /// </summary>
    public static string LastSegment(HttpContext context, string routed)
    {
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target))
            return routed;
        var path = target.Split('?', 2)[0].TrimEnd('/');
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
