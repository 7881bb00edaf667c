using Qhana.Registry.Data;
using Qhana.Registry.Data.Configuration;
using Qhana.Registry.Discovery;

namespace Qhana.Registry.Endpoints;

/// <summary>How the process itself behaves: where it listens and what it logs.</summary>
public static class HostSettings
{
    private const string DefaultAddress = "http://localhost:5006";

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

    /// <summary>Sets the log level (DEFAULT_LOG_LEVEL) and keeps the framework quiet below warnings.</summary>
    public static void UseRegistryLogging(this WebApplicationBuilder builder, SettingsReader settings)
    {
        var level = settings.Read<LogLevel>(
            "DEFAULT_LOG_LEVEL", LogLevel.Information, Levels.TryGetValue, string.Join(", ", Levels.Keys));
        builder.Logging.SetMinimumLevel(level);
        builder.Logging.AddFilter("Qhana", level);
        builder.Logging.AddFilter("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", level);
        // A retry is no news; a runner that stays away is told by discovery.
        builder.Logging.AddFilter("Polly", LogLevel.Error);
    }

    /// <summary>Listens on localhost:5006 where nothing else is asked for in one of ASP.NET's ways.</summary>
    public static void UseRegistryAddress(this WebApplicationBuilder builder, SettingsReader settings)
    {
        if (settings.Text("urls") is null && settings.Text("http_ports") is null && settings.Text("https_ports") is null
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }
    }

    /// <summary>Tells what is in force, a line each.</summary>
    public static async Task LogEffectiveSettingsAsync(this WebApplication app)
    {
        var discovery = app.Services.GetRequiredService<DiscoveryOptions>();
        var seeds = await app.Services.GetRequiredService<SeedRepository>().AllAsync();
        app.Logger.LogInformation("Database: {Path}", Path.GetFullPath(app.Services.GetRequiredService<Database>().Path));
        app.Logger.LogInformation("Discovery: {Schedule}, {BatchSize} requests at once", discovery.Discovery, discovery.BatchSize);
        app.Logger.LogInformation("Purge: {Schedule}, of plugins gone for {Age}", discovery.Purge, discovery.PurgeAfter);
        app.Logger.LogInformation("Seeds: {SeedCount}", seeds.Count);
    }
}
