using System.Globalization;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints.Requests;

/// <summary>
/// Reads query parameters and collects what is wrong with them, by parameter. Parameters that nobody reads are ignored;
/// of a parameter given twice the first counts.
/// </summary>
public sealed class QueryReader(IQueryCollection query)
{
    /// <summary>What is wrong, by parameter.</summary>
    public FieldErrors Errors { get; } = new();

    /// <summary>The text of a parameter as it was given, or null.</summary>
    public string? Text(string name) => query.TryGetValue(name, out var values) && values.Count > 0 ? values[0] ?? "" : null;

    /// <summary>
    /// A whole number, or null where the parameter is missing or (with an error) no whole number. Numbers beyond 64 bits
    /// become the nearest that fit: no row has such an id.
    /// </summary>
    public long? Integer(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (WholeNumber.TryParse(text, out var number))
            return number;
        Errors.Add(name, "Must be a whole number.");
        return null;
    }

    /// <summary>A number that may have decimals, or null where the parameter is missing or (with an error) no number.</summary>
    public double? Number(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return number;
        Errors.Add(name, "Must be a number.");
        return null;
    }

    /// <summary>The parts between commas, without blanks around them and without empty ones; null where there is no text.</summary>
    public static IReadOnlyList<string>? List(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
