using System.Diagnostics;
using Qhana.Registry.Benchmarks.Reporting;
using Qhana.Registry.Benchmarks.Seeding;
using Qhana.Registry.Data;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>The time to store a batch of changed plugins with many tabs ÷ with none.</summary>
public sealed class StoringWithTabs : IMeasure
{
    private const int Batch = 50;
    private const int WarmUpRounds = 20;

    /// <inheritdoc />
    public string Name => "tab-store";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        var effort = bench.Effort;
        var variety = await bench.Databases.PluginsAsync();
        await using var tabbed = await RegistryData.OpenAsync((await TabbedDatabase.MakeAsync(bench, effort.Tabs)).File);
        await using var plain = await RegistryData.OpenAsync((await TabbedDatabase.MakeAsync(bench, 0)).File);
        var (with, without) = (new List<double>(), new List<double>());
        for (var round = -WarmUpRounds; round < effort.StoreRounds; round++)
        {
            bench.Stop.ThrowIfCancellationRequested();
            var batch = ChangedPlugins(variety, effort.Medium, round + WarmUpRounds);
            var (a, b) = round % 2 == 0
                ? (await TimeAsync(tabbed, batch), await TimeAsync(plain, batch))
                : Swap(await TimeAsync(plain, batch), await TimeAsync(tabbed, batch));
            if (round < 0)
                continue;
            with.Add(a);
            without.Add(b);
        }

        bench.Report.Add(
            FormattableString.Invariant($"storing {Batch} changed plugins of {effort.Medium:N0} with {effort.Tabs} tabs ÷ with none"),
            new Samples(with).Over(new Samples(without)), Requirement.AtMost(3),
            FormattableString.Invariant($"{new Samples(with).Median:0.##} ms ÷ {new Samples(without).Median:0.##} ms"));

        static (double, double) Swap(double first, double second) => (second, first);
    }

    /// <summary>The next plugins in turn, with changes that filters by name and tag see.</summary>
    private static List<FoundPlugin> ChangedPlugins(PluginVariety variety, int plugins, int round) =>
    [
        .. from i in Enumerable.Range(round * Batch, Batch)
           let plugin = variety.At(i % plugins)
           select new FoundPlugin(1, plugin with
           {
               Title = FormattableString.Invariant($"{plugin.Title} in round {round}"),
               Tags = round % 2 == 0 ? [.. plugin.Tags, "changed"] : [.. plugin.Tags.Skip(1)],
           }),
    ];

    private static async Task<double> TimeAsync(RegistryData data, IReadOnlyList<FoundPlugin> batch)
    {
        var started = Stopwatch.GetTimestamp();
        var outcomes = await data.Get<PluginStore>().StoreAsync(batch, DateTimeOffset.UtcNow, (_, _) => false);
        var time = Stopwatch.GetElapsedTime(started);
        return outcomes.All(o => o == StoreOutcome.Changed)
            ? time.TotalMilliseconds
            : throw new InvalidOperationException("A plugin was not stored as changed.");
    }
}
