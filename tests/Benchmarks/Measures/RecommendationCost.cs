using Qhana.Registry.Benchmarks.Load;
using Qhana.Registry.Benchmarks.Reporting;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>The cost of a recommendation that nobody asked for before ÷ that of such a page of 25.</summary>
public sealed class RecommendationCost : IMeasure
{
    /// <inheritdoc />
    public string Name => "recommendation-cost";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        var plugins = bench.Effort.Medium;
        await using var registry = await bench.StartRegistryAsync(await bench.Databases.FileAsync(plugins));
        var race = await Race.RunAsync(
            bench,
            new Contender(registry, RequestPlan.Vary(_ => Subject.Recommendation)),
            new Contender(registry, RequestPlan.Vary(_ => Subject.PageOf25.Targets[0])));
        bench.Report.Add(
            FormattableString.Invariant($"uncached, time of a recommendation ÷ page of 25, {plugins:N0} plugins"),
            race[1].PerSecond.Over(race[0].PerSecond), Requirement.AtMost(10),
            $"recommendation {race[0]}, page {race[1]}");
    }
}
