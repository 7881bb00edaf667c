using System.Globalization;
using System.Text;

namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// Python's <c>str.lower()</c>, as code points. Beyond the simple mapping of each character this knows the two cases that
/// Unicode's SpecialCasing.txt defines for every language: İ becomes i and a combining dot above, and Σ becomes ς at the
/// end of a word. Unpaired surrogates stay as they are. Characters that one side's Unicode version does not know yet may differ.
/// </summary>
internal static class PythonLowercase
{
    private const char CapitalSigma = 'Σ';

    /// <summary>The most code points that <see cref="Write"/> writes for <paramref name="text"/>.</summary>
    public static int MaxLength(string text) => 2 * text.Length;

    /// <summary>Writes <paramref name="text"/> in lower case to <paramref name="destination"/> and returns the number of code points.</summary>
    public static int Write(string text, Span<int> destination)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsAscii(character))
            {
                destination[length++] = char.IsAsciiLetterUpper(character) ? character | 0x20 : character;
            }
            else if (character == 'İ')
            {
                destination[length++] = 'i';
                destination[length++] = '\u0307';
            }
            else if (character == CapitalSigma)
            {
                destination[length++] = EndsWord(text, i) ? 'ς' : 'σ';
            }
            else
            {
                var codePoint = CodePointAt(text, i);
                destination[length++] = Rune.IsValid(codePoint) ? Rune.ToLowerInvariant(new Rune(codePoint)).Value : codePoint;
                i += codePoint > char.MaxValue ? 1 : 0;
            }
        }
        return length;
    }

    // Final_Sigma in section 3.13 of the Unicode Standard: a cased letter before it and none after it, "case-ignorable" characters not counted.
    private static bool EndsWord(string text, int sigma) => IsCasedBefore(text, sigma) && !IsCasedAfter(text, sigma);

    private static bool IsCasedBefore(string text, int index)
    {
        while (index > 0)
        {
            index -= index > 1 && char.IsSurrogatePair(text[index - 2], text[index - 1]) ? 2 : 1;
            var codePoint = CodePointAt(text, index);
            if (!IsCaseIgnorable(codePoint))
                return IsCased(codePoint);
        }
        return false;
    }

    private static bool IsCasedAfter(string text, int index)
    {
        index++;
        while (index < text.Length)
        {
            var codePoint = CodePointAt(text, index);
            if (!IsCaseIgnorable(codePoint))
                return IsCased(codePoint);
            index += codePoint > char.MaxValue ? 2 : 1;
        }
        return false;
    }

    private static int CodePointAt(string text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1])
            ? char.ConvertToUtf32(text[index], text[index + 1])
            : text[index];

    // Case_Ignorable: marks, format characters, modifiers, and the punctuation that may stand within a word.
    private static bool IsCaseIgnorable(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol
        || codePoint is '\'' or '.' or ':' or 0x00B7 or 0x0387 or 0x055F or 0x05F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027
            or 0xFE13 or 0xFE52 or 0xFE55 or 0xFF07 or 0xFF0E or 0xFF1A;

    // Cased, of what is not case-ignorable: letters with a case, ª and º, Roman numerals, circled and squared letters.
    private static bool IsCased(int codePoint) =>
        CharUnicodeInfo.GetUnicodeCategory(codePoint) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
        || codePoint is 0x00AA or 0x00BA or (>= 0x2160 and <= 0x217F) or (>= 0x24B6 and <= 0x24E9)
            or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189);
}
