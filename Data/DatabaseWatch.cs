using System.Data.Common;

namespace Qhana.Registry.Data;

/// <summary>Looks now and then whether another process, such as a command, has changed the database.</summary>
public sealed class DatabaseWatch(Database database) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        try
        {
            do
            {
                try
                {
                    await database.NoticeOthersAsync();
                }
                catch (DbException)
                {
                    // Whoever needs the database next is told; this only looks.
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The registry stops.
        }
    }
}
