using System.Globalization;
using Qhana.Registry.Benchmarks.Load;
using Qhana.Registry.Benchmarks.Reporting;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>A page of 25 anywhere that nobody asked for before, in larger installations ÷ in a small one.</summary>
public sealed class UncachedPageBySize : IMeasure
{
    /// <inheritdoc />
    public string Name => "uncached-by-size";

    /// <summary>Pages of 25 that begin anywhere.</summary>
    /// <param name="plugins">How many plugins there are, with ids from 1.</param>
    public static RequestPlan PagesAnywhere(int plugins) => RequestPlan.Vary(random =>
        $"/api/plugins/?item-count=25&cursor={(random.Next(plugins) + 1).ToString(CultureInfo.InvariantCulture)}&sort=name,-version");

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        var (effort, report) = (bench.Effort, bench.Report);
        await using var small = await bench.StartRegistryAsync(await bench.Databases.FileAsync(effort.Small));
        await using var medium = await bench.StartRegistryAsync(await bench.Databases.FileAsync(effort.Medium));
        await using var large = await bench.StartRegistryAsync(await bench.Databases.FileAsync(effort.Large));
        var race = await Race.RunAsync(
            bench,
            new Contender(small, PagesAnywhere(effort.Small)),
            new Contender(medium, PagesAnywhere(effort.Medium)),
            new Contender(large, PagesAnywhere(effort.Large)));
        Add(effort.Medium, race[1], null);
        Add(effort.Large, race[2], Requirement.AtLeast(0.33));

        void Add(int plugins, Performance performance, Requirement? required) => report.Add(
            FormattableString.Invariant($"uncached, page of 25 anywhere, {plugins:N0} plugins ÷ {effort.Small}"),
            performance.PerSecond.Over(race[0].PerSecond), required, $"{performance} ÷ {race[0]}");
    }
}
