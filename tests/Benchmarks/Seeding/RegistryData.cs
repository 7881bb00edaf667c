using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;

namespace Qhana.Registry.Benchmarks.Seeding;

/// <summary>A database file through the registry's own classes, in this process. Disposing it closes the file.</summary>
public sealed class RegistryData : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private RegistryData(ServiceProvider services) => _services = services;

    /// <summary>Opens a file; makes it where it is not there.</summary>
    public static async Task<RegistryData> OpenAsync(string file)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddRegistryData(new DatabaseOptions(file), new PreloadOptions());
        var data = new RegistryData(services.BuildServiceProvider());
        await data.Get<DatabaseMigrator>().MigrateAsync();
        return data;
    }

    /// <summary>One of the registry's classes.</summary>
    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
