using Qhana.Registry.Benchmarks.Load;
using Qhana.Registry.Benchmarks.Reporting;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>
/// What <see cref="WarmReads"/> measures in larger installations ÷ in a small one. Their answers have more bytes, so each
/// is compared with a bare Kestrel that sends its own.
/// </summary>
public sealed class WarmReadsBySize : IMeasure
{
    /// <inheritdoc />
    public string Name => "warm-by-size";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        var (effort, report) = (bench.Effort, bench.Report);
        await using var small = await Rival.StartAsync(bench, effort.Small, Subject.All);
        await using var medium = await Rival.StartAsync(bench, effort.Medium, Subject.All);
        await using var large = await Rival.StartAsync(bench, effort.Large, Subject.All);
        foreach (var subject in Subject.All)
        {
            var race = await Race.RunAsync(
                bench, [.. small.Contenders(subject), .. medium.Contenders(subject), .. large.Contenders(subject)]);
            var (atSmall, atMedium, atLarge) = (Share(race, 0), Share(race, 2), Share(race, 4));
            Add(medium, atMedium, null, race[2]);
            Add(large, atLarge, Requirement.AtLeast(0.9), race[4]);

            void Add(Rival rival, Samples share, Requirement? required, Performance performance) => report.Add(
                FormattableString.Invariant($"warm, {subject.Name}, {rival.Plugins:N0} plugins ÷ {small.Plugins}"),
                share.Over(atSmall), required,
                FormattableString.Invariant($"{share.Median:0.##} ÷ {atSmall.Median:0.##} of bare Kestrel; {performance} ÷ {race[0]}"));
        }
    }

    private static Samples Share(IReadOnlyList<Performance> race, int registry) =>
        race[registry].PerSecond.Over(race[registry + 1].PerSecond);
}
