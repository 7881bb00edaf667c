using System.Globalization;
using Qhana.Registry.Data;

namespace Qhana.Registry.Benchmarks.Seeding;

/// <summary>
/// Databases with any number of plugins and with what a page load of the web UI reads beside them. Each is made once, by
/// the registry's own classes.
/// </summary>
/// <param name="newFile">Gives paths for files.</param>
/// <param name="stop">Ends the making.</param>
public sealed class SeededDatabases(Func<string> newFile, CancellationToken stop)
{
    private const int Batch = 1000;

    // Nobody is there, and nobody looks: registries that read these files run without discovery.
    private const string Seed = "http://127.0.0.1:9/";

    private readonly Dictionary<int, string> _files = [];
    private PluginVariety? _plugins;

    /// <summary>The plugins in these databases, by number.</summary>
    public async Task<PluginVariety> PluginsAsync() => _plugins ??= await PluginVariety.ReadAsync(newFile());

    /// <summary>A database for those who only read.</summary>
    public async Task<string> FileAsync(int plugins)
    {
        if (!_files.TryGetValue(plugins, out var file))
        {
            Console.Error.WriteLine($"Making a database with {plugins.ToString("N0", CultureInfo.InvariantCulture)} plugins");
            _files[plugins] = file = await MakeAsync(plugins);
        }

        return file;
    }

    /// <summary>A database of one's own.</summary>
    public async Task<string> CopyAsync(int plugins)
    {
        var copy = newFile();
        File.Copy(await FileAsync(plugins), copy);
        return copy;
    }

    private async Task<string> MakeAsync(int plugins)
    {
        var variety = await PluginsAsync();
        var file = newFile();
        await using var data = await RegistryData.OpenAsync(file);
        var seed = (await data.Get<SeedRepository>().AddAsync(Seed))!;
        var store = data.Get<PluginStore>();
        foreach (var numbers in Enumerable.Range(0, plugins).Chunk(Batch))
        {
            stop.ThrowIfCancellationRequested();
            await store.StoreAsync(
                [.. numbers.Select(n => new FoundPlugin(seed.Id, variety.At(n)))], DateTimeOffset.UtcNow, (_, _) => false);
        }

        await FurnishAsync(data);
        return file;
    }

    private static async Task FurnishAsync(RegistryData data)
    {
        var env = data.Get<EnvRepository>();
        await env.SetAsync("DEFAULT_UI_TEMPLATE", "1");
        await env.SetAsync("UI_URL_MAP", """{"^http://localhost": "http://localhost"}""");
        var services = data.Get<ServiceRepository>();
        await services.AddAsync("qhana-backend", "QHAna Backend", "Keeps experiments.", "http://localhost:9090");
        await services.AddAsync("latex-renderer", "LaTeX Renderer", "Draws formulas.", "http://localhost:5030");

        var template = await data.Get<TemplateRepository>().AddAsync(new TemplateContent("Default", "What everybody sees.", ["default"]));
        var tabs = data.Get<TabRepository>();
        foreach (var number in Enumerable.Range(0, 4))
            await tabs.AddAsync(template.Id, TabVariety.At(number) with { Location = "workspace" });
        foreach (var number in Enumerable.Range(4, 4))
            await tabs.AddAsync(template.Id, TabVariety.At(number) with { Location = "experiment-navigation" });
    }
}
