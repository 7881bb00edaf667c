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
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.All,
            ForwardLimit = options.ProxyCount,
        };
        // Proxies are trusted by their number, not by their addresses, which nobody knows in a container network.
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        app.UseForwardedHeaders(forwarded);
    }
}
