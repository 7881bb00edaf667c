using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

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
/// any client can make up. What is asked for again while it still waits is visited once. For one reader at a time.
/// </summary>
public sealed class DiscoveryQueue
{
    /// <summary>How many announced plugins may wait at once.</summary>
    public const int Capacity = 10_000;

    private readonly Channel<Visit> _seeds = Channel.CreateUnbounded<Visit>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Channel<Visit> _announced =
        Channel.CreateBounded<Visit>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly ConcurrentDictionary<Visit, bool> _waiting = [];

    /// <summary>Adds a seed, unless it is waiting already.</summary>
    public void Enqueue(SeedVisit visit)
    {
        if (_waiting.TryAdd(visit, true))
            _seeds.Writer.TryWrite(visit);
    }

    /// <summary>Adds an announced plugin, unless it is waiting already; false where too many are.</summary>
    public bool TryEnqueue(AnnouncedVisit visit)
    {
        if (!_waiting.TryAdd(visit, true) || _announced.Writer.TryWrite(visit))
            return true;
        _waiting.TryRemove(visit, out _);
        return false;
    }

    /// <summary>Returns when something waits, or the token is cancelled.</summary>
    /// <param name="seedsOnly">Whether to wait for seeds only.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task WaitAsync(bool seedsOnly, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var seeds = _seeds.Reader.WaitToReadAsync(either.Token).AsTask();
        var announced = seedsOnly
            ? Task.Delay(Timeout.Infinite, either.Token)
            : _announced.Reader.WaitToReadAsync(either.Token).AsTask();
        await Task.WhenAny(seeds, announced);
        await either.CancelAsync();
        // A channel has one reader at a time.
        await Task.WhenAny(seeds);
        await Task.WhenAny(announced);
    }

    /// <summary>Takes the next visit, if one waits.</summary>
    /// <param name="seedsOnly">Whether to take seeds only.</param>
    /// <param name="visit">The visit.</param>
    public bool TryTake(bool seedsOnly, [MaybeNullWhen(false)] out Visit visit)
    {
        if (!_seeds.Reader.TryRead(out visit) && (seedsOnly || !_announced.Reader.TryRead(out visit)))
            return false;
        _waiting.TryRemove(visit, out _);
        return true;
    }
}
