namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>When discovery and purge ran and will run; null for never.</summary>
public sealed record DiscoveryTimes(bool Running, DateTimeOffset? LastRun, DateTimeOffset? NextRun, DateTimeOffset? NextPurge);
