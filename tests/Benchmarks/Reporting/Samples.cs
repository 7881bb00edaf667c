namespace Qhana.Registry.Benchmarks.Reporting;

/// <summary>The same thing measured several times.</summary>
/// <param name="Values">The values, round by round.</param>
public sealed record Samples(IReadOnlyList<double> Values)
{
    /// <summary>The value in the middle.</summary>
    public double Median
    {
        get
        {
            var sorted = Values.Order().ToList();
            return sorted.Count == 0 ? double.NaN : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
        }
    }

    /// <summary>The smallest value.</summary>
    public double Low => Values.Min();

    /// <summary>The largest value.</summary>
    public double High => Values.Max();

    /// <summary>The quotients, round by round: what one moment did to both sides goes out.</summary>
    public Samples Over(Samples other) => new([.. Values.Zip(other.Values, (a, b) => a / b)]);

    /// <summary>The quotients by one number.</summary>
    public Samples Over(double number) => new([.. Values.Select(v => v / number)]);
}
