using Qhana.Registry.Benchmarks.Reporting;
using Qhana.Registry.Benchmarks.Runners;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>
/// The time of a first discovery of many plugins ÷ what the latency of the runners makes of it at least; the time of
/// the same again, unchanged ÷ the first; and that this writes no plugin.
/// </summary>
public sealed class DiscoveryTime : IMeasure
{
    // PLUGIN_BATCH_SIZE where nothing is set, and at most 8 at one host.
    private const int RequestsAtOnce = 50;
    private const int RequestsAtOneHost = 8;

    /// <inheritdoc />
    public string Name => "discovery";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        var (effort, report) = (bench.Effort, bench.Report);
        await using var runners = await FakeRunners.StartAsync(
            await bench.Databases.PluginsAsync(), effort.Runners, effort.PluginsPerRunner);
        var plugins = FormattableString.Invariant(
            $"discovery of {effort.Runners * effort.PluginsPerRunner:N0} plugins over {effort.Runners} runners");

        var slow = await RunAsync(bench, runners, effort.RunnerLatency);
        var atOnce = Math.Min(RequestsAtOnce, RequestsAtOneHost * effort.Runners);
        var ideal = effort.RunnerLatency.TotalMilliseconds * runners.Needed(effort.Runners) / atOnce;
        report.Add(
            $"{plugins} ÷ ideal", slow.First.Over(ideal), Requirement.AtMost(2),
            FormattableString.Invariant($"{slow.First.Median:N0} ms ÷ {ideal:N0} ms; {slow.FirstProcessor.Median:N0} ms of processor"));
        report.Add(
            "the same again, unchanged ÷ first", slow.Again.Over(slow.First), Requirement.AtMost(0.6),
            FormattableString.Invariant($"{slow.Again.Median:N0} ms, {slow.Again.Over(ideal).Median:0.##} of ideal; {slow.AgainProcessor.Median:N0} ms of processor"));
        report.Add("the same again, rows of table plugin written", slow.Written, Requirement.AtMost(0));

        // Without latency, what is left is the registry's own work.
        var quick = await RunAsync(bench, runners, TimeSpan.Zero);
        report.Add(
            "the same again ÷ first, runners that answer at once", quick.Again.Over(quick.First), null,
            FormattableString.Invariant($"{quick.Again.Median:N0} ms ÷ {quick.First.Median:N0} ms"));
    }

    private sealed record Times(Samples First, Samples FirstProcessor, Samples Again, Samples AgainProcessor, Samples Written);

    private static async Task<Times> RunAsync(Bench bench, FakeRunners runners, TimeSpan latency)
    {
        runners.Latency = latency;
        var times = new Times(new([]), new([]), new([]), new([]), new([]));
        for (var round = 0; round < bench.Effort.DiscoveryRounds; round++)
        {
            var file = bench.NewFile();
            var first = await DiscoverAsync(bench, runners, file);
            using var writes = new WriteCounter(file, "plugin");
            var again = await DiscoverAsync(bench, runners, file);
            times = new Times(
                And(times.First, first.Time), And(times.FirstProcessor, first.Processor),
                And(times.Again, again.Time), And(times.AgainProcessor, again.Processor),
                And(times.Written, writes.Count()));
        }

        return times;

        static Samples And(Samples samples, double value) => new([.. samples.Values, value]);
    }

    /// <summary>Starts a registry, which discovers at once; in a new process each time, so that all runs begin alike.</summary>
    private static async Task<(double Time, double Processor)> DiscoverAsync(Bench bench, FakeRunners runners, string file)
    {
        var effort = bench.Effort;
        runners.Forget();
        await using var registry = await bench.StartRegistryAsync(
            file, ("INITIAL_PLUGIN_SEEDS", runners.Seeds), ("PLUGIN_DISCOVERY_INTERVAL", "86400"));
        var time = await DiscoveryWatch.EndAsync(
            registry, runners, runners.Needed(effort.Runners), effort.Runners * effort.PluginsPerRunner, bench.Stop);
        return (time.TotalMilliseconds, registry.ProcessorTime.TotalMilliseconds);
    }
}
