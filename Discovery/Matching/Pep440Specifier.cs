using System.Diagnostics.CodeAnalysis;

namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// One clause of a specifier set (PEP 440, "Version specifiers"): an operator and a version, such as <c>&gt;=1.0</c> or
/// <c>==1.4.*</c>. It compares; whether pre-releases are wanted at all is for the <see cref="Pep440SpecifierSet"/> to say.
/// </summary>
/// <remarks>
/// The meaning is that of Python's <c>packaging</c> 25, where that is stricter than the PEP too: <c>&gt;1.0rc1</c> leaves
/// out <c>1.0.post1</c>, and <c>===</c> compares with the normalized spelling. One slip is not repeated: 25 takes the
/// prefix of <c>~=</c> from the spelling, so that <c>~=v1.4.2</c> or <c>~=1.4.2.RC1</c> match nothing; 26 does as we do.
/// </remarks>
public sealed class Pep440Specifier
{
    private const string Wildcard = ".*";

    // An operator stands before those that it begins with.
    private static readonly string[] Operators = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"];

    private readonly Func<Pep440Version, bool> _matches;

    private Pep440Specifier(Func<Pep440Version, bool> matches, bool namesPreRelease)
    {
        _matches = matches;
        NamesPreRelease = namesPreRelease;
    }

    /// <summary>
    /// Whether the version of the clause is a pre-release, which is how somebody asks for pre-releases. To exclude one
    /// (<c>!=1.0rc1</c>) is not to ask for others: false for this operator.
    /// </summary>
    public bool NamesPreRelease { get; }

    /// <summary>
    /// Reads a clause; blanks may stand around it and after the operator. False, and null, when it is no PEP 440 clause:
    /// no or an unknown operator, no version, a wildcard anywhere but at the end of <c>==</c> and <c>!=</c> with a plain
    /// release, a local label with an operator other than those two, or <c>~=</c> with a release of one number.
    /// After <c>===</c> anything goes but blanks, <c>;</c> and <c>)</c>, even nothing.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Pep440Specifier? specifier)
    {
        var clause = Pep440Version.TrimBlanks(text);
        var operatorText = LeadingOperator(clause);
        var versionText = Pep440Version.TrimBlanks(clause[operatorText.Length..]);
        specifier = operatorText switch
        {
            "" => null,
            "===" => ArbitraryEquality(versionText),
            "==" => VersionMatching(versionText),
            "!=" => VersionExclusion(versionText),
            "~=" => CompatibleRelease(versionText),
            _ => OrderedComparison(operatorText, versionText),
        };
        return specifier is not null;
    }

    /// <summary>Whether the version fits the clause. Pre-releases are compared like all others.</summary>
    public bool Matches(Pep440Version version) => _matches(version);

    /// <summary>Whether the text is an operator and nothing else.</summary>
    internal static bool IsOperator(string text) => Operators.Contains(text);

    private static string LeadingOperator(ReadOnlySpan<char> clause)
    {
        foreach (var candidate in Operators)
            if (clause.StartsWith(candidate, StringComparison.Ordinal))
                return candidate;
        return "";
    }

    // PEP 440, "Arbitrary equality": what is no version can be written here, but no version is spelled like it.
    private static Pep440Specifier? ArbitraryEquality(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (Pep440Version.IsBlank(c) || c is ';' or ')')
                return null;
        var spelling = text.ToString();
        return new(
            version => version.ToString().Equals(spelling, StringComparison.OrdinalIgnoreCase),
            Pep440Version.TryParseTrimmed(text, out var named) && named.IsPreRelease);
    }

    // PEP 440, "Version matching".
    private static Pep440Specifier? VersionMatching(ReadOnlySpan<char> text)
    {
        if (text.EndsWith(Wildcard, StringComparison.Ordinal))
            return PrefixMatching(text[..^Wildcard.Length]);
        if (!Pep440Version.TryParseTrimmed(text, out var named))
            return null;
        return named.IsLocal
            ? new(named.Equals, named.IsPreRelease)
            : new(version => version.ComparePublicTo(named) == 0, named.IsPreRelease);
    }

    private static Pep440Specifier? PrefixMatching(ReadOnlySpan<char> text)
    {
        if (!Pep440Version.TryParseTrimmed(text, out var prefix) || !prefix.IsFinal)
            return null;
        return new(version => version.BeginsLike(prefix, prefix.ReleaseLength), namesPreRelease: false);
    }

    // PEP 440, "Version exclusion".
    private static Pep440Specifier? VersionExclusion(ReadOnlySpan<char> text) =>
        VersionMatching(text) is { } match ? new(version => !match.Matches(version), namesPreRelease: false) : null;

    // PEP 440, "Compatible release": ~=1.4.2 is >=1.4.2, ==1.4.*; of ~=1 nothing would be left to compare.
    private static Pep440Specifier? CompatibleRelease(ReadOnlySpan<char> text)
    {
        if (!Pep440Version.TryParseTrimmed(text, out var named) || named.IsLocal || named.ReleaseLength < 2)
            return null;
        return new(
            version => version.ComparePublicTo(named) >= 0 && version.BeginsLike(named, named.ReleaseLength - 1),
            named.IsPreRelease);
    }

    // PEP 440, "Inclusive ordered comparison" (local labels do not count) and "Exclusive ordered comparison".
    private static Pep440Specifier? OrderedComparison(string operatorText, ReadOnlySpan<char> text)
    {
        if (!Pep440Version.TryParseTrimmed(text, out var bound) || bound.IsLocal)
            return null;
        return new(
            operatorText switch
            {
                "<=" => version => version.ComparePublicTo(bound) <= 0,
                ">=" => version => version.ComparePublicTo(bound) >= 0,
                "<" => version => IsBelow(version, bound),
                _ => version => IsAbove(version, bound),
            },
            bound.IsPreRelease);
    }

    // <1.0 means the releases before 1.0, not its pre-releases; <1.0rc1 means those before it.
    private static bool IsBelow(Pep440Version version, Pep440Version bound) =>
        version < bound
        && !(version.IsPreRelease && !bound.IsPreRelease && version.HasBaseOf(bound));

    // >1.0 means the releases after 1.0, neither its post-releases nor a local variant of it; >1.0.post1 means those
    // after it, but still no local variants.
    private static bool IsAbove(Pep440Version version, Pep440Version bound) =>
        version > bound
        && !((version.IsLocal || (version.IsPostRelease && !bound.IsPostRelease)) && version.HasBaseOf(bound));
}
