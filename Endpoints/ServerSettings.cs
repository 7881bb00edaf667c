using System.Globalization;
using Microsoft.Extensions.Logging.Console;
using Qhana.Registry.Data;
using Qhana.Registry.Data.Configuration;

namespace Qhana.Registry.Endpoints;

/// <summary>Puts in force how the process itself behaves, and tells about it.</summary>
public static class ServerSettings
{
    /// <summary>Sets the log level and keeps the framework quiet below warnings.</summary>
    public static void UseRegistryLogging(this WebApplicationBuilder builder, ServerOptions options)
    {
        var level = options.LogLevel;
        builder.Logging.SetMinimumLevel(level);
        // One line for each thing that happened; another formatter, such as json, is a standard setting away.
        builder.Services.PostConfigure<ConsoleLoggerOptions>(console => console.FormatterName ??= ConsoleFormatterNames.Simple);
        builder.Services.Configure<SimpleConsoleFormatterOptions>(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddFilter("Qhana", level);
        builder.Logging.AddFilter("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", level);
        // What keeps the server from starting is told in one line, without the way there.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level > LogLevel.Critical ? level : LogLevel.Critical);
        // It says what Kestrel says as well, and costs each request an activity and a scope, whether it has something to say or not.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.Logging.AddFilter("Yarp", LogLevel.None);
        // A retry is no news; a runner that stays away is told by discovery.
        builder.Logging.AddFilter("Polly", LogLevel.None);
    }

    /// <summary>
    /// Listens on SERVER_PORT, or on localhost:5006 where nothing else is asked for in one of ASP.NET's ways; and on the
    /// loopback ports whose requests go on to the host machine.
    /// </summary>
    public static void UseRegistryAddress(this WebApplicationBuilder builder, ServerOptions options)
    {
        var configuration = builder.Configuration;
        var isAspNetsBusiness = configuration["urls"] is null && options.ServerPort is null
            && (!string.IsNullOrEmpty(configuration["http_ports"]) || !string.IsNullOrEmpty(configuration["https_ports"])
                || configuration.GetSection("Kestrel:Endpoints").Exists());
        if (isAspNetsBusiness && options.LocalhostProxyPorts.Count == 0)
            return;
        var proxied = options.LocalhostProxyPorts.Select(p => $"http://localhost:{p.ToString(CultureInfo.InvariantCulture)}");
        builder.WebHost.UseUrls([.. ServerAddress.Of(configuration, options), .. proxied]);
    }

    /// <summary>Tells what is in force, a line each.</summary>
    public static async Task LogSettingsAsync(this WebApplication app, RegistrySettings settings)
    {
        var logger = app.Logger;
        var seeds = await app.Services.GetRequiredService<SeedRepository>().AllAsync();
        var (discovery, server) = (settings.Discovery, settings.Server);
        logger.LogInformation("Database: {Path}", Path.GetFullPath(settings.Database.Path));
        logger.LogInformation("Discovery: {Schedule}, {BatchSize} requests at once", discovery.Discovery, discovery.BatchSize);
        logger.LogInformation("Purge: {Schedule}, of plugins gone for {Age}", discovery.Purge, discovery.PurgeAfter);
        logger.LogInformation("Seeds: {SeedCount}", seeds.Count);
        logger.LogInformation(
            "URL maps: {FromCount} rules from localhost, {ToCount} to localhost", discovery.FromLocalhost.Count, discovery.ToLocalhost.Count);
        if (server.LocalhostProxyPorts.Count > 0)
        {
            logger.LogInformation(
                "Localhost proxy: {Ports} go on to {Target}", string.Join(", ", server.LocalhostProxyPorts), server.LocalhostProxyTarget);
        }

        var idle = RegistrySettings.NotNeeded.Where(name => app.Configuration[name] is not null).ToList();
        if (idle.Count > 0)
            logger.LogInformation("Not needed any more, and ignored: {Variables}", string.Join(", ", idle));
    }
}
