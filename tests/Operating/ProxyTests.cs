using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>A registry that nobody stands before, and one behind a proxy.</summary>
public sealed class ProxyFixture : IAsyncDisposable
{
    public RegistryApp Direct { get; } = new();

    public RegistryApp Behind { get; } = new RegistryApp().With("REVERSE_PROXY_COUNT", "1");

    public async ValueTask DisposeAsync()
    {
        await Direct.DisposeAsync();
        await Behind.DisposeAsync();
    }
}

/// <summary>What the registry believes of what proxies tell it.</summary>
public sealed class ProxyTests(ProxyFixture fixture) : IClassFixture<ProxyFixture>
{
    private static readonly (string, string)[] Forwarded =
    [
        ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "qhana.example:8443"), ("X-Forwarded-Prefix", "/registry"),
    ];

    [Fact]
    public async Task Without_A_Trusted_Proxy_The_Headers_Change_Nothing()
    {
        var app = fixture.Direct;

        var plain = await app.GetRawAsync("/api/plugins/");
        var forwarded = await app.GetRawAsync("/api/plugins/", Forwarded);

        Assert.Equal(200, forwarded.Code);
        Assert.Equal(plain.Text, forwarded.Text);
        Assert.Contains(app.Origin + "/api/", forwarded.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_One_Proxy_Links_Begin_With_What_It_Tells()
    {
        var app = fixture.Behind;

        var answer = await app.GetRawAsync("/api/", Forwarded);
        var direct = await app.GetRawAsync("/api/");

        Assert.All(Hrefs(answer), href => Assert.StartsWith("https://qhana.example:8443/registry/api/", href, StringComparison.Ordinal));
        Assert.All(Hrefs(direct), href => Assert.StartsWith(app.Origin + "/api/", href, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Forwarded-Proto", "https", "https://registry.test/api/")]
    [InlineData("X-Forwarded-Host", "qhana.example", "http://qhana.example/api/")]
    [InlineData("X-Forwarded-Prefix", "/registry", "http://registry.test/registry/api/")]
    public async Task Each_Header_Counts_By_Itself(string name, string value, string self)
    {
        var app = fixture.Behind;

        var answer = await app.GetRawAsync("/api/", ("Host", "registry.test"), (name, value));

        Assert.Contains(self, Hrefs(answer));
    }

    [Theory]
    [InlineData("/reg/", "http://registry.test/reg/api/")]
    [InlineData("/", "http://registry.test/api/")]
    public async Task A_Slash_At_The_End_Of_A_Prefix_Changes_Nothing(string prefix, string self)
    {
        var answer = await fixture.Behind.GetRawAsync("/api/", ("Host", "registry.test"), ("X-Forwarded-Prefix", prefix));

        Assert.Contains(self, Hrefs(answer));
    }

    [Theory]
    [InlineData("unix:")]
    [InlineData("unknown")]
    public async Task A_Client_Without_An_Address_Does_Not_Switch_The_Other_Headers_Off(string client)
    {
        var answer = await fixture.Behind.GetRawAsync("/api/", [.. Forwarded[1..], ("X-Forwarded-For", client)]);

        Assert.Contains("https://qhana.example:8443/registry/api/", Hrefs(answer));
    }

    // The last entry is what the nearest proxy saw, which anyone before it can have made up.
    [Theory]
    [InlineData("1", "https://near.example/near/api/")]
    [InlineData("2", "http://far.example/far/api/")]
    [InlineData("3", "https://forged.example/forged/api/")]
    public async Task As_Many_Entries_Count_From_The_End_As_There_Are_Proxies(string count, string self)
    {
        await using var app = new RegistryApp().With("REVERSE_PROXY_COUNT", count);

        var answer = await app.GetRawAsync(
            "/api/",
            ("X-Forwarded-For", "203.0.113.9, 198.51.100.1, 192.0.2.1"), ("X-Forwarded-Proto", "https, http, https"),
            ("X-Forwarded-Host", "forged.example, far.example, near.example"), ("X-Forwarded-Prefix", "/forged, /far, /near"));

        Assert.Contains(self, Hrefs(answer));
    }

    [Fact]
    public async Task Answers_That_Are_Kept_Differ_By_What_Proxies_Tell()
    {
        var app = fixture.Behind;
        (string, string)[][] told =
        [
            [], [("X-Forwarded-Proto", "https")], [("X-Forwarded-Prefix", "/registry")], [("X-Forwarded-Host", "other.example")],
        ];

        var first = new List<RawAnswer>();
        foreach (var headers in told)
            first.Add(await app.GetRawAsync("/api/plugins/", headers));
        var second = new List<RawAnswer>();
        foreach (var headers in told)
            second.Add(await app.GetRawAsync("/api/plugins/", headers));

        Assert.Equal(told.Length, first.Select(a => a.Text).Distinct().Count());
        Assert.Equal(first.Select(a => a.Text), second.Select(a => a.Text));
    }

    [Fact]
    public async Task A_Registry_Below_A_Prefix_Leads_To_Its_Documentation_There()
    {
        var app = fixture.Behind;

        var root = await app.GetRawAsync("/", ("X-Forwarded-Prefix", "/registry"));
        var licenses = await app.GetRawAsync("/licenses/", ("X-Forwarded-Prefix", "/registry"));

        Assert.Equal("/registry/scalar/", root.Header("Location"));
        Assert.Contains("href=\"/registry/scalar/\"", licenses.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Prefix_Cannot_Smuggle_Markup_Into_A_Page()
    {
        var app = fixture.Behind;

        var page = await app.GetRawAsync("/licenses/", ("X-Forwarded-Prefix", "/\"><script>alert(1)</script>"));

        Assert.DoesNotContain("<script>alert", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Server_Name_Is_Used_Even_Behind_A_Proxy()
    {
        await using var app = new RegistryApp().With("REVERSE_PROXY_COUNT", "1").With("SERVER_NAME", "public.example");

        var answer = await app.GetRawAsync("/api/", Forwarded);

        Assert.All(Hrefs(answer), href => Assert.StartsWith("https://public.example/registry/api/", href, StringComparison.Ordinal));
    }

    private static List<string> Hrefs(RawAnswer answer)
    {
        var root = JsonNode.Parse(answer.Text)!;
        return [.. root["links"]!.AsArray().Append(root["data"]!["self"]).Select(l => (string)l!["href"]!)];
    }
}
