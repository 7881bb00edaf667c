using System.Globalization;
using System.Numerics;

namespace Qhana.Registry.Endpoints.Requests;

/// <summary>Whole numbers of any size in requests; those beyond 64 bits become the nearest that fit.</summary>
public static class WholeNumber
{
    // Longer than any number anyone means; keeps BigInteger from working on a megabyte of digits.
    private const int MaxDigits = 4096;

    /// <summary>Understands an optional sign and digits, with blanks around them.</summary>
    public static bool TryParse(string text, out long number)
    {
        number = 0;
        const NumberStyles style = NumberStyles.Integer;
        if (long.TryParse(text, style, CultureInfo.InvariantCulture, out number))
            return true;
        if (text.Length > MaxDigits || !BigInteger.TryParse(text, style, CultureInfo.InvariantCulture, out var big))
            return false;
        number = big.Sign < 0 ? long.MinValue : long.MaxValue;
        return true;
    }

    /// <summary>Understands the id of a resource: digits only.</summary>
    public static bool TryParseId(string text, out long id)
    {
        id = 0;
        return text.Length > 0 && text.All(char.IsAsciiDigit) && TryParse(text, out id);
    }
}
