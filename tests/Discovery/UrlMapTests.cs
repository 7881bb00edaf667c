using System.Text.Json.Nodes;
using Qhana.Registry.Discovery;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>The expected URLs are what Python 3.11's <c>re.sub</c> makes of them.</summary>
public sealed class UrlMapTests
{
    [Theory]
    // What the platform's own maps look like.
    [InlineData("localhost", "host.docker.internal", "http://localhost:5005/plugins/", "http://host.docker.internal:5005/plugins/")]
    [InlineData(@"^http://localhost:(\d+)", @"http://runner:\1", "http://localhost:5005/plugins/", "http://runner:5005/plugins/")]
    [InlineData(@"^http://localhost:(\d+)", @"http://runner:\1", "https://localhost:5005/plugins/", "https://localhost:5005/plugins/")]
    [InlineData(@"^(?P<scheme>https?)://(?P<host>[^:/]+)(:(?P<port>\d+))?", @"\g<scheme>://gateway/\g<host>\3", "http://runner:8080/a", "http://gateway/runner:8080/a")]
    [InlineData(@"^(?P<scheme>https?)://(?P<host>[^:/]+)(:(?P<port>\d+))?", @"\g<scheme>://gateway/\g<host>\3", "http://runner/a", "http://gateway/runner/a")]
    [InlineData("//(?!localhost)[^/]+", "//elsewhere", "http://localhost/ http://a/", "http://localhost/ http://elsewhere/")]
    // Groups are numbered in the order of their parentheses, named or not.
    [InlineData("(?P<n>a)(b)(?P<m>c)(d)", @"\1\2\3\4", "abcd", "abcd")]
    [InlineData("(?P<n>a)(b)(?P<m>c)(d)", @"\g<4>\g<3>\g<m>\g<n>", "abcd", "dcca")]
    [InlineData(@"(a)(?P<n>b)(?P=n)\1", @"<\g<0>>", "abbaabab", "<abba>abab")]
    [InlineData("(a)(b)?", @"[\1\2]", "aab", "[a][ab]")]
    [InlineData("(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)(.)", @"\11\10-\1", "abcdefghijkl", "kj-al")]
    // Templates: escapes, octal numbers, and what is literal.
    [InlineData("b", "$1$0$&${x}$$", "abc", "a$1$0$&${x}$$c")]
    [InlineData("b", @"\\1\n\t\.\-\/\_", "abc", "a\\1\n\t\\.\\-\\/\\_c")]
    [InlineData("(b)", @"\0\01\101\0501", "abc", "a\u0000\u0001A(1c")]
    [InlineData("(b)", @"\g<1>0\g<01>", "abc", "ab0bc")]
    // Quantifiers.
    [InlineData("a{2}", "X", "aaaaa", "XXa")]
    [InlineData("a{,2}b", "X", "aaab", "aX")]
    [InlineData("a{2,}", "X", "aaaaa", "X")]
    [InlineData("a{1,2}?", "X", "aa", "XX")]
    [InlineData("ba{,}", "X", "baa", "X")]
    [InlineData("a{}", "X", "aa{}", "aX")]
    [InlineData("a{x}", "X", "aa{x}", "aX")]
    [InlineData("a{1", "X", "a{1", "X")]
    [InlineData("a{1,b", "X", "a{1,b", "X")]
    [InlineData(".+?/", "X", "ab/cd/e", "XXe")]
    [InlineData("a++b", "X", "aab", "X")]
    [InlineData("a++ab", "X", "aaab", "aaab")]
    [InlineData("(?>a|ab)c", "X", "abc ac", "abc X")]
    [InlineData("a?+ab", "X", "aab ab", "X ab")]
    [InlineData("a{1,2}+a", "X", "aaa aa", "X aa")]
    // Sets.
    [InlineData("[]a]", "X", "[a]", "[XX")]
    [InlineData("[^]a]", "X", "[a]b", "Xa]X")]
    [InlineData("[a-]", "X", "a-b", "XXb")]
    [InlineData("[-a]", "X", "a-b", "XXb")]
    [InlineData(@"[\w.-]+", "X", "a.b-c/d", "X/X")]
    [InlineData(@"[^\W\d]", "X", "a1_-é", "X1X-X")]
    [InlineData("[a[b]", "X", "[ab]", "XXX]")]
    [InlineData("[a-z-[aeiou]]", "X", "e]b]-]", "XXX")]
    [InlineData(@"[\b]", "X", "a\u0008b", "aXb")]
    [InlineData(@"[\x41-\103]", "X", "ABCD", "XXXD")]
    [InlineData(@"[\]\\^]", "X", @"a]\^", "aXXX")]
    [InlineData(@"[\S]", "X", "a \u001cb", "X \u001cX")]
    [InlineData("[.$(]", "X", "a.b$(c", "aXbXXc")]
    // Escapes, and classes that know Unicode.
    [InlineData(@"\d+", "X", "1٣²", "X²")]
    [InlineData(@"\w+", "X", "é²_-٣", "X-X")]
    [InlineData(@"\s", "X", "a\u001c b", "aXXb")]
    [InlineData(@"\S\D\W", "X", "a é1-", "a é1-")]
    [InlineData(@"\x2f\u0061\U00000062", "X", "/ab", "X")]
    [InlineData(@"\.\/\""\-", "X", "./\"-", "X")]
    [InlineData(@"\141\07", "X", "aa\u0007", "aX")]
    [InlineData("😀+", "X", "a😀😀b", "aXb")]
    [InlineData(@"a\Z", "X", "a\na", "a\nX")]
    [InlineData(@"a\Z", "X", "a\n", "a\n")]
    [InlineData("a$", "X", "a\na\n", "a\nX\n")]
    [InlineData(@"\Aa", "X", "aa\na", "Xa\na")]
    [InlineData(@"\bb", "X", "b ab-b", "X ab-X")]
    [InlineData(@"\Bb", "X", "b ab-b", "b aX-b")]
    [InlineData(" #", "X", "a #", "aX")]
    // Flags for the whole pattern and for a group.
    [InlineData("(?i)LOCALhost", "X", "http://localHOST/", "http://X/")]
    [InlineData("a(?i:B)c", "X", "aBc abc abC", "X X abC")]
    [InlineData("(?i)a(?-i:b)", "X", "Ab aB", "X aB")]
    [InlineData("(?i)[a-c]+", "X", "aBC", "X")]
    [InlineData(@"(?i)(a)\1", "X", "aA", "X")]
    [InlineData("(?s)a.b", "X", "a\nb", "X")]
    [InlineData("a.b", "X", "a\nb", "a\nb")]
    [InlineData("(?s:.)(?-s:.)", "X", "\n\na", "\nX")]
    [InlineData("(?m)^a$", "X", "a\na", "X\nX")]
    [InlineData("^a$", "X", "a\na", "a\na")]
    [InlineData(@"(?a)\w+", "X", "aéb²", "XéX²")]
    [InlineData(@"(?a)\bb", "X", "éb", "éX")]
    [InlineData("(?ai)k", "X", "kKK", "XXK")]
    [InlineData("(?ai)[B-D]", "X", "abdDE", "aXXXE")]
    [InlineData("(?ai)[y-z]", "X", "xYZ", "xXX")]
    [InlineData(@"(?a:\w)(?u:\w)", "X", "éa aé", "éa X")]
    [InlineData(@"(?a)\w(?u:\w)", "X", "éa aé", "éa X")]
    [InlineData("(?x) a  b # c\n [ ] +", "X", "ab  c", "Xc")]
    [InlineData("(?x: a )b c", "X", "ab c", "X")]
    [InlineData("(?i)(?#c)(?s)A.", "X", "a\n", "X")]
    [InlineData("a(?#c)+", "X", "aa", "X")]
    // Look-arounds and conditions.
    [InlineData("a(?=b)", "X", "ab ac", "Xb ac")]
    [InlineData("a(?!b)", "X", "ab ac", "ab Xc")]
    [InlineData(@"(?<=:)\d+", "X", "a:80 81", "a:X 81")]
    [InlineData("(?<!a)b", "X", "ab bb", "ab XX")]
    [InlineData("(?=(a+))a", @"[\1]", "aab", "[aa][a]b")]
    [InlineData("(a)?(?(1)b|c)", "X", "ab c b", "X X b")]
    [InlineData("(?P<g><)?a(?(g)>)", "X", "<a> a <a", "X X <X")]
    [InlineData("(?(1)a|b)(c)", "X", "bc ac", "X ac")]
    // Empty matches, also next to the match before them, and a longer match at the same place.
    [InlineData("x*", "-", "abxd", "-a-b--d-")]
    [InlineData("x*?", "-", "xx", "-----")]
    [InlineData("", "-", "ab", "-a-b-")]
    [InlineData("^", ">", "ab", ">ab")]
    [InlineData("$", "<", "ab", "ab<")]
    [InlineData(@"\b|\w+", "-", "ab", "---")]
    [InlineData("(?:)|a", "-", "aa", "-----")]
    [InlineData("b(?:|a)?", "X", "aba", "aXa")]
    [InlineData("(a)|", @"[\1]", "ab", "[a][]b[]")]
    public void Apply_FollowsPythonSub(string pattern, string replacement, string url, string expected)
    {
        var skipped = new List<string>();

        Assert.Equal(expected, Map(pattern, replacement).Apply(url, skipped.Add));
        Assert.Empty(skipped);
    }

