using Qhana.Registry.Benchmarks.Reporting;
using Qhana.Registry.Benchmarks.Servers;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>The time from the start of the process to its first answer, with a filled database ÷ an empty minimal API.</summary>
public sealed class StartUp : IMeasure
{
    /// <inheritdoc />
    public string Name => "start-up";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        var file = await bench.Databases.FileAsync(bench.Effort.Medium);
        var (registry, empty, bare) = (new List<double>(), new List<double>(), new List<double>());
        // The first start of each reads its files from disk.
        for (var round = -1; round < bench.Effort.Starts; round++)
        {
            await TimeAsync(() => bench.StartRegistryAsync(file), registry, round);
            await TimeAsync(() => bench.StartSelfAsync(EmptyApi.Command), empty, round);
            await TimeAsync(() => bench.StartSelfAsync(BareKestrel.Command), bare, round);
        }

        var times = new Samples(registry);
        bench.Report.Add(
            "start to first answer ÷ empty minimal API", times.Over(new Samples(empty)), Requirement.AtMost(2.5),
            FormattableString.Invariant($"registry {times.Median:N0} ms, empty {new Samples(empty).Median:N0} ms"));
        bench.Report.Add(
            "start to first answer ÷ bare Kestrel", times.Over(new Samples(bare)), null,
            FormattableString.Invariant($"bare {new Samples(bare).Median:N0} ms"));
    }

    private static async Task TimeAsync(Func<Task<ServerProcess>> start, List<double> times, int round)
    {
        await using var server = await start();
        if (round >= 0)
            times.Add(server.StartTime.TotalMilliseconds);
    }
}
