using System.Text.RegularExpressions;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>A registry in development, which has all pages, and one in production.</summary>
public sealed class PageFixture : IAsyncDisposable
{
    public RegistryApp App { get; } = new RegistryApp().With("environment", "Development");

    public RegistryApp Production { get; } = new RegistryApp().With("environment", "Production");

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Production.DisposeAsync();
    }
}

/// <summary>Pages for people: where they lead, in which language they are, and what they load.</summary>
public sealed partial class PageTests(PageFixture fixture) : IClassFixture<PageFixture>
{
    private readonly RegistryApp _app = fixture.App;

    public static TheoryData<string> Pages => ["/licenses/", "/debug/", "/debug/routes/", "/scalar/"];

    [Theory]
    [InlineData("/")]
    [InlineData("/api/redoc/")]
    [InlineData("/api/rapidoc/")]
    [InlineData("/api/swagger-ui/")]
    [InlineData("/api/swagger-ui")]
    public async Task The_Root_And_The_Originals_Documentation_Lead_To_Scalar(string path)
    {
        var redirect = await _app.GetRawAsync(path);
        var target = await _app.GetRawAsync("/scalar/");

        Assert.Equal((302, "/scalar/"), (redirect.Code, redirect.Header("Location")));
        Assert.Equal(200, target.Code);
        Assert.Contains("api/api-spec.json", target.Text, StringComparison.Ordinal);
    }

    [Theory]
    // Without a wish it is English; unknown languages are passed over.
    [InlineData(null, null, "en")]
    [InlineData("fr, es;q=0.5", null, "en")]
    [InlineData("*", null, "en")]
    [InlineData("nonsense;;q=x", null, "en")]
    // The first language that there is, by weight and not by place.
    [InlineData("de", null, "de")]
    [InlineData("de-AT", null, "de")]
    [InlineData("DE", null, "de")]
    [InlineData("fr, de;q=0.5, en;q=0.4", null, "de")]
    [InlineData("en;q=0.4, de;q=0.5", null, "de")]
    [InlineData("de;q=0.4, en;q=0.5", null, "en")]
    [InlineData("de;q=0, en;q=0.1", null, "en")]
    [InlineData("de;q=0", null, "en")]
    [InlineData("de, en", null, "de")]
    // The header of the original wins, where it names a language that there is.
    [InlineData(null, "de", "de")]
    [InlineData("de", "en", "en")]
    [InlineData("en", "de-DE", "de")]
    [InlineData("de", "fr", "de")]
    public async Task The_Language_Is_What_The_Client_Likes_Best(string? acceptLanguage, string? lang, string expected)
    {
        var headers = new List<(string, string)>();
        if (acceptLanguage is not null)
            headers.Add(("Accept-Language", acceptLanguage));
        if (lang is not null)
            headers.Add(("lang", lang));

        var page = await _app.GetRawAsync("/licenses/", [.. headers]);

        Assert.Equal((200, expected), (page.Code, page.Header("Content-Language")));
        Assert.Contains($"<html lang=\"{expected}\">", page.Text, StringComparison.Ordinal);
        Assert.Contains(expected == "de" ? "<h1>Lizenzen</h1>" : "<h1>Licenses</h1>", page.Text, StringComparison.Ordinal);
        Assert.Contains("Accept-Language", page.Header("Vary"), StringComparison.Ordinal);
        Assert.Contains("lang", page.Header("Vary")!.Split(", "));
    }

