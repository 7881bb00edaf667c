using Qhana.Registry.Data;

namespace Qhana.Registry.Tests.Data;

public sealed class WebUrlTests
{
    [Theory]
    [InlineData("http://localhost")]
    [InlineData("HTTPS://runner.test:5005/a?b#c")]
    // Names of containers, and what else a resolver may know.
    [InlineData("http://qhana_runner:5005/")]
    [InlineData("http://_runner/")]
    [InlineData("http://host.docker.internal")]
    [InlineData("http://-x.test/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::1]:5005/")]
    [InlineData("http://bücher.test/")]
    public void IsAbsolute_IsTrue_WhenSomebodyCanBeAskedThere(string url) => Assert.True(WebUrl.IsAbsolute(url));

    [Theory]
    [InlineData("")]
    [InlineData("/plugins")]
    [InlineData("//runner.test/")]
    [InlineData("http://")]
    [InlineData("http:///plugins")]
    [InlineData("ftp://runner.test/")]
    [InlineData("http://runner.test/a b")]
    [InlineData("http://runner.test/\n")]
    // Hosts that cannot be written in ASCII.
    [InlineData("http://\u202e.test/")]
    [InlineData("http://ß\u200d.test/")]
    public void IsAbsolute_IsFalse_WhenNobodyCan(string url) => Assert.False(WebUrl.IsAbsolute(url));

    [Theory]
    [InlineData("./p/", "http://runner.test/plugins/p/")]
    [InlineData("/p/", "http://runner.test/p/")]
    [InlineData("http://other.test/p?q", "http://other.test/p?q")]
    [InlineData("javascript:alert(1)", null)]
    public void MakeAbsolute_FollowsRfc3986(string reference, string? expected) =>
        Assert.Equal(expected, WebUrl.MakeAbsolute("http://runner.test/plugins/", reference));

    [Theory]
    [InlineData(2048, true)]
    [InlineData(2049, false)]
    public void MakeAbsolute_IsNull_WhenTheUrlIsTooLong(int length, bool expected)
    {
        const string start = "http://runner.test/plugins/";
        var rest = new string('x', length - start.Length);

        Assert.Equal(expected, WebUrl.MakeAbsolute(start, rest) is not null);
        Assert.Equal(expected, WebUrl.MakeAbsolute("http://other.test/", start + rest) is not null);
    }
}
