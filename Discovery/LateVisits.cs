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

    private readonly long _began = time.GetTimestamp();
    private readonly List<Task<SeedOutcome>> _underWay = [];
    private readonly List<Task> _failed = [];
    private RunSummary _sum = RunSummary.Nothing;

    /// <summary>
    /// Takes in visits as long as the run's own or those taken in are under way, and returns when all of them have ended,
    /// with what those taken in came to, but for their failures. Fails as the first of them that does, after all have ended.
    /// </summary>
    /// <param name="own">The run's own visits.</param>
    /// <param name="due">
    /// When the next planned run is due, which announced plugins do not put off any further; null for never.
    /// </param>
    /// <param name="cancellationToken">Ends the taking in; the visits are told by the same token.</param>
    public async Task<RunSummary> TakeInAsync(Task own, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        do
            Reap();
        while (await TakeMoreAsync(own, due, cancellationToken));
        // Nothing of the run goes on after its end, whatever came of it.
        await Task.WhenAll([own, .. _underWay, .. _failed]);
        Reap();
        return _sum;
    }

    /// <summary>Waits for something to change and takes what is waiting; false where nothing more is to be taken.</summary>
    private async Task<bool> TakeMoreAsync(Task own, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        var left = options.SeedTimeout - time.GetElapsedTime(_began);
        if ((own.IsCompleted && _underWay.Count == 0) || left <= TimeSpan.Zero || cancellationToken.IsCancellationRequested)
            return false;
        var now = time.GetUtcNow();
        var isDue = own.IsCompleted && due <= now;
        var untilDue = own.IsCompleted && due > now ? due.Value - now : left;
        using var round = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> changes = [Task.Delay(untilDue < left ? untilDue : left, time, round.Token), .. _underWay];
        if (_underWay.Count < MostAtOnce)
            changes.Add(queue.WaitAsync(isDue));
        if (!own.IsCompleted)
            changes.Add(own);
        await Task.WhenAny(changes);
        await round.CancelAsync();
        while (_underWay.Count < MostAtOnce && queue.TryTake(isDue, out var late))
            _underWay.Add(visit(late));
        return true;
    }

    private void Reap()
    {
        // Others may end meanwhile; they are for the next time.
        foreach (var ended in _underWay.Where(t => t.IsCompleted).ToList())
        {
            _underWay.Remove(ended);
            if (ended.IsCompletedSuccessfully)
                _sum = _sum.With(ended.Result);
            else
                _failed.Add(ended);
        }
    }
}
