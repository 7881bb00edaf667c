namespace Qhana.Registry.Discovery;

/// <summary>How far a run is, for those who watch it. Safe for use by many threads.</summary>
public sealed class DiscoveryProgress
{
    private int _known;
    private int _done;

    /// <summary>How many URLs are to be visited, as far as is known yet.</summary>
    public int Known => Volatile.Read(ref _known);

    /// <summary>How many of them have been visited.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>Notes a URL that is to be visited.</summary>
    public void Add() => Interlocked.Increment(ref _known);

    /// <summary>Notes that one of them has been visited.</summary>
    public void Complete() => Interlocked.Increment(ref _done);
}
