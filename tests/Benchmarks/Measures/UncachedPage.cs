using Qhana.Registry.Benchmarks.Load;
using Qhana.Registry.Benchmarks.Reporting;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>A page of 25 that nobody asked for before ÷ bare Kestrel with the bytes of such a page.</summary>
public sealed class UncachedPage : IMeasure
{
    /// <inheritdoc />
    public string Name => "uncached";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        await using var rival = await Rival.StartAsync(bench, bench.Effort.Small, [Subject.PageOf25]);
        var race = await Race.RunAsync(
            bench,
            new Contender(rival.Registry, RequestPlan.Vary(_ => Subject.PageOf25.Targets[0])),
            new Contender(rival.Bare, RequestPlan.Repeat(Subject.PageOf25)));
        bench.Report.Add(
            "uncached, page of 25 ÷ bare Kestrel", race[0].PerSecond.Over(race[1].PerSecond), Requirement.AtLeast(0.1),
            $"registry {race[0]}, bare {race[1]}");
    }
}
