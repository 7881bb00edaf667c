namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>
/// A regular expression in the syntax of Python's <c>re</c> (3.11, str patterns), translated for .NET. Its groups have
/// numbers only, and so the same ones as in Python: .NET would number named groups after the others.
/// </summary>
/// <remarks>
/// <para>
/// Differences: .NET counts a character beyond U+FFFF in the text as two (in the pattern it is kept together); without the
/// flag a, \b follows .NET's idea of a word and the flag i its table of cases, which are Python's for ASCII; \B matches in an
/// empty text, as from Python 3.14 on; captures can differ where a repeated group matches nothing in its last repetition.
/// </para>
/// <para>
/// Not supported: \N{…}, characters beyond U+FFFF in [ ], lazy repetition of what can be empty, and in look-behinds repeated captures.
/// </para>
/// </remarks>
internal sealed class PythonRegex
{
    /// <summary>The same expression for <see cref="System.Text.RegularExpressions.Regex"/>, to be used without options that change its syntax.</summary>
    public required string Pattern { get; init; }

    /// <summary>The number of capturing groups; the first is number 1.</summary>
    public required int GroupCount { get; init; }

    /// <summary>The numbers of the named groups.</summary>
    public required IReadOnlyDictionary<string, int> GroupNumbers { get; init; }

    /// <summary>Whether a match can be empty. If not, none ever is.</summary>
    public required bool CanBeEmpty { get; init; }

    /// <summary>Translates <paramref name="pattern"/>.</summary>
    /// <exception cref="PythonSyntaxException">Python would not compile it, or it uses what is not supported.</exception>
    public static PythonRegex Parse(string pattern) => new PythonRegexParser(pattern).Parse();
}
