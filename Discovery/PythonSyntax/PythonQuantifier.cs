using System.Globalization;

namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>
/// How often a part of a pattern repeats: *, +, ?, {m,n} and their shorter forms ({,n} begins at 0), each lazy with a ? and
/// possessive with a + behind it.
/// </summary>
internal sealed record PythonQuantifier(int Min, int Max)
{
    private const int Unlimited = int.MaxValue;

    /// <summary>Whether it prefers fewer repetitions.</summary>
    public bool IsLazy { get; private init; }

    private bool IsPossessive { get; init; }

    /// <summary>Reads a quantifier. Reads nothing and is null if there is none here; a brace that does not fit is just a character.</summary>
    /// <exception cref="PythonSyntaxException">It repeats less often than at least, or too often to be counted.</exception>
    public static PythonQuantifier? TryRead(PythonTokens tokens)
    {
        var quantifier = tokens.Next switch
        {
            "*" => new PythonQuantifier(0, Unlimited),
            "+" => new PythonQuantifier(1, Unlimited),
            "?" => new PythonQuantifier(0, 1),
            "{" => TryReadBraces(tokens),
            _ => null,
        };
        if (quantifier is null)
            return null;
        tokens.Take();
        var isLazy = tokens.TryTake("?");
        return quantifier with { IsLazy = isLazy, IsPossessive = !isLazy && tokens.TryTake("+") };
    }

    /// <summary>The .NET text of <paramref name="item"/>, which is one item, with this quantifier.</summary>
    public string ApplyTo(string item)
    {
        var repeated = Max == Unlimited ? $"{item}{{{Min},}}" : $"{item}{{{Min},{Max}}}";
        return IsPossessive ? $"(?>{repeated})" : IsLazy ? repeated + "?" : repeated;
    }

    // Stops before the closing brace. {} is text, {,} is the same as *.
    private static PythonQuantifier? TryReadBraces(PythonTokens tokens)
    {
        var start = tokens.Position;
        tokens.Take();
        var min = tokens.TakeWhile(char.IsAsciiDigit);
        var hasMax = tokens.TryTake(",");
        var max = hasMax ? tokens.TakeWhile(char.IsAsciiDigit) : min;
        if (tokens.Next != "}" || (!hasMax && min.Length == 0))
        {
            tokens.Position = start;
            return null;
        }

        var quantifier = new PythonQuantifier(ParseCount(min, 0), ParseCount(max, Unlimited));
        return quantifier.Min <= quantifier.Max ? quantifier : throw new PythonSyntaxException($"{{{min},{max}}} asks for more than it allows");
    }

    private static int ParseCount(string digits, int missing)
    {
        if (digits.Length == 0)
            return missing;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < Unlimited
            ? count
            : throw new PythonSyntaxException($"it repeats {digits} times, which is too often");
    }
}
