namespace Qhana.Registry.Discovery;

/// <summary>
/// A regular expression in the syntax of Python's <c>re</c> (3.11, str patterns), translated for .NET. Groups have explicit
/// numbers, those of Python: .NET itself would number named groups after the others.
/// </summary>
/// <remarks>
/// The two agree in what they match, except: .NET counts a character beyond U+FFFF as two (one in the pattern itself, outside
/// [ ], is kept together); without the flag a, \b follows .NET's idea of a word and the flag i its table of letter cases,
/// which are Python's for ASCII. Not supported: \N{…}, characters beyond U+FFFF in [ ], and repeated captures in look-behinds.
/// </remarks>
internal sealed class PythonRegex
{
    /// <summary>The same expression for <see cref="System.Text.RegularExpressions.Regex"/>, to be used without options that change its syntax.</summary>
    public required string Pattern { get; init; }

    /// <summary>The number of capturing groups; the first is number 1.</summary>
    public required int GroupCount { get; init; }

    /// <summary>The numbers of the named groups.</summary>
    public required IReadOnlyDictionary<string, int> GroupNumbers { get; init; }

    /// <summary>Translates <paramref name="pattern"/>.</summary>
    /// <exception cref="PythonSyntaxException">Python would not compile it, or it uses what is not supported.</exception>
    public static PythonRegex Parse(string pattern) => new PythonRegexParser(pattern).Parse();
}
