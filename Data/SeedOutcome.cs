namespace Qhana.Registry.Data;

/// <summary>How the discovery of a seed went.</summary>
public enum SeedOutcomeKind
{
    /// <summary>Everything answered with a plugin.</summary>
    Ok,

    /// <summary>Some of it gave no plugin; see the failures.</summary>
    Partial,

    /// <summary>Nobody answered at the seed's URL.</summary>
    Unreachable,

    /// <summary>Somebody answered, but neither as a plugin runner nor as a plugin.</summary>
    NotARunner,

    /// <summary>It took longer than a seed may take.</summary>
    TimedOut,

    /// <summary>The registry itself failed; the log has the cause.</summary>
    Failed,
}

/// <summary>A URL that gave no plugin, and why.</summary>
/// <param name="Url">What was looked at.</param>
/// <param name="Reason">In one line.</param>
public sealed record SeedFailure(string Url, string Reason);

/// <summary>How the last discovery of a seed went.</summary>
/// <param name="Started">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Kind">In one word.</param>
/// <param name="Found">How many plugins answered.</param>
/// <param name="Added">How many of these were not known.</param>
/// <param name="Changed">How many of these were known with other metadata.</param>
/// <param name="Failed">How many URLs gave no plugin; may be more than <paramref name="Failures"/> tells of.</param>
/// <param name="LastError">What went wrong, in one line; null where nothing did.</param>
/// <param name="Failures">At most <see cref="MaxFailures"/> of the URLs that gave no plugin.</param>
public sealed record SeedOutcome(
    DateTimeOffset Started, TimeSpan Duration, SeedOutcomeKind Kind, int Found, int Added, int Changed, int Failed,
    string? LastError, IReadOnlyList<SeedFailure> Failures)
{
    /// <summary>How many failures are kept of one discovery of a seed.</summary>
    public const int MaxFailures = 100;
}

/// <summary>A seed with its last outcome, null before the first; and the start of the last that found a plugin.</summary>
public sealed record SeedStatus(SeedRow Seed, SeedOutcome? Outcome, DateTimeOffset? LastSuccess);
