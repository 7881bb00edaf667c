using Qhana.Registry.Benchmarks.Seeding;
using Qhana.Registry.Data;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>A copy of the database of a large installation with just as many tabs as are wanted.</summary>
/// <param name="File">The file.</param>
/// <param name="TemplateId">Its only template.</param>
/// <param name="TabIds">The tabs of that.</param>
public sealed record TabbedDatabase(string File, long TemplateId, IReadOnlyList<long> TabIds)
{
    /// <summary>Makes one.</summary>
    public static async Task<TabbedDatabase> MakeAsync(Bench bench, int tabs)
    {
        var file = await bench.Databases.CopyAsync(bench.Effort.Medium);
        await using var data = await RegistryData.OpenAsync(file);
        var templates = data.Get<TemplateRepository>();
        var furnished = await templates.ListAsync(new PageRequest(100, null, "id"), null);
        foreach (var one in furnished.Items)
            await templates.DeleteAsync(one.Id);
        var template = await templates.AddAsync(new TemplateContent("Many tabs", "", []));
        var tabIds = new List<long>();
        foreach (var number in Enumerable.Range(0, tabs))
        {
            bench.Stop.ThrowIfCancellationRequested();
            tabIds.Add((await data.Get<TabRepository>().AddAsync(template.Id, TabVariety.At(number)))!.Id);
        }

        return new TabbedDatabase(file, template.Id, tabIds);
    }
}
