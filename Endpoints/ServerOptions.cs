using System.Globalization;
using Qhana.Registry.Data;
using Qhana.Registry.Data.Configuration;

namespace Qhana.Registry.Endpoints;

/// <summary>How the process behaves: where it listens, who stands before it, what it logs.</summary>
public sealed record ServerOptions
{
    private static readonly Dictionary<string, LogLevel> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        // The names of Python's logging, which the original uses, and those of .NET.
        ["DEBUG"] = LogLevel.Debug,
        ["INFO"] = LogLevel.Information,
        ["WARNING"] = LogLevel.Warning,
        ["ERROR"] = LogLevel.Error,
        ["CRITICAL"] = LogLevel.Critical,
        ["TRACE"] = LogLevel.Trace,
        ["INFORMATION"] = LogLevel.Information,
        ["NONE"] = LogLevel.None,
    };

    /// <summary>What is logged at least (DEFAULT_LOG_LEVEL).</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>How many proxies are trusted for X-Forwarded headers (REVERSE_PROXY_COUNT).</summary>
    public int ProxyCount { get; init; }

    /// <summary>The public host name, with a port where it has one; null for the one that requests name (SERVER_NAME).</summary>
    public string? ServerName { get; init; }

    /// <summary>The port to listen on, on all interfaces, as a container does; null for localhost:5006 (SERVER_PORT).</summary>
    public int? ServerPort { get; init; }

    /// <summary>Loopback ports whose requests go on to the host machine (LOCALHOST_PROXY_PORTS).</summary>
    public IReadOnlyList<int> LocalhostProxyPorts { get; init; } = [];

    /// <summary>The host machine, as a container sees it.</summary>
    public string LocalhostProxyTarget { get; init; } = "host.docker.internal";

    /// <summary>Where metrics and traces are sent; null for nowhere (OTEL_EXPORTER_OTLP_ENDPOINT).</summary>
    public Uri? TelemetryCollector { get; init; }

    /// <summary>Reads what can be set.</summary>
    public static ServerOptions Read(SettingsReader settings)
    {
        var defaults = new ServerOptions();
        return defaults with
        {
            LogLevel = settings.Read<LogLevel>(
                "DEFAULT_LOG_LEVEL", defaults.LogLevel, Levels.TryGetValue, string.Join(", ", Levels.Keys)),
            ProxyCount = settings.Read<int>(
                "REVERSE_PROXY_COUNT", defaults.ProxyCount, TryParseProxyCount, "a whole number from 0 to 100"),
            ServerName = settings.Read<string?>(
                "SERVER_NAME", defaults.ServerName, TryParseHost, "a host name, with :port where it has one"),
            ServerPort = settings.Read<int?>("SERVER_PORT", defaults.ServerPort, TryParsePort, "a port from 1 to 65535"),
            LocalhostProxyPorts = settings.Read<IReadOnlyList<int>>(
                "LOCALHOST_PROXY_PORTS", defaults.LocalhostProxyPorts, TryParsePorts, "ports such as ':5005 :9091'"),
            // The exporter reads the variable itself; it throws where it is no URL.
            TelemetryCollector = settings.Read<Uri?>(
                "OTEL_EXPORTER_OTLP_ENDPOINT", defaults.TelemetryCollector, WebUrl.TryParse!, "an http or https URL such as http://collector:4317"),
        };
    }

    private static bool TryParseProxyCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= 100;

    private static bool TryParseHost(string text, out string? host)
    {
        host = text;
        return Uri.TryCreate($"http://{text}/", UriKind.Absolute, out var url)
            && url.PathAndQuery == "/" && url.UserInfo.Length == 0 && !text.Any(char.IsWhiteSpace)
            && url.Authority.Equals(text.EndsWith(":80", StringComparison.Ordinal) ? text[..^3] : text, StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryParsePort(string text, out int? port)
    {
        var parsed = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        port = number;
        return parsed && number is >= 1 and <= 65535;
    }

    private static bool TryParsePorts(string text, out IReadOnlyList<int> ports)
    {
        var parsed = new List<int>();
        foreach (var part in text.Split([' ', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryParsePort(part.TrimStart(':'), out var port))
            {
                ports = [];
                return false;
            }

            parsed.Add(port!.Value);
        }

        ports = [.. parsed.Distinct()];
        return true;
    }
}
