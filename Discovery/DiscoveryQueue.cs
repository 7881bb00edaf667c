using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Qhana.Registry.Discovery;

/// <summary>Something that discovery shall look at.</summary>
/// <param name="SeedId">The seed through which it is looked at.</param>
/// <param name="Url">Where to look.</param>
public abstract record Visit(long SeedId, string Url);

/// <summary>A seed with everything that it leads to.</summary>
public sealed record SeedVisit(long SeedId, string Url) : Visit(SeedId, Url);

/// <summary>A URL of which a runner says that a plugin appeared or vanished there.</summary>
public sealed record AnnouncedVisit(long SeedId, string Url) : Visit(SeedId, Url);

/// <summary>
/// What cannot wait for the schedule: seeds first, as many as there are, and a bounded number of announced plugins, which
/// any client can make up. What is asked for again while it still waits is visited once. Safe for use by many threads.
/// </summary>
public sealed class DiscoveryQueue
{
    /// <summary>How many announced plugins may wait at once.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentQueue<Visit> _seeds = [];
    private readonly ConcurrentQueue<Visit> _announced = [];
    private readonly ConcurrentDictionary<Visit, bool> _waiting = [];
    private int _announcedCount;
    private TaskCompletionSource _more = NewSignal();

    /// <summary>Adds a seed, unless it is waiting already.</summary>
    public void Enqueue(SeedVisit visit)
    {
        if (!_waiting.TryAdd(visit, true))
            return;
        _seeds.Enqueue(visit);
        Signal();
    }

    /// <summary>Adds an announced plugin, unless it is waiting already; false where too many are.</summary>
    public bool TryEnqueue(AnnouncedVisit visit)
    {
        if (_waiting.ContainsKey(visit))
            return true;
        if (Interlocked.Increment(ref _announcedCount) > Capacity)
        {
            Interlocked.Decrement(ref _announcedCount);
            return false;
        }

        if (_waiting.TryAdd(visit, true))
        {
            _announced.Enqueue(visit);
            Signal();
        }
        else
        {
            Interlocked.Decrement(ref _announcedCount);
        }

        return true;
    }

    /// <summary>
    /// Completes when something waits, maybe an announced plugin even where only seeds are asked for; then it is asked for
    /// again. Nothing has to be done with a task that is not wanted any more.
    /// </summary>
    /// <param name="seedsOnly">Whether seeds are what is waited for.</param>
    public Task WaitAsync(bool seedsOnly)
    {
        // Taken before the look, so that what comes after the look is noticed.
        var more = Volatile.Read(ref _more).Task;
        return _seeds.IsEmpty && (seedsOnly || _announced.IsEmpty) ? more : Task.CompletedTask;
    }

    /// <summary>Takes the next visit, if one waits.</summary>
    /// <param name="seedsOnly">Whether to take seeds only.</param>
    /// <param name="visit">The visit.</param>
    public bool TryTake(bool seedsOnly, [MaybeNullWhen(false)] out Visit visit)
    {
        if (!_seeds.TryDequeue(out visit))
        {
            if (seedsOnly || !_announced.TryDequeue(out visit))
                return false;
            Interlocked.Decrement(ref _announcedCount);
        }

        _waiting.TryRemove(visit, out _);
        return true;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal() => Interlocked.Exchange(ref _more, NewSignal()).TrySetResult();
}
