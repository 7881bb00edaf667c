using Qhana.Registry.Benchmarks.Reporting;
using Qhana.Registry.Benchmarks.Servers;

namespace Qhana.Registry.Benchmarks.Load;

/// <summary>One side of a race.</summary>
/// <param name="Server">Who is asked.</param>
/// <param name="Plan">What is asked.</param>
public sealed record Contender(ServerProcess Server, RequestPlan Plan)
{
    /// <summary>Called just before its turn.</summary>
    public Action Begins { get; init; } = static () => { };

    /// <summary>Called just after its turn.</summary>
    public Action Ends { get; init; } = static () => { };
}

/// <summary>What one side of a race did, round by round.</summary>
/// <param name="PerSecond">Requests a second.</param>
/// <param name="Processor">Processor time of the server for a request, in microseconds.</param>
public sealed record Performance(Samples PerSecond, Samples Processor)
{
    /// <summary>For people.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{PerSecond.Median:N0}/s ({Processor.Median:N0} µs of processor each)");
}

/// <summary>
/// Drives several servers in turn, round after round, so that whatever else the machine does meets all of them alike.
/// </summary>
public static class Race
{
    /// <summary>Runs a race; returns what each contender did.</summary>
    public static async Task<IReadOnlyList<Performance>> RunAsync(Bench bench, params IReadOnlyList<Contender> contenders)
    {
        var lanes = new List<Lane>();
        try
        {
            foreach (var contender in contenders)
                lanes.Add(new Lane(contender));
            foreach (var lane in lanes)
                await lane.RunAsync(bench.Effort.WarmUp, isCounted: false);
            for (var round = 0; round < bench.Effort.Rounds; round++)
            {
                bench.Stop.ThrowIfCancellationRequested();
                // To and fro, so that nobody always comes first.
                foreach (var lane in round % 2 == 0 ? lanes : lanes.AsEnumerable().Reverse())
                    await lane.RunAsync(bench.Effort.Window, isCounted: true);
            }

            return [.. lanes.Select(lane => lane.Performance)];
        }
        finally
        {
            foreach (var lane in lanes)
                lane.Dispose();
        }
    }

    private sealed class Lane(Contender contender) : IDisposable
    {
        private readonly LoadGenerator _load = new(contender.Server, contender.Plan);
        private readonly List<double> _perSecond = [];
        private readonly List<double> _processor = [];

        public Performance Performance => new(new Samples(_perSecond), new Samples(_processor));

        public async Task RunAsync(TimeSpan window, bool isCounted)
        {
            contender.Begins();
            var before = contender.Server.ProcessorTime;
            var perSecond = await _load.RunAsync(window);
            var spent = contender.Server.ProcessorTime - before;
            contender.Ends();
            if (!isCounted)
                return;
            _perSecond.Add(perSecond);
            _processor.Add(spent.TotalMicroseconds / (perSecond * window.TotalSeconds));
        }

        public void Dispose() => _load.Dispose();
    }
}
