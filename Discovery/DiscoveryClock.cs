namespace Qhana.Registry.Discovery;

/// <summary>
/// When discovery and purge ran and will run, and whose turn it is: one of them at a time. Safe for use by many threads.
/// </summary>
public sealed class DiscoveryClock : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly TaskCompletionSource _firstRun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastRun;
    private long _nextRun;
    private long _nextPurge;
    private volatile bool _running;

    /// <summary>Whether a run is going on.</summary>
    public bool Running
    {
        get => _running;
        set => _running = value;
    }

    /// <summary>When the last run began; null before the first.</summary>
    public DateTimeOffset? LastRun
    {
        get => Instant(ref _lastRun);
        set => Set(ref _lastRun, value);
    }

    /// <summary>When the next planned run begins; null for never.</summary>
    public DateTimeOffset? NextRun
    {
        get => Instant(ref _nextRun);
        set => Set(ref _nextRun, value);
    }

    /// <summary>When the next purge begins; null for never.</summary>
    public DateTimeOffset? NextPurge
    {
        get => Instant(ref _nextPurge);
        set => Set(ref _nextPurge, value);
    }

    /// <summary>Completes when all seeds have been visited once since start-up, or never will be by schedule.</summary>
    public Task FirstRun => _firstRun.Task;

    /// <summary>Completes <see cref="FirstRun"/>.</summary>
    public void FirstRunEnded() => _firstRun.TrySetResult();

    /// <summary>Waits until nobody else changes what is known of plugins; disposing the result ends the turn.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    /// <inheritdoc />
    public void Dispose() => _turn.Dispose();

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }

    private static DateTimeOffset? Instant(ref long ticks) =>
        Interlocked.Read(ref ticks) is > 0 and var value ? new DateTimeOffset(value, TimeSpan.Zero) : null;

    private static void Set(ref long ticks, DateTimeOffset? value) => Interlocked.Exchange(ref ticks, value?.UtcTicks ?? 0);
}