    [Fact]
    public void Apply_UsesTheRulesInTheirOrder()
    {
        var map = Parse("""{"b": "c", "a": "b", "c": "d"}""");

        Assert.Equal(3, map.Count);
        Assert.Equal("bdd", map.Apply("abc"));
    }

    // As in a Python dict.
    [Fact]
    public void TryParse_KeepsTheFirstPlaceAndTheLastValue_OfEqualPatterns()
    {
        var map = Parse("""{"a": "x", "b": "y", "a": "b"}""");

        Assert.Equal("y", map.Apply("a"));
    }

    [Fact]
    public void Empty_LeavesUrlsAlone()
    {
        Assert.Equal("http://localhost/", UrlMap.Empty.Apply("http://localhost/"));
        Assert.Equal(0, Parse("{}").Count);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("a)")]
    [InlineData("[a")]
    [InlineData("[]")]
    [InlineData("[z-a]")]
    [InlineData(@"[a-\d]")]
    [InlineData(@"\")]
    [InlineData("*")]
    [InlineData("a**")]
    [InlineData("^*")]
    [InlineData("a{2,1}")]
    [InlineData("(?P<n>a)(?P<n>b)")]
    [InlineData("(?P<1>a)")]
    [InlineData("(?P=n)")]
    [InlineData("(?P>n)")]
    [InlineData("(?<n>a)")]
    [InlineData(@"(a\1)")]
    [InlineData(@"\1")]
    [InlineData("(?(1)a|b)")]
    [InlineData("(a)(?(1)b|c|d)")]
    [InlineData("(?<=a+)b")]
    [InlineData(@"(?<=(a)\1)b")]
    [InlineData("a(?i)")]
    [InlineData("(?au)a")]
    [InlineData("(?z)")]
    [InlineData("(?i-i:a)")]
    [InlineData("(?#")]
    [InlineData(@"\q")]
    [InlineData(@"[\q]")]
    [InlineData(@"\x4")]
    [InlineData(@"\400")]
    [InlineData(@"\U00110000")]
    [InlineData("a{99999999999}")]
    // Valid in Python, but not supported.
    [InlineData(@"\N{DIGIT ONE}")]
    [InlineData("[😀]")]
    [InlineData("(?:a?)+?")]
    [InlineData("(?<=(a){2})b")]
    public void TryParse_RejectsPattern(string pattern)
    {
        var error = Error(new JsonObject { ["ok"] = "", [pattern] = "" }.ToJsonString());

        Assert.StartsWith($"the pattern \"{pattern.Replace(@"\", @"\\")}", error.Replace(@"\uD83D\uDE00", "😀"));
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData(@"\2")]
    [InlineData(@"\g<2>")]
    [InlineData(@"\g<n>")]
    [InlineData(@"\g<>")]
    [InlineData(@"\g<1")]
    [InlineData(@"\g")]
    [InlineData(@"\q")]
    [InlineData(@"\400")]
    [InlineData(@"\")]
    [InlineData(@"\10")]
    public void TryParse_RejectsReplacement(string replacement)
    {
        var error = Error(new JsonObject { ["(a)"] = replacement }.ToJsonString());

        Assert.StartsWith($"the replacement \"{replacement.Replace(@"\", @"\\")}\" of the pattern \"(a)\"", error);
    }

    [Theory]
    [InlineData("", "JSON object")]
    [InlineData("{", "JSON object")]
    [InlineData("[]", "JSON object")]
    [InlineData("null", "JSON object")]
    [InlineData("""{"a": 1}""", "\"a\"")]
    [InlineData("""{"a": null}""", "\"a\"")]
    [InlineData("""{"a": "\uD83D"}""", "JSON")]
    // The error stays on one line, whatever the pattern is.
    [InlineData("""{"(?\n": ""}""", @"(?\n")]
    public void TryParse_SaysWhatIsWrong(string json, string expected)
    {
        var error = Error(json);

        Assert.Contains(expected, error);
        Assert.DoesNotContain('\n', error);
    }

    private static UrlMap Map(string pattern, string replacement) => Parse(new JsonObject { [pattern] = replacement }.ToJsonString());

    private static UrlMap Parse(string json)
    {
        Assert.True(UrlMap.TryParse(json, out var map, out var error), error);
        return map;
    }

    private static string Error(string json)
    {
        Assert.False(UrlMap.TryParse(json, out var map, out var error));
        Assert.Same(UrlMap.Empty, map);
        return error;
    }
}
