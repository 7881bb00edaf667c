using System.Runtime.InteropServices;
using Qhana.Registry.Benchmarks.Measures;
using Qhana.Registry.Benchmarks.Reporting;
using Qhana.Registry.Benchmarks.Servers;

namespace Qhana.Registry.Benchmarks;

/// <summary>
/// Measures the registry against what it is made of, in ratios from one run, and prints them as a Markdown table:
/// <c>dotnet run -c Release --project tests/Benchmarks [-- --quick] [names of measures]</c>.
/// </summary>
public static class Program
{
    /// <summary>Everything that can be measured, in the order in which it is.</summary>
    private static IReadOnlyList<IMeasure> Measures =>
    [
        new WarmReads(),            // one plugin, pages, root, recommendations, a page load ÷ bare Kestrel
        new WarmReadsBySize(),      // the same at 5,000 and 100,000 plugins ÷ at 57
        new UncachedReads(),        // the same with another query each time ÷ bare Kestrel
        new UncachedPageBySize(),   // a page anywhere at 5,000 and 100,000 plugins ÷ at 57
        new RecommendationCost(),   // an uncached recommendation ÷ an uncached page
        new ReadsDuringDiscovery(), // warm reads while discovery goes on ÷ while it does not
        new StartUp(),              // start to first answer ÷ an empty minimal API
        new Memory(),               // after start, and under load
        new DiscoveryTime(),        // 5,000 plugins over 10 runners ÷ ideal; the same again ÷ first
        new HangingSeeds(),         // 500 seeds, a tenth of them hanging ÷ fetch timeout
        new StoringWithTabs(),      // storing changed plugins with 200 tabs ÷ with none
        new ChangingFilters(),      // changing a tab's filter, and who waits for it
    ];

    /// <summary>
    /// Runs the measures that are asked for. 0: every requirement holds; 1: one does not, or a measure did not end; 2: the
    /// command line asks for something else.
    /// </summary>
    public static async Task<int> Main(string[] args)
    {
        if (args is [BareKestrel.Command])
            return await BareKestrel.ServeAsync();
        if (args is [EmptyApi.Command])
            return await EmptyApi.ServeAsync();

        if (!BenchmarkOptions.TryParse(args, [.. Measures.Select(m => m.Name)], out var options, out var message))
        {
            Console.WriteLine(message);
            return 2;
        }

        using var stop = new CancellationTokenSource();
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await MeasureAsync(options, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            // Not at once: the servers and the folder of this run go first.
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> MeasureAsync(BenchmarkOptions options, CancellationToken stop)
    {
        var report = new Report(options.Effort);
        using (var bench = new Bench(options, report, stop))
        {
            foreach (var measure in Measures.Where(m => options.Names.Count == 0 || options.Names.Contains(m.Name)))
            {
                try
                {
                    await measure.RunAsync(bench);
                }
                catch when (stop.IsCancellationRequested)
                {
                    break;
                }
#pragma warning disable CA1031 // What was measured before must not be lost, nor what comes after.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    report.Fail(measure.Name, e);
                }
            }
        }

        Console.WriteLine(report.ToMarkdown());
        return report.IsOk && !stop.IsCancellationRequested ? 0 : 1;
    }
}
