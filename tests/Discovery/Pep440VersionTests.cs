using System.Text;
using Qhana.Registry.Discovery.Matching;

namespace Qhana.Registry.Tests.Discovery;

public sealed class Pep440VersionTests
{
    // Each is less than the next, from the texts that are no versions up.
    private static readonly string[] Ascending =
    [
        // No versions: bytewise, as UTF-8 ("ｖ" is EF BD 96, the die F0 9F 8E B2; in UTF-16 they are the other way round).
        "", " ", "!", "1.0 beta", "latest", "v", "ｖ1", "🎲",
        // Development releases come before the pre-releases, and epoch 0 begins here.
        "0.0.dev0", "0.dev1", "0a0", "0", "0+local.1", "0.1.dev2", "0.9", "0.10", "0.15.5.0", "0.22.2.2",
        // PEP 440, "Summary of permitted suffixes and relative ordering".
        "1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2",
        "1.0b2.post345.dev456", "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+5",
        "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1",
        // Post-releases of pre-releases, and development releases of both.
        "1.1a1.dev1", "1.1a1", "1.1a1.post0.dev3", "1.1a1.post0", "1.1a1.post1", "1.1",
        // Local labels: letters before numbers, numbers by their value, fewer segments before more.
        "1.1+1a", "1.1+a", "1.1+a.b", "1.1+a.1", "1.1+a.1.z", "1.1+a1", "1.1+ab", "1.1+b", "1.1+9", "1.1+9.0", "1.1+9.1",
        "1.1+10", "1.1.post0", "1.1.post0+a", "1.1.post9", "1.1.post10",
        // Release numbers by their value, of any size.
        "1.2", "1.2.0.1", "1.9", "1.10", "1.99999999999999999999", "1.100000000000000000000", "2", "2012.4", "2012.10",
        "99999999999999999999", "100000000000000000000", "100000000000000000000.1",
        // A new epoch is above everything.
        "1!0.dev1", "1!0", "1!1.0", "1!2.0rc1", "2!0", "10!0",
    ];

    private static readonly int FirstVersion = Array.IndexOf(Ascending, "0.0.dev0");

