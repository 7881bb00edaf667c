using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>
/// Purges by its schedule, never while discovery runs and not before its first run has ended: until then nobody has asked
/// whether the plugins of the last time are still there.
/// </summary>
public sealed class PurgeScheduler(
    PluginRepository plugins,
    DiscoveryClock clock,
    DiscoveryOptions options,
    TimeProvider time,
    ILogger<PurgeScheduler> logger) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (Age is null)
                return;
            clock.NextPurge = options.Purge.First(time.GetUtcNow());
            await clock.FirstRun.WaitAsync(stoppingToken);
            while (clock.NextPurge is { } planned)
            {
                var now = time.GetUtcNow();
                var next = options.Purge.Corrected(planned, now);
                clock.NextPurge = next;
                var wait = next - now;
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait < LongestWait ? wait : LongestWait, time, stoppingToken);
                    continue;
                }

                await PurgeAsync(stoppingToken);
                clock.NextPurge = options.Purge.Next(now, time.GetUtcNow());
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The registry stops.
        }
    }

    private TimeSpan? Age => options.PurgeAfter.Effective(options.Discovery, time.GetUtcNow());

    private async Task PurgeAsync(CancellationToken stoppingToken)
    {
        if (Age is not { } age)
            return;
        using var turn = await clock.TakeTurnAsync(stoppingToken);
        try
        {
            var purged = await plugins.PurgeAsync(age);
            if (purged > 0)
                logger.LogInformation("Purged {PluginCount} plugins that were gone for {Age}", purged, age);
        }
        catch (Exception e) when (DatabaseFailures.IsUnavailable(e))
        {
            logger.LogWarning("The purge waits for its next turn, because the database cannot be used: {Reason}", e.Message);
        }
#pragma warning disable CA1031 // The loop survives anything; the next turn may go better.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogError(e, "The purge failed");
        }
    }
}
