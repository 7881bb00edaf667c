using Qhana.Registry.Discovery;
using Qhana.Registry.Discovery.Recommendations;
using Qhana.Registry.Endpoints;

namespace Qhana.Registry.Data.Configuration;

/// <summary>Everything that can be set (CONTRACT section 7), understood and checked before anything starts.</summary>
public sealed record RegistrySettings(
    DatabaseOptions Database,
    PreloadOptions Preload,
    DiscoveryOptions Discovery,
    RecommendationOptions Recommendations,
    ServerOptions Server)
{
    /// <summary>Variables of the original that mean nothing here: it needed them for processes that we do not have.</summary>
    public static IReadOnlyList<string> NotNeeded { get; } =
    [
        "BROKER_URL", "RESULT_BACKEND", "CELERY_QUEUE", "CONCURRENCY", "CONTAINER_MODE", "REDIS_URL", "FLASK_APP",
        "FLASK_RUN_PORT", "GUNICORN_CMD_ARGS", "GUNICORN_WORKERS", "WORKER_CONCURRENCY",
    ];

    /// <summary>Reads everything.</summary>
    /// <param name="configuration">Environment, appsettings.json and command line, by ASP.NET's rules.</param>
    /// <param name="errors">A line for each value that cannot be understood.</param>
    public static RegistrySettings Read(IConfiguration configuration, out IReadOnlyList<string> errors)
    {
        var reader = new SettingsReader(configuration);
        var settings = new RegistrySettings(
            DatabaseOptions.Read(reader),
            PreloadOptions.Read(reader),
            DiscoveryOptions.Read(reader),
            RecommendationOptions.Read(reader),
            ServerOptions.Read(reader));
        errors = reader.Errors;
        return settings;
    }
}
