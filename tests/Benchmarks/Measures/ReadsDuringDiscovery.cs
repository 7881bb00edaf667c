using Qhana.Registry.Benchmarks.Load;
using Qhana.Registry.Benchmarks.Reporting;
using Qhana.Registry.Benchmarks.Runners;
using Qhana.Registry.Benchmarks.Servers;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>
/// Warm reads while a discovery run goes on ÷ while none does: a run that finds everything as it was, and one that finds
/// every plugin changed, so that answers do not stay true for long. Each has a registry and a slow runner of its own; a
/// runner waits while it is not the turn of its registry.
/// </summary>
public sealed class ReadsDuringDiscovery : IMeasure
{
    /// <inheritdoc />
    public string Name => "during-discovery";

    /// <inheritdoc />
    public async Task RunAsync(Bench bench)
    {
        // The shortest interval there is, and a run takes longer: the next one follows at once.
        const string always = "5";
        await using var quiet = await Site.StartAsync(bench, "86400", isFickle: false);
        await using var same = await Site.StartAsync(bench, always, isFickle: false);
        await using var changing = await Site.StartAsync(bench, always, isFickle: true);
        foreach (var subject in (Subject[])[Subject.PageOf25, Subject.Plugin, Subject.Root])
        {
            await same.WaitForRunAsync(bench.Stop);
            await changing.WaitForRunAsync(bench.Stop);
            var race = await Race.RunAsync(bench, quiet.Contender(subject), same.Contender(subject), changing.Contender(subject));
            Add(subject, "a run without news", race, 1, same);
            Add(subject, "a run that changes every plugin", race, 2, changing);
        }

        void Add(Subject subject, string run, IReadOnlyList<Performance> race, int contender, Site site)
        {
            var requests = site.RequestsInTurns();
            bench.Report.Add(
                $"warm, {subject.Name}, during {run} ÷ without one", race[contender].PerSecond.Over(race[0].PerSecond),
                Requirement.AtLeast(0.7),
                FormattableString.Invariant($"{race[contender]} ÷ {race[0]}; {requests.Low:N0} – {requests.High:N0} requests to the runner in a turn"));
        }
    }

    private sealed record Site(FakeRunners Runners, ServerProcess Registry) : IAsyncDisposable
    {
        private readonly List<double> _requests = [];

        public static async Task<Site> StartAsync(Bench bench, string interval, bool isFickle)
        {
            var effort = bench.Effort;
            var runners = await FakeRunners.StartAsync(await bench.Databases.PluginsAsync(), 1, effort.Medium);
            runners.IsFickle = isFickle;
            ServerProcess? registry = null;
            try
            {
                registry = await bench.StartRegistryAsync(
                    bench.NewFile(), ("INITIAL_PLUGIN_SEEDS", runners.Seeds), ("PLUGIN_DISCOVERY_INTERVAL", interval));
                await DiscoveryWatch.EndAsync(registry, runners, runners.Needed(1), effort.Medium, bench.Stop);
                runners.Latency = effort.TrickleLatency;
                return new Site(runners, registry);
            }
            catch
            {
                if (registry is not null)
                    await registry.DisposeAsync();
                await runners.DisposeAsync();
                throw;
            }
        }

        public Contender Contender(Subject subject) => new(Registry, RequestPlan.Repeat(subject))
        {
            Begins = () =>
            {
                Runners.Forget();
                Runners.Resume();
            },
            Ends = () =>
            {
                Runners.Pause();
                _requests.Add(Runners.Requests);
            },
        };

        /// <summary>Waits until a run is going on.</summary>
        public async Task WaitForRunAsync(CancellationToken stop)
        {
            _requests.Clear();
            Runners.Forget();
            Runners.Resume();
            while (Runners.Requests < 10)
                await Task.Delay(10, stop);
        }

        /// <summary>How many requests its runner got in its turns.</summary>
        /// <exception cref="InvalidOperationException">There was no discovery in most of them.</exception>
        public Samples RequestsInTurns() => new Samples(_requests) is { Median: > 0 } requests
            ? requests
            : throw new InvalidOperationException("No discovery was going on.");

        public async ValueTask DisposeAsync()
        {
            await Registry.DisposeAsync();
            await Runners.DisposeAsync();
        }
    }
}
