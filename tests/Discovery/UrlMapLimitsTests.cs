using System.Text.Json.Nodes;
using Qhana.Registry.Discovery;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>No rule may hang the service, or make it run out of stack or memory.</summary>
public sealed class UrlMapLimitsTests
{
    private static readonly string ManyLetters = $"http://{new string('a', 2000)}!";

    // Backtracking takes exponential time for these; .NET's linear engine does not, and so they have their effect. On a busy
    // machine that may need a few calls, as the time limit is short.
    [Theory]
    [InlineData("(a+)+$|!")]
    [InlineData("(a|aa)+$|!")]
    [InlineData("(a*)*b|!")]
    public async Task Apply_DoesNotHang(string pattern)
    {
        var map = Map(pattern, "?");
        var expected = ManyLetters.Replace('!', '?');

        var mapped = await Within5Seconds(() => Enumerable.Range(0, 20).Select(_ => map.Apply(ManyLetters)).FirstOrDefault(url => url == expected));

        Assert.Equal(expected, mapped);
    }

    // What cannot be matched in linear time is left out. The rule after it counts.
    [Theory]
    [InlineData("(?=(a+)+$)a")]
    [InlineData(@"(a+)+\1$")]
    public async Task Apply_LeavesOutARule_ThatTakesTooLong(string pattern)
    {
        var map = Parse(new JsonObject { [pattern] = "?", ["http"] = "https" }.ToJsonString());
        var skipped = new List<string>();

        var mapped = await Within5Seconds(() => map.Apply(ManyLetters, skipped.Add));

        Assert.Equal(ManyLetters.Replace("http", "https"), mapped);
        Assert.StartsWith($"the pattern \"{pattern.Replace(@"\", @"\\")}\" was not applied", Assert.Single(skipped));
    }

    [Theory]
    [InlineData(8192, true)]
    [InlineData(8193, false)]
    public void Apply_LeavesLongUrlsAlone(int length, bool expected)
    {
        var skipped = new List<string>();
        var url = new string('a', length - 1) + "b";

        Assert.Equal(expected ? length - 1 : length, Map("b", "").Apply(url, skipped.Add).Length);
        Assert.Equal(expected ? 0 : 1, skipped.Count);
    }

    [Theory]
    [InlineData("^.*$", @"\g<0>\g<0>", 4096, 8192)]
    [InlineData("^.*$", @"\g<0>\g<0>", 4097, 4097)]
    [InlineData("^", "bb", 8190, 8192)]
    [InlineData("^", "bb", 8191, 8191)]
    public void Apply_LeavesOutARule_ThatMakesAUrlTooLong(string pattern, string replacement, int length, int expected)
    {
        var skipped = new List<string>();
        var url = new string('a', length);

        Assert.Equal(expected, Map(pattern, replacement).Apply(url, skipped.Add).Length);
        Assert.Equal(expected == length ? 1 : 0, skipped.Count);
    }

    // With many groups in each other, neither our parser nor .NET's may run out of stack.
    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    [InlineData(100_000, false)]
    public void TryParse_LimitsTheDepthOfPatterns(int depth, bool expected)
    {
        var pattern = new string('(', depth) + "a" + new string(')', depth);

        Assert.Equal(expected, UrlMap.TryParse(Json(pattern, ""), out _, out _));
    }

    private static Task<T> Within5Seconds<T>(Func<T> function)
    {
        var stop = TestContext.Current.CancellationToken;
        return Task.Run(function, stop).WaitAsync(TimeSpan.FromSeconds(5), stop);
    }

    private static UrlMap Map(string pattern, string replacement) => Parse(Json(pattern, replacement));

    private static string Json(string pattern, string replacement) => new JsonObject { [pattern] = replacement }.ToJsonString();

    private static UrlMap Parse(string json)
    {
        Assert.True(UrlMap.TryParse(json, out var map, out var error), error);
        return map;
    }
}
