using Qhana.Registry.Benchmarks.Reporting;
using Qhana.Registry.Benchmarks.Runners;
using Qhana.Registry.Discovery;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>The time of a discovery of many seeds, of which a tenth never answers ÷ how long an answer may take.</summary>
public sealed class HangingSeeds : IMeasure
{
    private const int PluginsEach = 2;
    private const int EveryWhich = 10;

    /// <inheritdoc />
    public string Name => "hanging-seeds";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        var effort = bench.Effort;
        await using var runners = await FakeRunners.StartAsync(await bench.Databases.PluginsAsync(), effort.Seeds, PluginsEach);
        runners.Latency = effort.RunnerLatency;
        runners.Hangs = static runner => runner % EveryWhich == EveryWhich / 2;
        var hanging = Enumerable.Range(0, effort.Seeds).Count(runners.Hangs);
        var healthy = effort.Seeds - hanging;

        var times = new List<double>();
        for (var round = 0; round < effort.DiscoveryRounds; round++)
        {
            runners.Forget();
            await using var registry = await bench.StartRegistryAsync(
                bench.NewFile(), ("INITIAL_PLUGIN_SEEDS", runners.Seeds), ("PLUGIN_DISCOVERY_INTERVAL", "86400"));
            var time = await DiscoveryWatch.EndAsync(
                registry, runners, runners.Needed(healthy) + hanging, healthy * PluginsEach, bench.Stop);
            times.Add(time.TotalMilliseconds);
        }

        var limit = new DiscoveryOptions().DocumentTimeout;
        bench.Report.Add(
            FormattableString.Invariant($"discovery of {effort.Seeds} seeds of which {hanging} hang ÷ fetch timeout"),
            new Samples(times).Over(limit.TotalMilliseconds), Requirement.AtMost(2),
            FormattableString.Invariant($"{new Samples(times).Median:N0} ms ÷ {limit.TotalMilliseconds:N0} ms; all plugins of the others are there"));
    }
}
