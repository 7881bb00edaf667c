using Qhana.Registry.Data;
using Qhana.Registry.Data.Configuration;
using Qhana.Registry.Discovery;
using Qhana.Registry.Discovery.Recommendations;
using Qhana.Registry.Endpoints;

var builder = WebApplication.CreateBuilder(args);

// Configuration: everything is read once, and every mistake in it is told before anything starts.
var settings = new SettingsReader(builder.Configuration);
var database = DatabaseOptions.Read(settings);
var preload = PreloadOptions.Read(settings);
var discovery = DiscoveryOptions.Read(settings);
var recommendations = RecommendationOptions.Read(settings);
builder.UseRegistryLogging(settings);
builder.UseRegistryAddress(settings);
if (settings.Errors.Count > 0)
{
    foreach (var error in settings.Errors)
        await Console.Error.WriteLineAsync(error);
    return 1;
}

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddRegistryData(database, preload);
builder.Services.AddDiscovery(discovery);
builder.Services.AddRecommendations(recommendations);
builder.Services.AddRegistryHttp();

var app = builder.Build();
app.UseRegistryHttp();
app.MapRegistry();

try
{
    await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
    await app.Services.GetRequiredService<Preload>().LoadAsync();
}
catch (DatabaseUnusableException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}

await app.LogEffectiveSettingsAsync();
await app.RunAsync();
return 0;

/// <summary>Named so that tests can start the registry.</summary>
public partial class Program;
