using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>A registry whose list of services takes more than 1 KiB, and one of its services less.</summary>
public sealed class AnswerFixture : IAsyncLifetime
{
    public RegistryApp App { get; } = new();

    public async ValueTask InitializeAsync()
    {
        for (var i = 0; i < 10; i++)
        {
            await App.PostAsync("/api/services/", new JsonObject
            {
                ["serviceId"] = $"s{i}",
                ["name"] = "",
                ["description"] = "",
                ["url"] = "",
            });
        }
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

/// <summary>Tags, compression and freshness of answers, as clients see them.</summary>
public sealed class AnswerTests(AnswerFixture fixture) : IClassFixture<AnswerFixture>
{
    private const string Long = "/api/services/";
    private const string Short = "/api/env/SHORT/";

    private readonly RegistryApp _app = fixture.App;

    [Fact]
    public async Task Equal_Bytes_Have_Equal_Strong_Tags_And_Other_Bytes_Others()
    {
        var first = await TagOfValueAsync("one");
        var changed = await TagOfValueAsync("two");
        var again = await TagOfValueAsync("one");

        Assert.Matches("^\"[^\"]+\"$", first);
        Assert.NotEqual(first, changed);
        Assert.Equal(first, again);
    }

    [Theory]
    [InlineData("{0}", 304)]
    [InlineData("W/{0}", 304)]
    [InlineData("\"other\", {0}", 304)]
    [InlineData("{0},\"other\"", 304)]
    [InlineData("*", 304)]
    [InlineData("\"other\"", 200)]
    [InlineData("\"other\", \"another\"", 200)]
    public async Task A_Client_That_Has_The_Answer_Does_Not_Get_It_Again(string condition, int status)
    {
        var answer = await _app.GetRawAsync(Long);
        var tag = answer.Header("ETag")!;

        var conditional = await _app.GetRawAsync(Long, ("If-None-Match", condition.Replace("{0}", tag, StringComparison.Ordinal)));

        Assert.Equal(status, conditional.Code);
        Assert.Equal(status == 304 ? [] : answer.Body, conditional.Body);
        // RFC 9110 section 15.4.5: what a 200 would have had, as far as it steers caches.
        Assert.Equal(
            (tag, answer.Header("Vary"), answer.Header("Cache-Control")),
            (conditional.Header("ETag"), conditional.Header("Vary"), conditional.Header("Cache-Control")));
    }

    [Theory]
    [InlineData(Long, null)]
    [InlineData(Long, "gzip")]
    [InlineData(Long, "br")]
    [InlineData("/api/services/s1/", "gzip")]
    [InlineData("/api/", null)]
    public async Task Head_Has_The_Headers_Of_Get_And_No_Body(string path, string? encoding)
    {
        (string, string)[] headers = encoding is null ? [] : [("Accept-Encoding", encoding)];

        var get = await RawRequests.SendRawAsync(HttpMethod.Get, _app.Origin + path, headers);
        var head = await RawRequests.SendRawAsync(HttpMethod.Head, _app.Origin + path, headers);

        Assert.NotEmpty(get.Body);
        Assert.Empty(head.Body);
        Assert.Equal(200, head.Code);
        Assert.Equal(Comparable(get), Comparable(head));
        Assert.Equal($"{get.Body.Length}", head.Header("Content-Length"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_Long_Answer_Is_Compressed_For_A_Client_That_Asks(string encoding)
    {
        var plain = await _app.GetRawAsync(Long);

        var compressed = await _app.GetRawAsync(Long, ("Accept-Encoding", encoding));

        Assert.Null(plain.Header("Content-Encoding"));
        Assert.Equal(encoding, compressed.Header("Content-Encoding"));
        Assert.InRange(compressed.Body.Length, 1, plain.Body.Length / 2);
        Assert.Equal(plain.Body, Decompress(compressed));
        Assert.Equal("application/json", compressed.Header("Content-Type"));
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("gzip;q=0.5", "gzip")]
    [InlineData("gzip;q=0", null)]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("br; q=0.000, gzip;q=0.0", null)]
    [InlineData("deflate, zstd", null)]
    [InlineData("identity", null)]
    [InlineData("brotli, xgzip", null)]
    [InlineData("", null)]
    public async Task The_Encoding_Is_One_That_The_Client_Accepts(string accepted, string? encoding)
    {
        var answer = await _app.GetRawAsync(Long, ("Accept-Encoding", accepted));

        Assert.Equal((200, encoding), (answer.Code, answer.Header("Content-Encoding")));
        Assert.Equal("Accept-Encoding", answer.Header("Vary"));
    }

    [Fact]
    public async Task A_Short_Answer_Is_Not_Compressed_But_Varies_All_The_Same()
    {
        await TagOfValueAsync("short");

        var answer = await _app.GetRawAsync(Short, ("Accept-Encoding", "gzip, br"));

        Assert.InRange(answer.Body.Length, 1, 1023);
        Assert.Null(answer.Header("Content-Encoding"));
        Assert.Equal("Accept-Encoding", answer.Header("Vary"));
    }

    [Fact]
    public async Task Each_Encoding_Has_A_Tag_Of_Its_Own_Which_Counts_For_It_Alone()
    {
        var plain = await _app.GetRawAsync(Long);
        var gzip = await _app.GetRawAsync(Long, ("Accept-Encoding", "gzip"));
        var brotli = await _app.GetRawAsync(Long, ("Accept-Encoding", "br"));

        Assert.Equal(3, new[] { plain, gzip, brotli }.Select(a => a.Header("ETag")).Distinct().Count());
        Assert.Equal(304, await StatusAsync("gzip", gzip.Header("ETag")!));
        Assert.Equal(304, await StatusAsync("br", brotli.Header("ETag")!));
        Assert.Equal(200, await StatusAsync("br", gzip.Header("ETag")!));
        Assert.Equal(200, await StatusAsync("gzip", plain.Header("ETag")!));

        async Task<int> StatusAsync(string encoding, string tag) =>
            (await _app.GetRawAsync(Long, ("Accept-Encoding", encoding), ("If-None-Match", tag))).Code;
    }

    [Fact]
    public async Task Answers_Differ_By_The_Host_That_Was_Asked()
    {
        (string, string)[] hosts = [("Host", "a.example"), ("Host", "b.example:8080"), ("Host", "a.example")];

        var answers = new List<RawAnswer>();
        foreach (var host in hosts)
            answers.Add(await _app.GetRawAsync(Long, host));

        Assert.Contains("http://a.example/api/", answers[0].Text, StringComparison.Ordinal);
        Assert.Contains("http://b.example:8080/api/", answers[1].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("a.example", answers[1].Text, StringComparison.Ordinal);
        Assert.Equal(answers[0].Text, answers[2].Text);
        Assert.NotEqual(answers[0].Header("ETag"), answers[1].Header("ETag"));
    }

    [Theory]
    [InlineData("POST", "/api/env/")]
    [InlineData("PUT", "/api/env/WRITTEN/")]
    [InlineData("DELETE", "/api/env/WRITTEN/")]
    public async Task A_Write_Is_Answered_Whole_And_Names_No_Tag(string method, string path)
    {
        await _app.PostAsync("/api/env/", new JsonObject { ["name"] = "WRITTEN", ["value"] = "1" });
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), _app.Origin + path);
        request.Headers.TryAddWithoutValidation("If-None-Match", "*");
        if (method != "DELETE")
            request.Content = JsonContent.Create(new { name = "WRITTEN", value = "2" });

        var answer = await RawRequests.SendRawAsync(request);

        Assert.Equal((200, "application/json"), (answer.Code, answer.Header("Content-Type")));
        Assert.NotNull(JsonNode.Parse(answer.Text)!["data"]!["self"]);
        Assert.Null(answer.Header("ETag"));
    }

    [Theory]
    [InlineData("/api/nope/")]
    [InlineData("/api/seeds/4711/")]
    [InlineData("/api/plugins/?cursor=x")]
    [InlineData("/api/discovery/?sort=nonsense")]
    public async Task A_Problem_Is_Not_Taken_For_An_Answer_That_The_Client_Has(string path)
    {
        var answer = await _app.GetRawAsync(path, ("If-None-Match", "*"));

        Assert.InRange(answer.Code, 400, 499);
        Assert.Null(answer.Header("ETag"));
    }

    private async Task<string> TagOfValueAsync(string value)
    {
        await _app.PostAsync("/api/env/", new JsonObject { ["name"] = "SHORT", ["value"] = value });
        return (await _app.GetRawAsync(Short)).Header("ETag")!;
    }

    private static IEnumerable<string> Comparable(RawAnswer answer) =>
        answer.Headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {h.Value}").Order(StringComparer.Ordinal);

    private static byte[] Decompress(RawAnswer answer)
    {
        using var compressed = new MemoryStream(answer.Body);
        using Stream stream = answer.Header("Content-Encoding") == "br"
            ? new BrotliStream(compressed, CompressionMode.Decompress)
            : new GZipStream(compressed, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        stream.CopyTo(plain);
        return plain.ToArray();
    }
}