    // PEP 440, "Normalization": spelling, normal form.
    public static TheoryData<string, string> Spellings => new()
    {
        // Case sensitivity
        { "1.1RC1", "1.1rc1" }, { "1.0A1", "1.0a1" }, { "1.0.Post1", "1.0.post1" }, { "1.0DEV", "1.0.dev0" },
        // Integer normalization
        { "00", "0" }, { "09000", "9000" }, { "1.0+foo0100", "1.0+foo0100" }, { "1.0+0100", "1.0+100" },
        { "01!1.00a007", "1!1.0a7" },
        // Pre-release separators
        { "1.1.a1", "1.1a1" }, { "1.1-a1", "1.1a1" }, { "1.1_a1", "1.1a1" }, { "1.1a.1", "1.1a1" }, { "1.1-a-1", "1.1a1" },
        { "1.2.3_rc.5", "1.2.3rc5" },
        // Pre-release spelling
        { "1.1alpha1", "1.1a1" }, { "1.1beta2", "1.1b2" }, { "1.1c3", "1.1rc3" }, { "1.1pre4", "1.1rc4" },
        { "1.1preview5", "1.1rc5" }, { "1.1-Alpha.3", "1.1a3" },
        // Implicit pre-release number
        { "1.2a", "1.2a0" }, { "1.2rc", "1.2rc0" }, { "1.2a-", "1.2a0" },
        // Post release separators
        { "1.2.post2", "1.2.post2" }, { "1.2-post2", "1.2.post2" }, { "1.2post2", "1.2.post2" },
        { "1.2_post_2", "1.2.post2" }, { "1.2.post-2", "1.2.post2" },
        // Post release spelling
        { "1.0-r4", "1.0.post4" }, { "1.0rev4", "1.0.post4" }, { "1.0.r4", "1.0.post4" },
        // Implicit post release number
        { "1.2.post", "1.2.post0" }, { "1.2r", "1.2.post0" },
        // Implicit post releases
        { "1.0-1", "1.0.post1" }, { "1.0a-1-2", "1.0a1.post2" }, { "1.0a--2", "1.0a0.post2" },
        // Development release separators
        { "1.2-dev2", "1.2.dev2" }, { "1.2dev2", "1.2.dev2" }, { "1.2_dev2", "1.2.dev2" }, { "1.2.dev-2", "1.2.dev2" },
        // Implicit development release number
        { "1.2.dev", "1.2.dev0" },
        // Local version segments
        { "1.0+ubuntu-1", "1.0+ubuntu.1" }, { "1.0+Ubuntu_1", "1.0+ubuntu.1" }, { "1.0+1.0", "1.0+1.0" },
        // Preceding v character
        { "v1.0", "1.0" }, { "V1.0", "1.0" },
        // Leading and trailing white space, the separators that only Python counts included
        { " 1.0", "1.0" }, { "1.0\n", "1.0" }, { "\t\r\n\f\v 1.0 \t", "1.0" }, { "\u2003v1.0\u00a0", "1.0" }, { "\u001c1.0\u001f", "1.0" },
        // All parts; the release keeps its zeros; no epoch is epoch 0
        { "v1!2.0.0-beta-3-4.dev5+Linux-x64", "1!2.0.0b3.post4.dev5+linux.x64" }, { "1.0.0", "1.0.0" }, { "0!1.0", "1.0" },
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void ToString_IsNormalized(string spelling, string expected)
    {
        Assert.True(Pep440Version.TryParse(spelling, out var version));

        Assert.Equal(expected, version.ToString());
    }

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Versions_AreEqual_WhenOnlyTheirSpellingDiffers(string spelling, string normalized)
    {
        var version = Parse(spelling);
        var other = Parse(normalized);

        Assert.True(version.Equals(other));
        Assert.True(version == other);
        Assert.Equal(version.GetHashCode(), other.GetHashCode());
        Assert.Equal(Pep440Version.SortKey(normalized), Pep440Version.SortKey(spelling));
    }

    [Theory]
    // Zeros at the end of the release do not count, those within it do.
    [InlineData("1", "1.0.0", true)]
    [InlineData("0", "0.0", true)]
    [InlineData("1.0a1", "1a1", true)]
    [InlineData("1.0+a", "1+a", true)]
    [InlineData("1.0.1", "1.1", false)]
    [InlineData("10", "1", false)]
    // Everything else makes a difference.
    [InlineData("1.0", "1!1.0", false)]
    [InlineData("1.0", "1.0a0", false)]
    [InlineData("1.0", "1.0.post0", false)]
    [InlineData("1.0", "1.0.dev0", false)]
    [InlineData("1.0", "1.0+0", false)]
    [InlineData("1.0+1", "1.0+1.0", false)]
    [InlineData("1.0+0100", "1.0+100", true)]
    [InlineData("1.0+a0100", "1.0+a100", false)]
    public void Equals_IsSameVersion(string left, string right, bool expected)
    {
        Assert.Equal(expected, Parse(left).Equals(Parse(right)));
        Assert.Equal(expected, Parse(left).Equals((object)Parse(right)));
        Assert.Equal(expected, Parse(left) == Parse(right));
        Assert.Equal(!expected, Parse(left) != Parse(right));
        Assert.Equal(expected, Parse(left).GetHashCode() == Parse(right).GetHashCode());
        Assert.Equal(expected, Pep440Version.SortKey(left) == Pep440Version.SortKey(right));
    }

    [Theory]
    // Not a release
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("v")]
    [InlineData("latest")]
    [InlineData("a1")]
    [InlineData(".1")]
    [InlineData("-1")]
    [InlineData("vv1")]
    [InlineData("v 1")]
    // A release with something wrong in it
    [InlineData("1.")]
    [InlineData("1..0")]
    [InlineData("1.0 0")]
    [InlineData("1,0")]
    [InlineData("1.x")]
    [InlineData("1.*")]
    // Epochs
    [InlineData("!1")]
    [InlineData("1!")]
    [InlineData("1!!1")]
    [InlineData("1!v1")]
    [InlineData("1!2!3")]
    // Suffixes: unknown, out of order, twice, with two separators
    [InlineData("1.0x1")]
    [InlineData("1.0gamma1")]
    [InlineData("1.0dev1a1")]
    [InlineData("1.0.post1a1")]
    [InlineData("1.0.dev1.post1")]
    [InlineData("1.0a1b1")]
    [InlineData("1.0-1-1")]
    [InlineData("1.0..a1")]
    [InlineData("1.0a..1")]
    [InlineData("1.0--1")]
    [InlineData("1.0_1")]
    [InlineData("1.0 a1")]
    // Local labels
    [InlineData("1.0+")]
    [InlineData("+1")]
    [InlineData("1.0+a+b")]
    [InlineData("1.0+.a")]
    [InlineData("1.0+a.")]
    [InlineData("1.0+a..b")]
    [InlineData("1.0+a*")]
    [InlineData("1.0+-")]
    // Beyond ASCII: Arabic and superscript digits, a long s, a Kelvin sign, a dotless i, a letter of a local label
    [InlineData("\u0661.0")]
    [InlineData("1\u00b2")]
    [InlineData("1.0.po\u017ft1")]
    [InlineData("1.0+\u212a")]
    [InlineData("1.0prev\u0131ew1")]
    [InlineData("1.0+ä")]
    [InlineData("1.0\0")]
    public void TryParse_IsFalse_WhenTextIsNoVersion(string text)
    {
        Assert.False(Pep440Version.TryParse(text, out var version));
        Assert.Null(version);
    }

