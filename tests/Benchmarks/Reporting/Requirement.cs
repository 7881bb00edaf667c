namespace Qhana.Registry.Benchmarks.Reporting;

/// <summary>What a value must be.</summary>
/// <param name="Words">at least or at most.</param>
/// <param name="Limit">The limit, which still is allowed.</param>
/// <param name="Holds">Whether a value may be.</param>
public sealed record Requirement(string Words, double Limit, Func<double, bool> Holds)
{
    /// <summary>The value must not be smaller.</summary>
    public static Requirement AtLeast(double limit) => new("at least", limit, value => value >= limit);

    /// <summary>The value must not be larger.</summary>
    public static Requirement AtMost(double limit) => new("at most", limit, value => value <= limit);

    /// <summary>For people.</summary>
    public override string ToString() => FormattableString.Invariant($"{Words} {Limit:#,0.##}");
}
