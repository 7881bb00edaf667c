using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>
/// Runs discovery: over all seeds at start-up and by the schedule, and over what cannot wait as soon as it is asked for.
/// Runs never overlap; what comes while one goes on joins it.
/// </summary>
public sealed class DiscoveryScheduler(
    IServiceProvider services,
    SeedRepository seeds,
    DiscoveryQueue queue,
    DiscoveryClock clock,
    DiscoveryOptions options,
    TimeProvider time,
    ILogger<DiscoveryScheduler> logger) : BackgroundService
{
    // A delay has a longest length; longer waits are taken in pieces.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        clock.NextRun = options.Discovery.First(now) is null ? null : now;
        if (clock.NextRun is null)
            clock.FirstRunEnded();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var isDue = await WaitAsync(stoppingToken);
                await RunOnceAsync(isDue, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The loop survives anything; the next turn may go better.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (DatabaseFailures.IsUnavailable(e))
                    logger.LogWarning("A discovery run ended early, because the database cannot be used: {Reason}", e.Message);
                else
                    logger.LogError(e, "A discovery run failed");
                await Task.Delay(TimeSpan.FromSeconds(1), time, stoppingToken).ContinueWith(static _ => { }, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Waits for the schedule (true) or the queue (false).</summary>
    private async Task<bool> WaitAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            clock.NextRun = clock.NextRun is { } planned ? options.Discovery.Corrected(planned, now) : null;
            var wait = clock.NextRun is { } next ? next - now : LongestWait;
            if (wait <= TimeSpan.Zero)
                return true;
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var more = queue.WaitAsync(seedsOnly: false);
            var first = await Task.WhenAny(more, Task.Delay(wait < LongestWait ? wait : LongestWait, time, ended.Token));
            stoppingToken.ThrowIfCancellationRequested();
            await ended.CancelAsync();
            if (first == more)
                return false;
        }
    }

    private async Task RunOnceAsync(bool isDue, CancellationToken stoppingToken)
    {
        using var turn = await clock.TakeTurnAsync(stoppingToken);
        var started = time.GetUtcNow();
        clock.LastRun = started;
        clock.Running = true;
        try
        {
            IReadOnlyList<Visit> visits = isDue
                ? [.. (await seeds.AllAsync()).Select(s => new SeedVisit(s.Id, s.Url))]
                : TakeWaiting();
            await using var scope = services.CreateAsyncScope();
            var run = scope.ServiceProvider.GetRequiredService<DiscoveryRun>();
            var due = isDue ? options.Discovery.Next(started, started) : clock.NextRun;
            await run.RunAsync(visits, isDue, queue, due, stoppingToken);
            if (isDue)
                clock.FirstRunEnded();
        }
        finally
        {
            clock.Running = false;
            if (isDue)
                clock.NextRun = options.Discovery.Next(started, time.GetUtcNow());
        }
    }

    private List<Visit> TakeWaiting()
    {
        var visits = new List<Visit>();
        while (visits.Count < LateVisits.MostAtOnce && queue.TryTake(seedsOnly: false, out var visit))
            visits.Add(visit);
        return visits;
    }
}
