using Qhana.Registry.Discovery.Matching;

namespace Qhana.Registry.Tests.Discovery;

public sealed class Pep440SpecifierTests
{
    [Theory]
    // Compatible release: the last number of the release may grow, those before it may not.
    [InlineData("~=2.2", "2.2", true)]
    [InlineData("~=2.2", "2.10", true)]
    [InlineData("~=2.2", "2.1", false)]
    [InlineData("~=2.2", "3.0", false)]
    [InlineData("~=1.4.5", "1.4.5", true)]
    [InlineData("~=1.4.5", "1.4.12", true)]
    [InlineData("~=1.4.5", "1.4.4", false)]
    [InlineData("~=1.4.5", "1.5.0", false)]
    [InlineData("~=1.4.5", "1.4", false)]
    [InlineData("~=1.4.5", "1.4.5.1", true)]
    [InlineData("~=1.4.5", "1!1.4.5", false)]
    [InlineData("~=1!1.4.5", "1!1.4.6", true)]
    // ~= with a suffix: the suffix is for the lower bound only; zeros at the end are numbers like others.
    [InlineData("~=2.2.post3", "2.2.post3", true)]
    [InlineData("~=2.2.post3", "2.3", true)]
    [InlineData("~=2.2.post3", "2.2.post2", false)]
    [InlineData("~=2.2.post3", "2.2", false)]
    [InlineData("~=2.2.post3", "3", false)]
    [InlineData("~=1.4.5a4", "1.4.5a4", true)]
    [InlineData("~=1.4.5a4", "1.4.5a3", false)]
    [InlineData("~=1.4.5a4", "1.4.9", true)]
    [InlineData("~=1.4.5a4", "1.5a4", false)]
    [InlineData("~=2.2.0", "2.2.9", true)]
    [InlineData("~=2.2.0", "2.3", false)]
    [InlineData("~=1.4.5.0", "1.4.5.3", true)]
    [InlineData("~=1.4.5.0", "1.4.6", false)]
    [InlineData("~=2.0", "2", true)]
    [InlineData("~=2.2", "2.2+local", true)]
    // ~= means the same in any spelling.
    [InlineData("~=v1.4.2", "v1.4.3", true)]
    [InlineData("~=v1.4.2", "v1.5.0", false)]
    [InlineData("~=1.4.2.RC1", "1.4.3", true)]
    [InlineData("~=1.4.2-beta.1", "1.4.2b2", true)]
    [InlineData("~=1.4.2-beta.1", "1.5", false)]
    // Version matching: the version and nothing else; zeros are filled up on both sides.
    [InlineData("==1.1", "1.1", true)]
    [InlineData("==1.1", "v1.1.0", true)]
    [InlineData("==1.1.0", "1.1", true)]
    [InlineData("==1.1", "1.1.post1", false)]
    [InlineData("==1.1.post1", "1.1.post1", true)]
    [InlineData("==1.1.post1", "1.1", false)]
    [InlineData("==1.1a1", "1.1a1", true)]
    [InlineData("==1.1a1", "1.1-Alpha.1", true)]
    [InlineData("==1.1a1", "1.1", false)]
    [InlineData("==1.1", "1!1.1", false)]
    [InlineData("==v1.1", "1.1", true)]
    // == with a prefix: epoch and the beginning of the release, whatever follows; "1.1" is no prefix of 1.10.
    [InlineData("==1.1.*", "1.1", true)]
    [InlineData("==1.1.*", "1.1.9", true)]
    [InlineData("==1.1.*", "1.1.post1", true)]
    [InlineData("==1.1.*", "1.1+local", true)]
    [InlineData("==1.1.*", "1.10", false)]
    [InlineData("==1.1.*", "1.2", false)]
    [InlineData("==1.1.*", "1", false)]
    [InlineData("==1.0.*", "1", true)]
    [InlineData("==1.0.0.*", "1.post1", true)]
    [InlineData("==1.*", "1!1", false)]
    [InlineData("==1!1.*", "1!1.7", true)]
    [InlineData("==v01.1.*", "1.1.2", true)]
    // == and local labels: one that the clause does not name does not count.
    [InlineData("==1.1", "1.1+local", true)]
    [InlineData("==1.1+local", "1.1+local", true)]
    [InlineData("==1.1+Local-01", "1.1+local.1", true)]
    [InlineData("==1.1+local", "1.1+other", false)]
    [InlineData("==1.1+local", "1.1", false)]
    // Version exclusion: the opposite.
    [InlineData("!=1.1", "1.1", false)]
    [InlineData("!=1.1", "1.1.0", false)]
    [InlineData("!=1.1", "1.1.post1", true)]
    [InlineData("!=1.1", "1.1+local", false)]
    [InlineData("!=1.1+local", "1.1", true)]
    [InlineData("!=1.1+local", "1.1+local", false)]
    [InlineData("!=1.1.*", "1.1.post1", false)]
    [InlineData("!=1.1.*", "1.2", true)]
    // Inclusive ordered comparison: local labels do not count.
    [InlineData("<=1.1", "1.1", true)]
    [InlineData("<=1.1", "1.1+local", true)]
    [InlineData("<=1.1", "1.1.post1", false)]
    [InlineData("<=1.1", "1.2", false)]
    [InlineData("<=1.1", "0.9", true)]
    [InlineData("<=1.10", "1.9", true)]
    [InlineData("<=1.1", "1!0", false)]
    [InlineData(">=1.1", "1.1", true)]
    [InlineData(">=1.1", "1.1+local", true)]
    [InlineData(">=1.1", "1.1.post1", true)]
    [InlineData(">=1.1", "1.0.9", false)]
    [InlineData(">=1.9", "1.10", true)]
    [InlineData(">=1!0", "2012.4", false)]
    [InlineData(">=v0.2.1", "v0.2.1", true)]
    // Exclusive ordered comparison, >: no post-release and no local variant of the version named.
    [InlineData(">1.7", "1.7", false)]
    [InlineData(">1.7", "1.7.1", true)]
    [InlineData(">1.7", "1.7.0.post1", false)]
    [InlineData(">1.7", "1.7+local", false)]
    [InlineData(">1.7", "1.7.1.post1", true)]
    [InlineData(">1.7", "1.7.1+local", true)]
    [InlineData(">1.7.post2", "1.7.1", true)]
    [InlineData(">1.7.post2", "1.7.0.post3", true)]
    [InlineData(">1.7.post2", "1.7.0", false)]
    [InlineData(">1.7.post2", "1.7.post2+local", false)]
    [InlineData(">1.7.post2", "1.7.post3+local", false)]
    [InlineData(">1.7rc1", "1.7rc2", true)]
    [InlineData(">1.7rc1", "1.7", true)]
    [InlineData(">1.7rc1", "1.7.post1", false)]
    // Exclusive ordered comparison, <: no pre-release of the version named, unless it is one.
    [InlineData("<3.1", "3.0.9", true)]
    [InlineData("<3.1", "3.1", false)]
    [InlineData("<3.1", "3.1.post1", false)]
    [InlineData("<3.1", "3.0+local", true)]
    [InlineData("<3.1,>=3.0a1", "3.0b1", true)]
    [InlineData("<3.1,>=3.0a1", "3.1.dev0", false)]
    [InlineData("<3.1,>=3.0a1", "3.1.0rc1", false)]
    [InlineData("<3.1.post1,>=3.0a1", "3.1rc1", false)]
    [InlineData("<3.1rc1", "3.1b9", true)]
    [InlineData("<3.1rc1", "3.1rc1", false)]
    [InlineData("<3.1rc1", "3.1rc1.dev1", true)]
    // Arbitrary equality: the normalized spelling of the version, in any case; nothing is filled up or understood.
    [InlineData("===1.0", "1.0", true)]
    [InlineData("===1.0", "v1.0", true)]
    [InlineData("===1.0", "1.0.0", false)]
    [InlineData("===v1.0", "v1.0", false)]
    [InlineData("===1.0RC1", "1.0rc1", true)]
    [InlineData("===1.0a3", "1.0-alpha.3", true)]
    [InlineData("===1.0-alpha.3", "1.0-alpha.3", false)]
    [InlineData("===1.0+LOCAL", "1.0+local", true)]
    [InlineData("===1.0+local", "1.0", false)]
    [InlineData("===1.0", "1.0+local", false)]
    [InlineData("===1.*", "1.0", false)]
    [InlineData("===foobar", "1.0", false)]
    [InlineData("===", "1.0", false)]
    public void Contains_FollowsPep440(string specifier, string version, bool expected) =>
        Assert.Equal(expected, Parse(specifier).Contains(version));

