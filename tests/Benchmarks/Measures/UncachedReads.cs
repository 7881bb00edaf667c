using Qhana.Registry.Benchmarks.Load;
using Qhana.Registry.Benchmarks.Reporting;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>What nobody asked for before, another query each time ÷ bare Kestrel with the bytes of such an answer.</summary>
public sealed class UncachedReads : IMeasure
{
    /// <inheritdoc />
    public string Name => "uncached";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        await using var rival = await Rival.StartAsync(bench, bench.Effort.Small, Subject.All);
        foreach (var subject in Subject.All)
        {
            var race = await Race.RunAsync(
                bench,
                new Contender(rival.Registry, RequestPlan.Vary(subject)),
                new Contender(rival.Bare, RequestPlan.Repeat(subject)));
            bench.Report.Add(
                $"uncached, {subject.Name} ÷ bare Kestrel", race[0].PerSecond.Over(race[1].PerSecond),
                subject == Subject.PageOf25 ? Requirement.AtLeast(0.1) : null, $"registry {race[0]}, bare {race[1]}");
        }
    }
}
