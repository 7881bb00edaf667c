using Qhana.Registry.Discovery.Matching;

namespace Qhana.Registry.Data;

/// <summary>What the data layer is made of.</summary>
public static class DataServices
{
    /// <summary>Adds the database and its repositories.</summary>
    public static IServiceCollection AddRegistryData(this IServiceCollection services, DatabaseOptions database, PreloadOptions preload)
    {
        services.AddSingleton(database);
        services.AddSingleton(preload);
        services.AddSingleton<Revisions>();
        services.AddSingleton<Database>();
        services.AddSingleton<DatabaseMigrator>();
        services.AddHostedService<DatabaseWatch>();
        services.AddSingleton<Preload>();
        services.AddSingleton<RevisedCache>();
        services.AddSingleton<PageReader>();
        services.AddSingleton<SeedRepository>();
        services.AddSingleton<SeedOutcomeRepository>();
        services.AddSingleton<ServiceRepository>();
        services.AddSingleton<EnvRepository>();
        services.AddSingleton<PluginRepository>();
        services.AddSingleton<PluginStore>();
        services.AddSingleton<InputMatchRepository>();
        services.AddSingleton<TabMembership>();
        services.AddSingleton<TabRepository>();
        services.AddSingleton<TemplateRepository>();
        services.AddSingleton<TemplateFiles>();
        return services;
    }
}