    [Theory]
    // Nobody asked for a pre-release.
    [InlineData("", "1.0a1", false)]
    [InlineData(">=1.0", "2.0a1", false)]
    [InlineData(">=1.0", "2.0.dev1", false)]
    [InlineData(">=1.0", "2.0.post1.dev1", false)]
    [InlineData(">=1.0", "2.0.post1", true)]
    [InlineData("<2.0", "1.0rc1", false)]
    [InlineData("!=1.0", "2.0a1", false)]
    [InlineData("==1.1.*", "1.1a1", false)]
    [InlineData("~=1.1", "1.2.dev1", false)]
    // A clause names one; each operator but != asks for it, and for all others that fit.
    [InlineData(">=1.0a1", "2.0.dev1", true)]
    [InlineData(">1.0a1", "2.0b1", true)]
    [InlineData("<=2.0rc1", "1.0a1", true)]
    [InlineData("<2.0.dev1", "1.0a1", true)]
    [InlineData("~=1.1.dev0", "1.2a1", true)]
    [InlineData("==1.1a1", "1.1a1", true)]
    [InlineData("==1.1a1+local", "1.1a1+local", true)]
    [InlineData("===1.1a1", "1.1a1", true)]
    [InlineData("!=1.0a1", "2.0a1", false)]
    [InlineData("!=1.0a1", "2.0", true)]
    // A post-release is not asked for as a pre-release, its development release is.
    [InlineData(">=1.0.post1", "2.0a1", false)]
    [InlineData(">=1.0.post1.dev1", "2.0a1", true)]
    // One clause is enough for the set.
    [InlineData(">=1.0,<3.0rc1", "2.0a1", true)]
    [InlineData(">=1.0.dev0,==1.1.*", "1.1a1", true)]
    [InlineData(">=1.0,!=2.0rc1", "2.0a1", false)]
    // Asking for them does not make the other clauses more generous.
    [InlineData(">=1.0,<3.0rc1", "1.0a1", false)]
    public void Contains_HasPreReleases_WhereAClauseNamesOne(string specifier, string version, bool expected) =>
        Assert.Equal(expected, Parse(specifier).Contains(version));

