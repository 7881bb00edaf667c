using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>
/// Takes visits from the queue into a run that is under way, a bounded number at once. Not for ever: clients that keep
/// asking must not keep the next planned run from coming.
/// </summary>
/// <param name="queue">Where visits wait.</param>
/// <param name="visit">Carries out one.</param>
/// <param name="options">How long a run may take visits in: as long as a seed may take.</param>
/// <param name="time">The time.</param>
public sealed class LateVisits(
    DiscoveryQueue queue, Func<Visit, Task<SeedOutcome>> visit, DiscoveryOptions options, TimeProvider time)
{
    /// <summary>How many of them are under way at once.</summary>
    public const int MostAtOnce = 100;

    private readonly List<Task<SeedOutcome>> _underWay = [];

    /// <summary>
    /// Takes in visits as long as the run's own or those taken in are under way, and returns when all of them have ended,
    /// with what those taken in came to, but for their failures.
    /// </summary>
    /// <param name="own">The run's own visits.</param>
    /// <param name="due">When the next planned run is due; null for never.</param>
    /// <param name="cancellationToken">Ends the taking in; the visits are told by the same token.</param>
    public async Task<RunSummary> TakeInAsync(Task own, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        var sum = RunSummary.Nothing;
        var latest = time.GetUtcNow() + options.SeedTimeout;
        do
            sum = Reap(sum);
        while (await TakeMoreAsync(own, own.IsCompleted && due < latest ? due.Value : latest, cancellationToken));
        // Nothing of the run goes on after its end, whatever came of it.
        await Task.WhenAll([own, .. _underWay]);
        return Reap(sum);
    }

    /// <summary>Waits for something to change and takes what is waiting; false where nothing more is to be taken.</summary>
    private async Task<bool> TakeMoreAsync(Task own, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var isFull = _underWay.Count >= MostAtOnce;
        var left = end - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return false;
        using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var more = isFull ? Task.Delay(Timeout.Infinite, round.Token) : queue.WaitAsync(round.Token).AsTask();
        var over = Task.Delay(left, time, round.Token);
        var allEnded = Task.WhenAll([own, .. _underWay]);
        List<Task> changes = [allEnded, more, over];
        if (isFull)
            changes.Add(Task.WhenAny(_underWay));
        if (!own.IsCompleted)
            changes.Add(own);
        await Task.WhenAny(changes);
        await round.CancelAsync();
        // The queue has one reader at a time.
        await Task.WhenAny(more);
        if (allEnded.IsCompleted || cancellationToken.IsCancellationRequested)
            return false;
        while (_underWay.Count < MostAtOnce && queue.TryTake(out var late))
            _underWay.Add(visit(late));
        return true;
    }

    private RunSummary Reap(RunSummary sum)
    {
        // Others may end meanwhile; they are for the next time.
        foreach (var ended in _underWay.Where(t => t.IsCompletedSuccessfully).ToList())
        {
            sum = sum.With(ended.Result);
            _underWay.Remove(ended);
        }

        return sum;
    }
}