    [Theory]
    [InlineData("/licenses/")]
    [InlineData("/debug/")]
    [InlineData("/debug/routes/")]
    public async Task No_Text_Of_A_Page_Stays_In_The_Other_Language(string path)
    {
        var english = Texts(await _app.GetRawAsync(path, ("lang", "en")));
        var german = Texts(await _app.GetRawAsync(path, ("lang", "de")));

        Assert.Equal(english.Count, german.Count);
        Assert.NotEmpty(english);
        Assert.All(english.Zip(german), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_Page_Is_Html_In_Utf8(string path)
    {
        var page = await _app.GetRawAsync(path);

        Assert.Equal(200, page.Code);
        Assert.StartsWith("text/html", page.Header("Content-Type"), StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", page.Text.TrimStart(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("charset=\"utf-8\"", page.Text, StringComparison.Ordinal);
        Assert.Contains("name=\"viewport\"", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_Page_Loads_Nothing_From_Another_Host(string path)
    {
        var page = await _app.GetRawAsync(path);

        var here = new Uri(_app.Origin + path);
        var loaded = Loaded().Matches(page.Text).Select(m => new Uri(here, m.Groups["url"].Value)).ToList();
        Assert.All(loaded, url => Assert.Equal(here.Authority, url.Authority));
        foreach (var url in loaded.Distinct())
            Assert.Equal(200, (await RawRequests.GetRawAsync(url.ToString())).Code);
        Assert.Equal(path == "/scalar/", loaded.Count > 0);
    }

    [Theory]
    [InlineData("/licenses/")]
    [InlineData("/debug/")]
    [InlineData("/debug/routes/")]
    public async Task Links_Within_The_Registry_Lead_Somewhere(string path)
    {
        var page = await _app.GetRawAsync(path);

        var links = Links().Matches(page.Text).Select(m => m.Groups[1].Value).Where(l => l.StartsWith('/')).Distinct().ToList();
        Assert.Contains("/scalar/", links);
        Assert.Contains("/licenses/", links);
        foreach (var link in links)
            Assert.Equal(200, (await _app.GetRawAsync(link)).Code);
    }

    [Theory]
    [InlineData("/debug/")]
    [InlineData("/debug")]
    [InlineData("/debug/routes/")]
    [InlineData("/debug/routes")]
    public async Task Debugging_Is_There_In_Development_Only(string path)
    {
        var there = await _app.GetRawAsync(path);
        var missing = await fixture.Production.GetRawAsync(path);

        Assert.Equal((200, 404), (there.Code, missing.Code));
    }

    [Fact]
    public async Task Debugging_Lists_All_Routes_Of_The_Api_With_Their_Methods()
    {
        var contract = await OpenApiContract.OfAsync(_app);

        var page = await _app.GetRawAsync("/debug/routes/");

        var routes = Rows().Matches(page.Text)
            .Select(m => (Path: m.Groups[1].Value, Methods: m.Groups[2].Value.Split(", ")))
            .ToLookup(r => r.Path.TrimEnd('/'), r => r.Methods);
        Assert.NotEmpty(contract.Operations);
        Assert.All(contract.Operations, operation => Assert.Contains(
            operation.Method.ToUpperInvariant(), routes[operation.Path.TrimEnd('/')].SelectMany(m => m)));
        Assert.Contains("GET", routes["/health"].SelectMany(m => m));
        Assert.Contains("GET", routes["/debug/routes"].SelectMany(m => m));
    }

    /// <summary>What a page says in headings, paragraphs, list items and column headings, but for words of both languages.</summary>
    private static List<string> Texts(RawAnswer page) =>
        [.. Words().Matches(page.Text).Select(m => m.Groups[2].Value).Where(t => t is not "Version" and not "Name" and not "Route")];

    [GeneratedRegex("(?:\\bsrc=|<link[^>]*\\bhref=|\\bposter=|\\bdata=|@import |from )[\"'](?<url>[^\"']+)|\\burl\\((?<url>[^)]+)\\)")]
    private static partial Regex Loaded();

    [GeneratedRegex("<a href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex("<(h1|p|th[^>]*|li|nav|title)>(?:<a [^>]*>)?([^<]+)<")]
    private static partial Regex Words();

    [GeneratedRegex("<tr><td>([^<]*)</td><td>([^<]*)</td>")]
    private static partial Regex Rows();
}
