using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>What a run came to.</summary>
/// <param name="Visits">How many seeds and announced URLs were visited.</param>
/// <param name="Found">How many plugins answered.</param>
/// <param name="Added">How many of these were not known.</param>
/// <param name="Changed">How many of these were known with other metadata.</param>
/// <param name="Failed">How many URLs gave no plugin.</param>
/// <param name="Failures">URLs that gave no plugin, with the reasons; of each visit the first.</param>
public sealed record RunSummary(
    int Visits, int Found, int Added, int Changed, int Failed, IReadOnlyList<SeedFailure> Failures)
{
    /// <summary>That of no visit.</summary>
    public static RunSummary Nothing { get; } = new(0, 0, 0, 0, 0, []);

    /// <summary>The same with one more visit, whose failures are counted but not told.</summary>
    public RunSummary With(SeedOutcome outcome) => new(
        Visits + 1, Found + outcome.Found, Added + outcome.Added, Changed + outcome.Changed, Failed + outcome.Failed, Failures);
}