    [Fact]
    public void TryParse_AcceptsNoMoreThan255Characters()
    {
        var longest = new string('9', 255);

        Assert.Equal(255, Pep440Version.MaxLength);
        Assert.True(Pep440Version.TryParse($" {longest} ", out _));
        Assert.False(Pep440Version.TryParse(longest + "9", out _));
        Assert.False(Pep440Version.TryParse(new string('1', 100_000), out _));
        Assert.True(Parse(longest) > Parse(longest[1..]));
        Assert.True(Parse(longest) > Parse("1" + longest[1..]));
    }

    [Theory]
    [InlineData("1.0", false)]
    [InlineData("1!1.0", false)]
    [InlineData("1.0.post1", false)]
    [InlineData("1.0+dev", false)]
    [InlineData("1.0+a1", false)]
    [InlineData("1.0a0", true)]
    [InlineData("1.0b1", true)]
    [InlineData("1.0rc1", true)]
    [InlineData("1.0.dev0", true)]
    [InlineData("1.0a1.post1", true)]
    [InlineData("1.0.post1.dev2", true)]
    [InlineData("1.0rc1+local", true)]
    public void IsPreRelease_IsPreOrDevelopmentRelease(string text, bool expected) =>
        Assert.Equal(expected, Parse(text).IsPreRelease);

    [Fact]
    public void CompareTo_FollowsPep440()
    {
        var versions = Ascending[FirstVersion..].Select(Parse).ToArray();

        foreach (var (lower, higher) in Pairs(versions))
        {
            Assert.True(lower.CompareTo(higher) < 0, $"{lower} < {higher}");
            Assert.True(higher.CompareTo(lower) > 0, $"{higher} > {lower}");
            Assert.True(lower < higher && lower <= higher && lower != higher, $"{lower} < {higher}");
            Assert.False(lower > higher || lower >= higher || lower == higher, $"{lower} < {higher}");
        }
        Assert.All(versions, version => Assert.Equal(0, version.CompareTo(Parse(version.ToString()))));
    }

    [Fact]
    public void CompareTo_PutsNullFirst()
    {
        var version = Parse("0.dev0");
        Pep440Version? none = null;

        Assert.True(version.CompareTo(none) > 0);
        Assert.True(none < version && none <= version && none != version);
        Assert.False(none > version || none >= version || version.Equals(none));
        Assert.True(none == null && none <= null && none >= null);
    }

    [Fact]
    public void SortKey_FollowsPep440_Bytewise()
    {
        foreach (var (lower, higher) in Pairs(Ascending))
        {
            var lowerKey = Encoding.UTF8.GetBytes(Pep440Version.SortKey(lower));
            var higherKey = Encoding.UTF8.GetBytes(Pep440Version.SortKey(higher));

            Assert.True(lowerKey.AsSpan().SequenceCompareTo(higherKey) < 0, $"'{lower}' < '{higher}'");
        }
    }

    [Fact]
    public void SortKey_IsPrintableAscii_WhenTextIsAVersion()
    {
        foreach (var text in Ascending[FirstVersion..].Append("\u2003" + new string('9', Pep440Version.MaxLength)))
            Assert.All(Pep440Version.SortKey(text), c => Assert.InRange(c, '!', '~'));
    }

    [Fact]
    public void SortKey_TellsTextsApart_WhenTheyAreNoVersions()
    {
        Assert.NotEqual(Pep440Version.SortKey("nope"), Pep440Version.SortKey("nope "));
        Assert.NotEqual(Pep440Version.SortKey("nope"), Pep440Version.SortKey("Nope"));
    }

    private static Pep440Version Parse(string text) =>
        Pep440Version.TryParse(text, out var version) ? version : throw new ArgumentException($"'{text}' is no version");

    private static IEnumerable<(T Lower, T Higher)> Pairs<T>(T[] ordered) =>
        from i in Enumerable.Range(0, ordered.Length)
        from j in Enumerable.Range(i + 1, ordered.Length - i - 1)
        select (ordered[i], ordered[j]);
}
