using System.Collections.Concurrent;
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
/// What cannot wait for the schedule. Something that is asked for again while it still waits is visited once. Clients fill
/// it, so that it has an end.
/// </summary>
public sealed class DiscoveryQueue
{
    /// <summary>How many visits may wait at once.</summary>
    public const int Capacity = 10_000;

    private readonly Channel<Visit> _visits =
        Channel.CreateBounded<Visit>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    private readonly ConcurrentDictionary<Visit, bool> _waiting = [];

    /// <summary>Adds a visit, unless the same is waiting already; false where too much is.</summary>
    public bool TryEnqueue(Visit visit)
    {
        if (!_waiting.TryAdd(visit, true) || _visits.Writer.TryWrite(visit))
            return true;
        _waiting.TryRemove(visit, out _);
        return false;
    }

    /// <summary>Completes when something waits.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
        _visits.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Takes the next visit, if one waits.</summary>
    public bool TryTake([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Visit visit)
    {
        if (!_visits.Reader.TryRead(out visit))
            return false;
        _waiting.TryRemove(visit, out _);
        return true;
    }
}
