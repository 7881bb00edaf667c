using System.Data.Common;

namespace Qhana.Registry.Data;

/// <summary>Looks now and then whether another process, such as a command, has changed the database.</summary>
public sealed class DatabaseWatch(Database database, ILogger<DatabaseWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        try
        {
            do
                await LookAsync();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The registry stops.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            await database.NoticeOthersAsync();
        }
        catch (DbException)
        {
            // Whoever needs the database next is told; this only looks.
        }
#pragma warning disable CA1031 // The loop survives anything; the next look may go better.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.LogError(e, "The look for what other processes changed failed");
        }
    }
}
