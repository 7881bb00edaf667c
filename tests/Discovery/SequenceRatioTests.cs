using Qhana.Registry.Discovery.Matching;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>The expected numbers are what Python 3.11's difflib computes.</summary>
public sealed class SequenceRatioTests
{
    [Theory]
    // Nothing, everything, and in between.
    [InlineData("", "", 1.0)]
    [InlineData("", "a", 0.0)]
    [InlineData("a", "", 0.0)]
    [InlineData("a", "a", 1.0)]
    [InlineData("a", "b", 0.0)]
    [InlineData("abcd", "bcde", 0.75)]
    [InlineData("hello world", "hello wrold", 0.9090909090909091)]
    [InlineData("wu palmer", "wu palmer similarities", 0.5806451612903226)]
    // Letter case does not count; İ is two code points in lower case, Σ at the end of a word is another letter than within it.
    [InlineData("ABC", "abc", 1.0)]
    [InlineData("Ünïcode Straße", "ÜNÏCODE STRASSE", 0.896551724137931)]
    [InlineData("İ", "i", 0.6666666666666666)]
    [InlineData("İstanbul", "i\u0307stanbul", 1.0)]
    [InlineData("ΑΣ", "ας", 1.0)]
    [InlineData("ΑΣ", "ασ", 0.5)]
    [InlineData("ΑΣΑ", "ασα", 1.0)]
    [InlineData("Σ Α.Σ' Α", "σ α.ς' α", 1.0)]
    [InlineData("Σ", "σ", 1.0)]
    // Code points count, not UTF-16 units.
    [InlineData("😀", "😁", 0.0)]
    [InlineData("a😀", "a😁", 0.5)]
    [InlineData("𐐀b", "𐐨c", 0.5)]
    // The order matters: the first of several longest blocks is the first one in a.
    [InlineData("tide", "diet", 0.25)]
    [InlineData("diet", "tide", 0.5)]
    [InlineData("abxcd", "cdab", 0.4444444444444444)]
    [InlineData("cdab", "abxcd", 0.4444444444444444)]
    [InlineData("abcxabd", "abd", 0.6)]
    [InlineData("gestalt pattern matching", "gestalt practice", 0.6)]
    [InlineData("aabaab", "abaa", 0.8)]
    // Blocks on both sides of the longest one.
    [InlineData("private Thread currentThread;", "private volatile Thread currentThread;", 0.8656716417910447)]
    [InlineData("qabxcd", "abycdf", 0.6666666666666666)]
    [InlineData("a1b2c3d4e5", "a-b-c-d-e-", 0.5)]
    [InlineData("abcabba", "cbabac", 0.46153846153846156)]
    public void Ratio_EqualsDifflib(string a, string b, double expected) => Assert.Equal(expected, SequenceRatio.Ratio(a, b));

    public static TheoryData<string, string, double> LongTexts => new()
    {
        // 199 code points are all indexed, 200 are not if too many of them are the same.
        { "y" + new string('x', 198), new string('x', 198) + "z", 0.9949748743718593 },
        { "y" + new string('x', 199), new string('x', 199) + "z", 0.0 },
        // Popular characters cannot start a block, but lengthen one, and match at the very start.
        { new string('x', 200), new string('x', 200), 1.0 },
        { new string('x', 100) + "y" + new string('x', 100), new string('x', 101) + "y" + new string('x', 99), 0.9950248756218906 },
        { new string('x', 150) + "ab", new string('x', 250), 0.746268656716418 },
        // Popular is what occurs more often than 1 % of the length and one more: 4 times of 200 to 299, 5 times of 300.
        { "q" + new string('x', 3), Distinct(197) + new string('x', 3), 0.029411764705882353 }, // 200
        { "q" + new string('x', 4), Distinct(196) + new string('x', 4), 0.0 }, // 200
        { "q" + new string('x', 4), Distinct(295) + new string('x', 4), 0.0 }, // 299
        { "q" + new string('x', 4), Distinct(296) + new string('x', 4), 0.02622950819672131 }, // 300
        { "q" + new string('x', 5), Distinct(295) + new string('x', 5), 0.0 }, // 300
        // Only b is indexed, so only its length counts.
        { new string('x', 240) + "y", "y" + new string('x', 150), 0.7653061224489796 },
        { "y" + new string('x', 150), new string('x', 240) + "y", 0.00510204081632653 },
        // Words again and again, as in the recorded titles.
        { Repeat("long ", 40), Repeat("long ", 41), 0.9876543209876543 },
        { Repeat("long ", 40), Repeat("lung ", 40), 0.005 },
    };

