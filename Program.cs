using System.Data.Common;
using System.Net.Sockets;
using Qhana.Registry.Data;
using Qhana.Registry.Data.Configuration;
using Qhana.Registry.Discovery;
using Qhana.Registry.Discovery.Recommendations;
using Qhana.Registry.Endpoints;

return CommandLine.IsCommand(args)
    ? await CommandLine.RunAsync(args, Build)
    : await ServeAsync(args);

// The whole program with everything it is made of; false, with its mistakes told, where the configuration has any.
static bool Build(string[] args, out WebApplication app, out RegistrySettings settings)
{
    var builder = WebApplication.CreateBuilder(args);

    settings = RegistrySettings.Read(builder.Configuration, out var errors);
    foreach (var error in errors)
        Console.Error.WriteLine(error);
    if (errors.Count > 0)
    {
        app = null!;
        return false;
    }

    builder.UseRegistryLogging(settings.Server);
    builder.UseRegistryAddress(settings.Server);

    builder.Services.AddSingleton(TimeProvider.System);
    builder.Services.AddRegistryData(settings.Database, settings.Preload);
    builder.Services.AddDiscovery(settings.Discovery);
    builder.Services.AddRecommendations(settings.Recommendations);
    builder.Services.AddRegistryHttp(settings.Server);
    builder.Services.AddRegistryTelemetry(settings.Server);

    app = builder.Build();
    app.UseRegistryHttp(settings.Server);
    app.MapRegistry();
    return true;
}

static async Task<int> ServeAsync(string[] args)
{
    if (!Build(args, out var app, out var settings))
        return 1;
    await using (app)
    {
        try
        {
            if (await app.Services.GetRequiredService<DatabaseMigrator>().MigrateOrReadAsync())
                await app.Services.GetRequiredService<Preload>().LoadIfWritableAsync();
            await app.LogSettingsAsync(settings);
        }
        catch (DatabaseUnusableException e)
        {
            return await FailAsync(e.Message);
        }
        // The file is none of ours after all.
        catch (DbException e)
        {
            return await FailAsync($"The registry cannot start: {e.Message}");
        }

        try
        {
            await app.StartAsync();
        }
        // The address is taken, not allowed, or none.
        catch (Exception e) when (e is IOException or SocketException or FormatException or ArgumentException or InvalidOperationException)
        {
            // The loops have begun before the address was asked for.
            await app.StopAsync();
            return await FailAsync($"The registry cannot start: {e.Message}");
        }

        await app.WaitForShutdownAsync();
        return 0;
    }
}

static async Task<int> FailAsync(string reason)
{
    await Console.Error.WriteLineAsync(reason.ReplaceLineEndings(" "));
    return 1;
}

/// <summary>Named so that tests can start the registry.</summary>
public partial class Program;
