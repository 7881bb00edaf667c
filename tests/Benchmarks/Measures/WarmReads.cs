using Qhana.Registry.Benchmarks.Load;
using Qhana.Registry.Benchmarks.Reporting;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>The same read over and over, in a small installation ÷ bare Kestrel with the same bytes.</summary>
public sealed class WarmReads : IMeasure
{
    /// <inheritdoc />
    public string Name => "warm";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        await using var rival = await Rival.StartAsync(bench, bench.Effort.Small, Subject.All);
        foreach (var subject in Subject.All)
        {
            var race = await Race.RunAsync(bench, rival.Contenders(subject));
            bench.Report.Add(
                $"warm, {subject.Name} ÷ bare Kestrel", race[0].PerSecond.Over(race[1].PerSecond), Requirement.AtLeast(0.75),
                $"registry {race[0]}, bare {race[1]}");
        }
    }
}