    [Theory]
    [MemberData(nameof(LongTexts))]
    public void Ratio_EqualsDifflib_WithItsAutojunk(string a, string b, double expected) => Assert.Equal(expected, SequenceRatio.Ratio(a, b));

    // The number of matching characters in 100 generated pairs. From 200 characters on some or most of them are popular.
    [Theory]
    [InlineData(2, 60, 1882)]
    [InlineData(4, 150, 3204)]
    [InlineData(40, 199, 4200)]
    [InlineData(40, 200, 4490)]
    [InlineData(120, 300, 7007)]
    public void Ratio_EqualsDifflib_ForGeneratedTexts(int letters, int length, int expected)
    {
        var matched = GeneratedPairs(letters, length).Sum(pair => Math.Round(SequenceRatio.Ratio(pair.A, pair.B) * length));

        Assert.Equal(expected, matched);
    }

    [Theory]
    // Exactly 0.8 is not similar yet.
    [InlineData("abcd", "abcdef", false)]
    [InlineData("abcde", "abcdefg", true)]
    [InlineData("aabaab", "abaa", false)]
    // The letters are the same, their order is not.
    [InlineData("abcdefgh", "hgfedcba", false)]
    // Recorded with the original registry.
    [InlineData("abc", "Ab", false)]
    [InlineData("entitY fil tyr", "ntty filter", false)]
    [InlineData("ÜnïcodacStraße", "Üznïcode Straße", true)]
    [InlineData("data ysythesis", "datya synth-sis", true)]
    [InlineData("quayntum k-mea-s", "quantum kzmeans", true)]
    [InlineData("oxne hot zenxcozcding", "one hot encoding", true)]
    // Code points count, also to see at once that a title is too long.
    [InlineData("😀😁😀😁", "😀😁😀😁", true)]
    // Nothing is similar to nothing.
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a", "", false)]
    public void IsSimilar_MeansARatioAbove80Percent(string name, string title, bool expected) =>
        Assert.Equal(expected, new SequenceRatio(name).IsSimilar(title));

    [Theory]
    [InlineData(3, 20)]
    [InlineData(10, 80)]
    [InlineData(150, 250)]
    public void IsSimilar_AgreesWithTheRatio(int letters, int length)
    {
        var results = new HashSet<bool>();
        foreach (var (a, _) in GeneratedPairs(letters, length))
        {
            var name = new SequenceRatio(a);
            for (var cut = 0; cut < length; cut += 2)
            {
                var title = a[cut..] + a[..(cut / 2)];
                results.Add(name.IsSimilar(title));
                Assert.Equal(name.RatioTo(title) > SequenceRatio.SimilarityThreshold, name.IsSimilar(title));
            }
        }
        Assert.Equal(2, results.Count);
    }

    [Fact]
    public void IsSimilar_LeavesNothingBehind_ForTheNextTitle()
    {
        var name = new SequenceRatio("wu palmer");

        Assert.False(name.IsSimilar("mu-palwer, and a title that is far too long to be similar to this name"));
        Assert.True(name.IsSimilar("Wu Palmer"));
        Assert.False(name.IsSimilar("remlap uw"));
        Assert.True(name.IsSimilar("Wu-Palmer"));
    }

    [Fact]
    public void Ratio_AcceptsHalfSurrogatePairs() => Assert.Equal(0.5, SequenceRatio.Ratio("a\uD83D", "a\uDE00"));

    // Each block is found to the right of the one before.
    [Fact]
    public void Ratio_FindsThousandsOfBlocks()
    {
        var a = Distinct(3000);
        var b = string.Concat(a.Select(character => character + "-"));

        Assert.Equal(2.0 / 3, SequenceRatio.Ratio(a, b));
    }

    // A linear congruential generator, as it is easily written in Python too. In b the first quarter of a stands last, and every 7th character is another one.
    private static IEnumerable<(string A, string B)> GeneratedPairs(int letters, int length)
    {
        var state = 1L;
        for (var pair = 0; pair < 100; pair++)
        {
            var a = new char[length];
            for (var i = 0; i < length; i++)
            {
                state = (state * 1103515245 + 12345) & 0x7FFFFFFF;
                a[i] = (char)('\u4E00' + (state >> 16) % letters);
            }
            var rotated = a[(length / 4)..].Concat(a[..(length / 4)]);
            yield return (new string(a), string.Concat(rotated.Select((character, i) => i % 7 == 6 ? 'x' : character)));
        }
    }

    private static string Distinct(int count) => string.Concat(Enumerable.Range(0x4E00, count).Select(code => (char)code));

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
