using System.Globalization;

namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>The escapes of Python's <c>re</c> that stand for one character, in patterns and in replacement templates.</summary>
internal static class PythonEscapes
{
    private const int MaxOctal = 0xFF;

    /// <summary>
    /// The code point of an escape in a pattern. <paramref name="token"/> is its backslash and first character, already
    /// read; what else belongs to it (hexadecimal or octal digits) is read here.
    /// </summary>
    /// <exception cref="PythonSyntaxException">Python does not know the escape, or its digits are missing.</exception>
    public static int ReadCharacter(PythonTokens tokens, string token)
    {
        switch (token[1])
        {
            case 'x':
                return ReadHexadecimal(tokens, token, 2);
            case 'u':
                return ReadHexadecimal(tokens, token, 4);
            case 'U':
                return ReadHexadecimal(tokens, token, 8);
            case 'N':
                throw new PythonSyntaxException(@"characters by name (\N) are not supported");
            case >= '0' and <= '7':
                return ReadOctal(token[1..] + tokens.TakeWhile(IsOctalDigit, atMost: 2));
            default:
                return ControlCharacter(token[1])
                    ?? (char.IsAsciiLetterOrDigit(token[1]) ? throw Unknown(token) : char.ConvertToUtf32(token, 1));
        }
    }

    /// <summary>
    /// Reads a backslash and a digit other than 0, as Python does: three octal digits are a character, one or two digits a group.
    /// </summary>
    /// <exception cref="PythonSyntaxException">The octal number is too large.</exception>
    public static (int Value, bool IsGroup) ReadNumber(PythonTokens tokens, string token)
    {
        var digits = token[1..] + tokens.TakeWhile(char.IsAsciiDigit, atMost: 1);
        if (digits.Length == 2 && IsOctalDigit(digits[0]) && IsOctalDigit(digits[1])
            && tokens.TakeWhile(IsOctalDigit, atMost: 1) is { Length: 1 } third)
            return (ReadOctal(digits + third), false);
        return (int.Parse(digits, CultureInfo.InvariantCulture), true);
    }

    /// <summary>The character that a letter stands for after a backslash, as n for a line feed; null if it stands for none.</summary>
    public static char? ControlCharacter(char letter) => letter switch
    {
        'a' => '\a',
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        _ => null,
    };

    /// <summary>Whether this is one of the digits 0 to 7.</summary>
    public static bool IsOctalDigit(char character) => character is >= '0' and <= '7';

    /// <summary>The error for an escape that Python does not know.</summary>
    public static PythonSyntaxException Unknown(string token) => new($"the escape {token} is not known");

    /// <summary>The value of one to three octal digits.</summary>
    /// <exception cref="PythonSyntaxException">It is greater than 0o377.</exception>
    public static int ReadOctal(string digits)
    {
        var value = Convert.ToInt32(digits, 8);
        return value <= MaxOctal ? value : throw new PythonSyntaxException($@"the octal escape \{digits} is greater than \377");
    }

    private static int ReadHexadecimal(PythonTokens tokens, string token, int length)
    {
        var digits = tokens.TakeWhile(char.IsAsciiHexDigit, atMost: length);
        if (digits.Length < length)
            throw new PythonSyntaxException($"the escape {token}{digits} needs {length} hexadecimal digits");
        var value = long.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return value <= 0x10FFFF ? (int)value : throw Unknown(token + digits);
    }
}
