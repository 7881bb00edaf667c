using System.Globalization;
using System.Text.Json;
using Qhana.Registry.Data;

namespace Qhana.Registry.Benchmarks.Seeding;

/// <summary>As many plugins as are wanted: those of the example database, then variations of them. Pure.</summary>
public sealed class PluginVariety
{
    private readonly IReadOnlyList<Plugin> _examples;

    private PluginVariety(IReadOnlyList<Plugin> examples) => _examples = examples;

    /// <summary>Reads the example database.</summary>
    /// <param name="copy">Where to make a copy of it, which is deleted with the folder that it is in.</param>
    public static async Task<PluginVariety> ReadAsync(string copy)
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "registry.db.example"), copy);
        await using var data = await RegistryData.OpenAsync(copy);
        var page = await data.Get<PluginRepository>().ListAsync(new PageRequest(1000, null, "id"), new PluginQuery());
        return new PluginVariety([.. page.Items.Select(ToPlugin)]);
    }

    /// <summary>The plugin with this number, from 0: always the same one, and no two are alike.</summary>
    public Plugin At(int number)
    {
        var example = _examples[number % _examples.Count];
        var generation = number / _examples.Count;
        if (generation == 0)
            return example;
        var suffix = generation.ToString(CultureInfo.InvariantCulture);
        return example with
        {
            Identifier = $"{example.Identifier}-{suffix}",
            Version = $"v{generation % 3}.{generation % 7}.{generation % 11}",
            Title = $"{example.Title} {suffix}",
            Url = $"{example.Url.TrimEnd('/')}-{suffix}/",
        };
    }

    private static Plugin ToPlugin(PluginRow row) => new(
        row.Identifier, row.Version, row.Title, row.Description, row.PluginType, row.Url,
        JsonSerializer.Deserialize<IReadOnlyList<string>>(row.Tags, JsonSerializerOptions.Web)!,
        JsonSerializer.Deserialize<EntryPoint>(row.EntryPoint, JsonSerializerOptions.Web)!);
}
