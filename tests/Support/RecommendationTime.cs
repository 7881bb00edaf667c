using System.Collections.Concurrent;

namespace Qhana.Registry.Tests.Support;

/// <summary>
/// A clock on which every wait of at most five minutes is over at once, and is remembered. Longer ones, which are those of
/// the schedules, never end.
/// </summary>
public sealed class RecommendationTime : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private readonly ConcurrentQueue<TimeSpan> _waits = [];

    /// <summary>The waits that were over at once, in the order in which they began.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime > Longest)
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _waits.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
