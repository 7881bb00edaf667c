using Qhana.Registry.Benchmarks.Load;
using Qhana.Registry.Benchmarks.Reporting;
using Qhana.Registry.Benchmarks.Servers;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>Resident memory after the start, and the most there was under load, with more plugins than anybody has.</summary>
public sealed class Memory : IMeasure
{
    private const int Starts = 3;

    /// <inheritdoc />
    public string Name => "memory";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        var (effort, report) = (bench.Effort, bench.Report);
        var file = await bench.Databases.FileAsync(effort.Large);
        var (idle, peak, after) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Starts; i++)
        {
            await using var registry = await bench.StartRegistryAsync(file);
            await Task.Delay(effort.Idle, bench.Stop);
            if (registry.Memory is not { } atFirst)
            {
                Console.Error.WriteLine("Memory is measured on Linux only.");
                return;
            }

            idle.Add(atFirst.Now);
            await LoadAsync(bench, registry);
            peak.Add(registry.Memory!.Peak);
            await Task.Delay(effort.Idle, bench.Stop);
            after.Add(registry.Memory!.Now);
        }

        report.Add("memory after start, MiB", new Samples(idle), Requirement.AtMost(110));
        report.Add(
            FormattableString.Invariant($"memory under load, {effort.Large:N0} plugins, MiB"), new Samples(peak), Requirement.AtMost(300),
            FormattableString.Invariant($"the most there was; {new Samples(after).Median:N0} MiB some seconds after"));
    }

    private static async Task LoadAsync(Bench bench, ServerProcess registry)
    {
        foreach (var plan in (RequestPlan[])
            [
                .. Subject.All.Select(RequestPlan.Repeat),
                UncachedPageBySize.PagesAnywhere(bench.Effort.Large),
                RequestPlan.Vary(_ => "/api/plugins/?item-count=100"),
                RequestPlan.Vary(_ => Subject.Recommendation),
            ])
        {
            bench.Stop.ThrowIfCancellationRequested();
            using var load = new LoadGenerator(registry, plan);
            await load.RunAsync(bench.Effort.MemoryLoad);
        }
    }
}
