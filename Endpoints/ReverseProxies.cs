using Microsoft.AspNetCore.HttpOverrides;

namespace Qhana.Registry.Endpoints;

/// <summary>
/// Believes what trusted proxies say about the request that they got: client, scheme, host and prefix
/// (REVERSE_PROXY_COUNT). Without trusted proxies those headers change nothing.
/// </summary>
public static class ReverseProxies
{
    /// <summary>Applies the last entries of the X-Forwarded headers, as many as there are trusted proxies.</summary>
    public static void UseReverseProxies(this WebApplication app, ServerOptions options)
    {
        if (options.ProxyCount == 0)
            return;
        // The client by itself: an entry that is no address, as of a proxy that listens on a socket, ends the reading.
        app.UseForwardedHeaders(Trusting(options.ProxyCount, ForwardedHeaders.XForwardedFor));
        app.UseForwardedHeaders(Trusting(
            options.ProxyCount, ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedPrefix));
        app.Use(static (context, next) =>
        {
            // "/registry/" is the same prefix as "/registry".
            if (context.Request.PathBase.Value is [.., '/'] prefix)
                context.Request.PathBase = new PathString(prefix.TrimEnd('/'));
            return next(context);
        });
    }

    private static ForwardedHeadersOptions Trusting(int proxies, ForwardedHeaders headers)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = headers, ForwardLimit = proxies };
        // Proxies are trusted by their number, not by their addresses, which nobody knows in a container network.
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        return options;
    }
}
