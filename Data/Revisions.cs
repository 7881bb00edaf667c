namespace Qhana.Registry.Data;

/// <summary>The kinds of things that answers show. A write says which of them it changed.</summary>
[Flags]
public enum Shown
{
    /// <summary>Nothing that any answer shows.</summary>
    Nothing = 0,

    /// <summary>Plugins, with everything that belongs to them.</summary>
    Plugins = 1,

    /// <summary>The seeds themselves, not how their discovery went.</summary>
    Seeds = 2,

    /// <summary>Services.</summary>
    Services = 4,

    /// <summary>Environment variables.</summary>
    Env = 8,

    /// <summary>UI templates and their tabs.</summary>
    Templates = 16,

    /// <summary>Which plugins belong to which tab.</summary>
    Membership = 32,

    /// <summary>All of these.</summary>
    Everything = Plugins | Seeds | Services | Env | Templates | Membership,
}

/// <summary>All revisions at one moment.</summary>
public sealed class RevisionSnapshot(long[] counts)
{
    /// <summary>What <see cref="Revisions.Of"/> was at that moment.</summary>
    public long Of(Shown kinds) => counts.Where((_, i) => ((int)kinds & (1 << i)) != 0).Sum();
}

/// <summary>
/// Counts the committed changes of each kind of thing. Whatever was computed from the data carries the revision that
/// it was computed from, and is worthless once the revision has moved on. Safe for use by many threads.
/// </summary>
public sealed class Revisions
{
    private readonly long[] _counts = new long[6];

    /// <summary>The revision of one or more kinds together; it grows whenever one of them changes.</summary>
    public long Of(Shown kinds)
    {
        var sum = 0L;
        for (var (i, left) = (0, (int)kinds); left != 0; i++, left >>= 1)
        {
            if ((left & 1) != 0)
                sum += Interlocked.Read(ref _counts[i]);
        }

        return sum;
    }

    /// <summary>All revisions at this moment.</summary>
    public RevisionSnapshot Snapshot()
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = Interlocked.Read(ref _counts[i]);
        return new RevisionSnapshot(counts);
    }

    /// <summary>Called after a commit and before the change is acknowledged to anyone.</summary>
    public void Raise(Shown kinds)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            if (((int)kinds & (1 << i)) != 0)
                Interlocked.Increment(ref _counts[i]);
        }
    }
}
