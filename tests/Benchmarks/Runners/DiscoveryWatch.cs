using System.Diagnostics;
using Qhana.Registry.Benchmarks.Servers;

namespace Qhana.Registry.Benchmarks.Runners;

/// <summary>Watches a discovery run from both of its ends: the requests that reach runners, and what the registry says.</summary>
public static class DiscoveryWatch
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Waits for the end of a run; returns the time since the first request that reached a runner.</summary>
    /// <param name="registry">Who discovers.</param>
    /// <param name="runners">Who is discovered.</param>
    /// <param name="requests">How many requests there are in a whole run.</param>
    /// <param name="plugins">How many plugins there are after it.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="InvalidDataException">There are other plugins after it.</exception>
    public static async Task<TimeSpan> EndAsync(
        ServerProcess registry, FakeRunners runners, int requests, int plugins, CancellationToken stop)
    {
        using var client = new RegistryClient(registry, stop);
        var clock = Stopwatch.StartNew();
        while (runners.Requests < requests || await client.IsDiscoveringAsync())
        {
            if (clock.Elapsed > Patience)
                throw new TimeoutException($"Only {runners.Requests} of {requests} requests reached the runners, or the run does not end.");
            await Task.Delay(Pace, stop);
        }

        var time = runners.SinceFirst;
        var count = await client.CountPluginsAsync();
        return count == plugins ? time : throw new InvalidDataException($"{count} plugins were discovered, not {plugins}.");
    }
}
