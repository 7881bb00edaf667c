using System.Globalization;
using System.Text.Json;
using Qhana.Registry.Data.Configuration;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>How plugins are recommended: what can be set (CONTRACT section 7), and limits that cannot.</summary>
public sealed record RecommendationOptions
{
    /// <summary>By what each recommender's votes are multiplied, by its name; 1 for one that is not named (PLUGIN_RECOMMENDER_WEIGHTS).</summary>
    public IReadOnlyDictionary<string, double> Weights { get; init; } = new Dictionary<string, double>();

    /// <summary>How long the recommenders may take where the client does not say (RECOMMENDATION_TIMEOUT).</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many plugins are recommended where the client does not say (RECOMMENDATION_LIMIT).</summary>
    public int Limit { get; init; } = 5;

    /// <summary>How long each request to the backend may take.</summary>
    public TimeSpan BackendTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The shortest and the longest time that recommenders can be given, in seconds.</summary>
    public const double MinTimeout = 0.5, MaxTimeout = 300;

    /// <summary>The most plugins that can be recommended at once.</summary>
    public const int MaxLimit = 100;

    /// <summary>Reads what can be set.</summary>
    public static RecommendationOptions Read(SettingsReader settings)
    {
        var defaults = new RecommendationOptions();
        return defaults with
        {
            Weights = settings.Read<IReadOnlyDictionary<string, double>>(
                "PLUGIN_RECOMMENDER_WEIGHTS", defaults.Weights, TryParseWeights,
                "a JSON object of names and numbers, or one name=number a line"),
            Timeout = settings.Read<TimeSpan>(
                "RECOMMENDATION_TIMEOUT", defaults.Timeout, TryParseTimeout, "a number of seconds from 0.5 to 300"),
            Limit = settings.Read<int>("RECOMMENDATION_LIMIT", defaults.Limit, TryParseLimit, "a whole number from 1 to 100"),
        };
    }

    private static bool TryParseTimeout(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (!TryParseNumber(text, out var seconds) || seconds is < MinTimeout or > MaxTimeout)
            return false;
        timeout = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static bool TryParseLimit(string text, out int limit) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= MaxLimit;

    private static bool TryParseWeights(string text, out IReadOnlyDictionary<string, double> weights)
    {
        var parsed = text.StartsWith('{') ? WeightsOfJson(text) : WeightsOfLines(text);
        weights = parsed ?? [];
        return parsed is not null;
    }

    private static Dictionary<string, double>? WeightsOfJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var weights = document.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble());
            return weights.Values.All(double.IsFinite) ? weights : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static Dictionary<string, double>? WeightsOfLines(string text)
    {
        var weights = new Dictionary<string, double>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // The original takes any of these between name and number.
            var parts = line.Split(['=', ':', ',', ';', ' ', '\t'], 2, StringSplitOptions.TrimEntries);
            if (parts.Length < 2 || parts[0].Length == 0 || !TryParseNumber(parts[1].TrimStart('=', ':', ',', ';', ' '), out var weight))
                return null;
            weights[parts[0]] = weight;
        }

        return weights;
    }

    private static bool TryParseNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
