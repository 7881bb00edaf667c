using System.Globalization;
using System.Net;
using Yarp.ReverseProxy.Forwarder;

namespace Qhana.Registry.Endpoints;

/// <summary>
/// Passes requests to the container's own localhost on to the host machine: plugin runners on a developer's machine are
/// known by localhost URLs, which mean another machine inside a container (LOCALHOST_PROXY_PORTS).
/// </summary>
public static class LocalhostProxy
{
    /// <summary>Adds what passes requests on.</summary>
    public static IServiceCollection AddLocalhostProxy(this IServiceCollection services) => services.AddHttpForwarder();

    /// <summary>Passes on what comes in on one of the ports; everything else goes its way.</summary>
    public static void UseLocalhostProxy(this WebApplication app, ServerOptions options)
    {
        if (options.LocalhostProxyPorts.Count == 0)
            return;
        var ports = options.LocalhostProxyPorts.ToHashSet();
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
#pragma warning disable CA2000 // Lives as long as the process.
        var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = TimeSpan.FromSeconds(5),
        });
#pragma warning restore CA2000
        app.MapWhen(context => ports.Contains(context.Connection.LocalPort), branch => branch.Run(async context =>
        {
            var port = context.Connection.LocalPort.ToString(CultureInfo.InvariantCulture);
            var error = await forwarder.SendAsync(context, $"http://{options.LocalhostProxyTarget}:{port}", client);
            if (error is ForwarderError.Request or ForwarderError.RequestTimedOut && !context.Response.HasStarted)
                await Problems.HostUnreachable(options.LocalhostProxyTarget, port).ExecuteAsync(context);
        }));
    }
}