    [Theory]
    // All clauses must fit.
    [InlineData(">=1.0,<2.0", "1.5", true)]
    [InlineData(">=1.0,<2.0", "0.9", false)]
    [InlineData(">=1.0,<2.0", "2.0", false)]
    [InlineData("~= 0.9, >= 1.0, != 1.3.4.*, < 2.0", "0.9.5", false)]
    [InlineData("~= 1.9, >= 1.0, != 1.3.4.*, < 2.0", "1.9.5", true)]
    [InlineData(">=1.0, !=1.3.4.*, <2.0", "1.3.4.1", false)]
    [InlineData("!=1.0,!=2.0.0", "2", false)]
    [InlineData("===1.0,===1.0.0", "1.0", false)]
    // Blanks and empty clauses do not count.
    [InlineData("  >= 1.0 ,\t<\n2.0 ", "1.5", true)]
    [InlineData("\u001c>=\u20031.0\u001f", "1.5", true)]
    [InlineData("==\t1.*", "1.5", true)]
    [InlineData(",>=1.0,,<2.0,", "1.5", true)]
    [InlineData(",>=1.0,,<2.0,", "2.5", false)]
    // The empty set leaves out pre-releases only.
    [InlineData("", "1.0", true)]
    [InlineData("", "1!1.0.post1+local", true)]
    [InlineData(" , ", "1.0", true)]
    [InlineData(" , ", "1.0.dev1", false)]
    public void Contains_NeedsAllClauses(string specifier, string version, bool expected) =>
        Assert.Equal(expected, Parse(specifier).Contains(version));

    [Theory]
    [InlineData("")]
    [InlineData(">=0.dev0")]
    [InlineData("!=1.0")]
    [InlineData("===latest")]
    [InlineData("===")]
    public void Contains_IsFalse_WhenTextIsNoVersion(string specifier)
    {
        Assert.False(Parse(specifier).Contains("latest"));
        Assert.False(Parse(specifier).Contains(""));
        Assert.False(Parse(specifier).Contains(new string('1', Pep440Version.MaxLength + 1)));
    }

    [Theory]
    [InlineData(">=1.0,<2", "v1.5", true)]
    [InlineData(">=1.0,<2", "2.5", false)]
    [InlineData(">=1.0,<2", "1.5a1", false)]
    [InlineData("===1.5a1", "1.5-alpha.1", true)]
    public void Contains_IsTheSame_WhenVersionIsParsed(string specifier, string text, bool expected)
    {
        Assert.True(Pep440Version.TryParse(text, out var version));

        Assert.Equal(expected, Parse(specifier).Contains(version));
        Assert.Equal(expected, Parse(specifier).Contains(text));
    }

