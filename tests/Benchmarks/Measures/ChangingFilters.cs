using System.Diagnostics;
using Qhana.Registry.Benchmarks.Reporting;
using Qhana.Registry.Benchmarks.Servers;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>
/// The time to give a tab another filter by name, over HTTP, in a large installation with many tabs; and the longest
/// wait of those who write meanwhile ÷ a normal write.
/// </summary>
public sealed class ChangingFilters : IMeasure
{
    private const int NormalWrites = 50;

    /// <inheritdoc />
    public string Name => "tab-filter";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        var effort = bench.Effort;
        var database = await TabbedDatabase.MakeAsync(bench, effort.Tabs);
        await using var registry = await bench.StartRegistryAsync(database.File);
        using var client = new RegistryClient(registry, bench.Stop);
        using var writer = new RegistryClient(registry, bench.Stop);
        var (changes, normal, slowest, waits) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = -2; round < effort.FilterRounds; round++)
        {
            var writes = new List<double>();
            for (var i = 0; i < NormalWrites; i++)
                writes.Add(await WriteAsync(writer));
            var (change, wait) = await ChangeAsync(client, writer, database, round);
            if (round < 0)
                continue;
            normal.Add(new Samples(writes).Median);
            slowest.Add(writes.Max());
            changes.Add(change);
            waits.Add(wait);
        }

        var matching = await client.CountPluginsOfTabAsync(database.TabIds[0]);
        if (matching == 0)
            throw new InvalidDataException("The filter that was set last matches nothing.");
        bench.Report.Add(
            FormattableString.Invariant($"changing a tab's filter by name, {effort.Medium:N0} plugins, ms"), new Samples(changes),
            Requirement.AtMost(1000), FormattableString.Invariant($"{matching:N0} of them match"));
        bench.Report.Add(
            "longest wait of a write meanwhile ÷ a normal write", new Samples(waits).Over(new Samples(normal)), Requirement.AtMost(10),
            FormattableString.Invariant(
                $"{new Samples(waits).Median:0.##} ms ÷ {new Samples(normal).Median:0.##} ms; the longest of {NormalWrites} normal ones takes {new Samples(slowest).Median:0.##} ms"));
    }

    /// <summary>Changes the filter while somebody writes; returns both times, in milliseconds.</summary>
    private static async Task<(double Change, double LongestWait)> ChangeAsync(
        RegistryClient client, RegistryClient writer, TabbedDatabase database, int round)
    {
        var name = round % 2 == 0 ? "Quantum k Nearest Neighbours" : "Similarities to distances transformers";
        var change = TimeAsync(
            () => client.ChangeFilterAsync(database.TemplateId, database.TabIds[0], $$"""{"name": "{{name}}"}"""));
        var longest = 0.0;
        do
            longest = Math.Max(longest, await WriteAsync(writer));
        while (!change.IsCompleted);
        return (await change, longest);
    }

    private static Task<double> WriteAsync(RegistryClient writer) =>
        TimeAsync(() => writer.SetEnvAsync("BENCHMARK", Guid.NewGuid().ToString()));

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
