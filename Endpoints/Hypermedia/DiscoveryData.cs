using System.ComponentModel;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>What discovery does and how it went: an addition to the original.</summary>
[Description("What discovery does, and how it went for each seed.")]
public sealed record DiscoveryData : ApiData
{
    /// <summary>Whether a run is going on.</summary>
    [Description("Whether a run is going on.")]
    public required bool Running { get; init; }

    /// <summary>When the last run began; null before the first.</summary>
    [Description("When the last run began.")]
    public DateTimeOffset? LastRun { get; init; }

    /// <summary>When the next planned run begins; null where none is planned.</summary>
    [Description("When the next planned run begins; not there where the schedule is switched off.")]
    public DateTimeOffset? NextRun { get; init; }

    /// <summary>When the next purge begins; null where none is planned.</summary>
    [Description("When plugins that are long gone are purged next; not there where the purge is switched off.")]
    public DateTimeOffset? NextPurge { get; init; }

    /// <summary>How many seeds all pages have together.</summary>
    public required int CollectionSize { get; init; }

    /// <summary>The page's number, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Links to the seeds of this page.</summary>
    public required IReadOnlyList<ApiLink> Items { get; init; }

    /// <summary>How the last discovery of each seed of this page went, in the order of the items.</summary>
    public required IReadOnlyList<SeedDiscovery> Seeds { get; init; }
}

/// <summary>How the last discovery of a seed went; most of it is null before the first.</summary>
[Description("How the last discovery of a seed went.")]
public sealed record SeedDiscovery
{
    /// <summary>The seed.</summary>
    public required ApiLink Seed { get; init; }

    /// <summary>In one word; null before the first discovery.</summary>
    [Description("The outcome in one word; not there before the first discovery.")]
    public SeedOutcomeKind? Outcome { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    [Description("How long it took, in milliseconds.")]
    public long? DurationMs { get; init; }

    /// <summary>How many plugins answered.</summary>
    public int? Found { get; init; }

    /// <summary>How many of these were not known.</summary>
    public int? New { get; init; }

    /// <summary>How many of these were known with other metadata.</summary>
    public int? Changed { get; init; }

    /// <summary>How many URLs gave no plugin.</summary>
    public int? Failed { get; init; }

    /// <summary>What went wrong, in one line.</summary>
    public string? LastError { get; init; }

    /// <summary>The start of the last discovery that found a plugin.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>The URLs that gave no plugin, at most 100, each with the reason.</summary>
    public IReadOnlyList<SeedFailure>? Failures { get; init; }
}