    public static TheoryData<string> NoSpecifiers =>
    [
        // No operator, or an unknown one
        "1.0", "v1.0", "nonsense", "1.0,>=0.1", "=>1", "=1.0", "~1.0", "<>1.0", "=<1.0", ">>1.0", "^1.0", "! =1.0", "1.0==",
        // No version
        "==", ">=", ">=,1.0", ">=?!", ">=v", ">=latest", ">=1.0,<", ">==1.0", "~==1.0", "!==1.0", "<= =1.0",
        // Wildcards other than at the end of a release after == and !=
        ">=1.*", "<1.*", "<=1.*", ">1.*", "~=1.0.*", "==*", "==.*", "==1.0.*.1", "==1.0*", "==1.*.*", "==1.0.", "==1.0 .*",
        "==1.0a1.*", "==1.0.post1.*", "==1.0.dev1.*", "==1.0+local.*", "!=1.0a1.*", "!=*",
        // Local labels with an ordered operator
        ">=1.0+local", "<=1.0+local", ">1.0+local", "<1.0+local", "~=1.0+local",
        // Nothing to be compatible with
        "~=1", "~=1!1", "~=1a1", "~=1.post1",
        // What arbitrary equality stops at
        "===1.0 beta", "===1.0;", "===(1.0)",
        // A number longer than any version
        ">=" + new string('1', Pep440Version.MaxLength + 1),
    ];

    [Theory]
    [MemberData(nameof(NoSpecifiers))]
    [InlineData("1.0 2.0")]
    [InlineData(">=1.0 <2.0")]
    [InlineData(">=1.0 2.0")]
    public void TryParse_IsFalse_WhenAClauseIsNone(string text)
    {
        Assert.False(Pep440SpecifierSet.TryParse(text, out var set));
        Assert.Null(set);
    }

    [Theory]
    // Blanks, commas or both separate.
    [InlineData(">=0.2 <0.3", "0.2.1", true)]
    [InlineData(">=0.2 <0.3", "0.3", false)]
    [InlineData(">=0.2 <0.3", "0.1", false)]
    [InlineData(">=0.2,<0.3", "0.1", false)]
    [InlineData(" >=0.2 \t <0.3 ,, !=0.2.5 ", "0.2.4", true)]
    [InlineData(" >=0.2 \t <0.3 ,, !=0.2.5 ", "0.2.5", false)]
    // A blank after an operator does not.
    [InlineData(">= 0.2, <0.3", "0.2.1", true)]
    [InlineData(">= 0.2 < 0.3", "0.2.1", true)]
    [InlineData(">= 0.2 < 0.3", "0.3", false)]
    [InlineData("~= \t 1.4.2 != 1.4.3", "1.4.4", true)]
    [InlineData("~= \t 1.4.2 != 1.4.3", "1.4.3", false)]
    [InlineData("=== 1.0", "1.0", true)]
    // The meaning is that of the strict form.
    [InlineData(">=0.2 <0.3", "0.2.1rc1", false)]
    [InlineData(">=0.2a1 <0.3", "0.2.1rc1", true)]
    [InlineData("", "1.0", true)]
    [InlineData(" , ", "1.0a1", false)]
    public void TryParseLoose_SeparatesAtBlanksToo(string text, string version, bool expected)
    {
        Assert.True(Pep440SpecifierSet.TryParseLoose(text, out var set));

        Assert.Equal(expected, set.Contains(version));
    }

    [Theory]
    [MemberData(nameof(NoSpecifiers))]
    [InlineData("1.0 2.0")]
    [InlineData(">=1.0 2.0")]
    [InlineData(">= 1.0 <")]
    [InlineData("< =1.0")]
    [InlineData(">= <= 1.0")]
    [InlineData(">= , 1.0")]
    public void TryParseLoose_IsFalse_WhenAClauseIsNone(string text)
    {
        Assert.False(Pep440SpecifierSet.TryParseLoose(text, out var set));
        Assert.Null(set);
    }

    [Fact]
    public void TryParse_TakesLinearTime()
    {
        // A million characters take milliseconds; in quadratic time they would take many minutes.
        var started = TimeProvider.System.GetTimestamp();

        Assert.False(Pep440SpecifierSet.TryParse(">=" + new string('1', 1_000_000), out _));
        Assert.True(Pep440SpecifierSet.TryParse(new string(' ', 1_000_000) + ">=1", out _));
        Assert.True(Pep440SpecifierSet.TryParseLoose(new string(',', 1_000_000), out _));

        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(">=1.0rc1", "1.0a1", false)]
    [InlineData(">=1.0rc1", "1.0rc1", true)]
    [InlineData(">=1.0", "2.0rc1", true)]
    public void Matches_LeavesPreReleasesToTheSet(string text, string version, bool expected)
    {
        Assert.True(Pep440Specifier.TryParse(text, out var clause));
        Assert.True(Pep440Version.TryParse(version, out var parsed));

        Assert.Equal(expected, clause.Matches(parsed));
    }

    private static Pep440SpecifierSet Parse(string text) =>
        Pep440SpecifierSet.TryParse(text, out var set) ? set : throw new ArgumentException($"'{text}' is no specifier set");
}
