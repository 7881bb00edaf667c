using System.Globalization;

namespace Qhana.Registry.Endpoints;

/// <summary>Where the registry listens.</summary>
public static class ServerAddress
{
    private const string Default = "http://localhost:5006";

    /// <summary>
    /// What ASP.NET is asked for by URL, or SERVER_PORT on all interfaces, or the ports that ASP.NET is asked for, or
    /// localhost:5006. Endpoints of Kestrel's own configuration are not among them.
    /// </summary>
    public static IReadOnlyList<string> Of(IConfiguration configuration, ServerOptions options)
    {
        if (configuration["urls"] is { } urls)
            return urls.Split(';');
        if (options.ServerPort is { } port)
            return [$"http://*:{port.ToString(CultureInfo.InvariantCulture)}"];
        string[] ports = configuration["http_ports"]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return ports.Length > 0 ? [.. ports.Select(p => $"http://*:{p}")] : [Default];
    }

    /// <summary>The first of these addresses as a client on the same machine reaches it.</summary>
    public static string Local(IConfiguration configuration, ServerOptions options) => Of(configuration, options)[0]
        .Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal)
        .Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal);
}
