using Qhana.Registry.Data;
using Qhana.Registry.Discovery;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Discovery;

public sealed class PluginIntakeTests
{
    /// <summary>A database that is slower than the runners: what they send must not pile up in memory.</summary>
    [Fact]
    public async Task While_A_Batch_Waits_To_Be_Stored_Nothing_More_Is_To_Be_Fetched()
    {
        var storing = new TaskCompletionSource();
        var stored = new TaskCompletionSource();
        await using var intake = new PluginIntake(
            async (found, _, _) =>
            {
                storing.TrySetResult();
                await stored.Task;
                return [.. found.Select(_ => StoreOutcome.Added)];
            },
            new DiscoveryOptions { BatchSize = 2, BatchDelay = TimeSpan.Zero },
            TimeProvider.System);
        var first = StoreAsync(intake, 0, 1);
        await storing.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        var hadRoom = intake.WaitForRoomAsync(TestContext.Current.CancellationToken).IsCompleted;
        // A batch that waits, and a plugin more.
        var second = StoreAsync(intake, 1, 3);
        var roomWhileFull = intake.WaitForRoomAsync(TestContext.Current.CancellationToken);
        var hadRoomWhileFull = roomWhileFull.IsCompleted;
        stored.SetResult();

        Assert.Equal((true, false), (hadRoom, hadRoomWhileFull));
        await roomWhileFull.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.All([.. await first, .. await second], outcome => Assert.Equal(StoreOutcome.Added, outcome));
    }

    private static Task<StoreOutcome[]> StoreAsync(PluginIntake intake, int from, int count) => Task.WhenAll(
        Enumerable.Range(from, count).Select(i => intake.StoreAsync(new FoundPlugin(1, PluginDocument.Stored($"p{i}")), _ => false)));
}
