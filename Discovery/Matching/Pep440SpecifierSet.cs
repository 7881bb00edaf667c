using System.Diagnostics.CodeAnalysis;

namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// A specifier set of PEP 440, <c>&gt;=1.0, !=1.3</c>: the versions that fit all its clauses. As in <c>packaging</c> 25,
/// pre-releases are in the set only where a clause names one, and the empty set holds every other version.
/// </summary>
public sealed class Pep440SpecifierSet
{
    private readonly Pep440Specifier[] _clauses;
    private readonly bool _acceptsPreReleases;

    private Pep440SpecifierSet(Pep440Specifier[] clauses)
    {
        _clauses = clauses;
        _acceptsPreReleases = clauses.Any(clause => clause.NamesPreRelease);
    }

    /// <summary>
    /// Reads clauses separated by commas, with blanks around them or not. Empty clauses are skipped, so the empty text is
    /// the empty set. False, and null, when a clause is none; a version without an operator (<c>1.0</c>) is none.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Pep440SpecifierSet? set) =>
        TryParseClauses(text.Split(','), out set);

    /// <summary>
    /// Like <see cref="TryParse"/>, where blanks separate clauses too, as in <c>&gt;=0.2 &lt;0.3</c>. A blank between an
    /// operator and its version does not separate them: <c>&gt;= 0.2 &lt; 0.3</c> is the same set.
    /// </summary>
    public static bool TryParseLoose(string text, [NotNullWhen(true)] out Pep440SpecifierSet? set) =>
        TryParseClauses(text.Split(',').SelectMany(SplitAtBlanks), out set);

    /// <summary>Whether the text is a version and in the set. A text that is no PEP 440 version is in no set.</summary>
    public bool Contains(string versionText) =>
        Pep440Version.TryParse(versionText, out var version) && Contains(version);

    /// <summary>
    /// Whether the version is in the set; for those who ask many sets about one version. How it was spelled makes no
    /// difference: <c>===</c> compares with the normalized spelling.
    /// </summary>
    public bool Contains(Pep440Version version) =>
        (_acceptsPreReleases || !version.IsPreRelease) && Array.TrueForAll(_clauses, clause => clause.Matches(version));

    private static bool TryParseClauses(IEnumerable<string> texts, [NotNullWhen(true)] out Pep440SpecifierSet? set)
    {
        set = null;
        var clauses = new List<Pep440Specifier>();
        foreach (var text in texts)
        {
            if (Pep440Version.TrimBlanks(text).IsEmpty)
                continue;
            if (!Pep440Specifier.TryParse(text, out var clause))
                return false;
            clauses.Add(clause);
        }
        set = new Pep440SpecifierSet([.. clauses]);
        return true;
    }

    // The blank goes back between operator and version: "< =1.0" must not turn into "<=1.0".
    private static IEnumerable<string> SplitAtBlanks(string text)
    {
        var operatorText = "";
        foreach (var word in text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))
        {
            if (operatorText == "" && Pep440Specifier.IsOperator(word))
            {
                operatorText = word;
                continue;
            }
            yield return $"{operatorText} {word}";
            operatorText = "";
        }
        yield return operatorText;
    }
}
