using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>A registry with one of everything: a seed, a service, a variable and a plugin.</summary>
public sealed class HeadersFixture : IAsyncLifetime
{
    public RegistryApp App { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var seed = await App.AddSeedAsync("http://runner.test");
        await App.StoreAsync(seed, PluginDocument.Stored("plugin"));
        await App.PostAsync("/api/services/", JsonNode.Parse("""{"serviceId": "it", "name": "It", "description": "", "url": ""}"""));
        await App.PostAsync("/api/env/", JsonNode.Parse("""{"name": "IT", "value": "1"}"""));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

public sealed class HeadersTests(HeadersFixture fixture) : IClassFixture<HeadersFixture>
{
    private const string Origin = "http://localhost:8080";

    private readonly RegistryApp _app = fixture.App;

    public static TheoryData<string> Readable =>
    [
        "/api/", "/api/seeds/", "/api/seeds/1/", "/api/services/", "/api/services/it/", "/api/env/", "/api/env/?name=IT", "/api/env/IT/",
        "/api/plugins/", "/api/plugins/?item-count=1&sort=-id", "/api/plugins/1/", "/api/discovery/",
    ];

    public static TheoryData<string, string, string> Writes => new()
    {
        { "POST", "/api/seeds/", """{"url": "http://127.0.0.1:9/{0}"}""" },
        { "POST", "/api/services/", """{"serviceId": "{0}", "name": "", "description": "", "url": ""}""" },
        { "PUT", "/api/services/it/", """{"serviceId": "it", "name": "It", "description": "", "url": ""}""" },
        { "POST", "/api/env/", """{"name": "{0}", "value": ""}""" },
        { "PUT", "/api/env/IT/", """{"name": "IT", "value": "1"}""" },
        { "DELETE", "/api/seeds/4711/", "" },
        { "DELETE", "/api/services/none/", "" },
        { "DELETE", "/api/env/none/", "" },
    };

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task A_Get_Answers_Exactly_Application_Json(string path)
    {
        var answer = await _app.GetAsync(path);

        // The web UI compares the whole header: a charset would make it drop the answer.
        Assert.Equal((200, "application/json"), (answer.Code, answer.ContentType));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_Write_Answers_Exactly_Application_Json(string method, string path, string body)
    {
        var answer = await _app.SendTextAsync(HttpMethod.Parse(method), path, body.Replace("{0}", "typed", StringComparison.Ordinal));

        Assert.Equal((200, "application/json"), (answer.Code, answer.ContentType));
    }

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task The_Slash_At_The_End_Of_A_Get_Is_Optional(string path)
    {
        var with = await _app.GetAsync(path);
        var without = await _app.GetAsync(WithoutSlash(path));

        Assert.Equal(200, without.Code);
        Assert.Equal(with.Self, without.Self);
        Assert.Equal(with.Outline, without.Outline);
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task The_Slash_At_The_End_Of_A_Write_Is_Optional(string method, string path, string body)
    {
        var answer = await _app.SendTextAsync(
            HttpMethod.Parse(method), WithoutSlash(path), body.Replace("{0}", "slashless", StringComparison.Ordinal));

        Assert.Equal(200, answer.Code);
    }

    [Fact]
    public async Task The_Slash_At_The_End_Of_An_Announcement_Is_Optional()
    {
        var answer = await _app.PostAsync("/api/plugins?url=http://elsewhere.test/", null);

        Assert.Equal(204, answer.Code);
    }

    [Theory]
    [MemberData(nameof(Readable))]
    [InlineData("/api/seeds/4711/")]
    [InlineData("/api/seeds/abc/")]
    [InlineData("/api/plugins/?cursor=abc")]
    [InlineData("/api/nope/")]
    public async Task A_Head_Answers_Like_A_Get_Without_The_Body(string path)
    {
        using var get = await SendAsync(HttpMethod.Get, path);
        using var head = await SendAsync(HttpMethod.Head, path);

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(get.Content.Headers.NonValidated["Content-Type"].ToString(), head.Content.Headers.NonValidated["Content-Type"].ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET", "/api/", "", 200)]
    [InlineData("GET", "/api/plugins/", "", 200)]
    [InlineData("POST", "/api/env/", """{"name": "CORS", "value": ""}""", 200)]
    [InlineData("POST", "/api/plugins/?url=http://elsewhere.test/", "", 204)]
    [InlineData("GET", "/api/seeds/abc/", "", 400)]
    [InlineData("POST", "/api/env/", "no json", 400)]
    [InlineData("GET", "/api/seeds/4711/", "", 404)]
    [InlineData("GET", "/nope", "", 404)]
    [InlineData("PUT", "/api/seeds/1/", "{}", 405)]
    [InlineData("POST", "/api/seeds/", """{"url": "http://runner.test"}""", 409)]
    [InlineData("POST", "/api/env/", "{}", 422)]
    [InlineData("GET", "/api/plugins/?cursor=abc", "", 422)]
    public async Task A_Script_Of_Any_Origin_May_Read_The_Answer(string method, string path, string body, int status)
    {
        using var response = await SendAsync(HttpMethod.Parse(method), path, body, ("Origin", Origin));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(["*"], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_Script_Of_Any_Origin_May_Read_That_Its_Body_Is_Too_Large()
    {
        using var response = await SendAsync(HttpMethod.Post, "/api/env/", new string(' ', (1 << 20) + 1), ("Origin", Origin));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(["*"], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("POST", "/api/seeds/")]
    [InlineData("PUT", "/api/services/it/")]
    [InlineData("DELETE", "/api/services/it/")]
    [InlineData("PUT", "/api/env/IT")]
    [InlineData("DELETE", "/api/seeds/1/")]
    public async Task A_Preflight_Allows_The_Method_And_Any_Header(string method, string path)
    {
        using var response = await SendAsync(
            HttpMethod.Options, path, "", ("Origin", Origin), ("Access-Control-Request-Method", method),
            ("Access-Control-Request-Headers", "content-type,x-other"));

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["*"], response.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Contains(response.Headers.GetValues("Access-Control-Allow-Methods").Single(), (string[])[method, "*"]);
        Assert.Equal("content-type,x-other", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }

    [Theory]
    [InlineData("registry.example:8080")]
    [InlineData("registry.example")]
    [InlineData("[::1]:5006")]
    public async Task Links_Begin_With_The_Host_That_Was_Asked(string host)
    {
        using var response = await SendAsync(HttpMethod.Get, "/api/plugins/", "", ("Host", host));

        var answer = await Answer.ReadAsync(response);
        Assert.All(AllHrefs(answer.Json), href => Assert.StartsWith($"http://{host}/api/", href, StringComparison.Ordinal));
        Assert.StartsWith($"http://{host}/api/api-spec.json#", (string)answer.Data["self"]!["schema"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Request_Without_A_Host_Gets_Links_To_Localhost()
    {
        var port = new Uri(_app.Origin).Port;
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync("GET /api/ HTTP/1.0\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(stream, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Contains(" 200 OK", text, StringComparison.Ordinal);
        Assert.Contains($"\"href\":\"http://localhost:{port}/api/\"", text, StringComparison.Ordinal);
    }

    private static IEnumerable<string> AllHrefs(JsonNode? node) => node switch
    {
        // A plugin's own URLs are data, not links of ours.
        JsonObject o when o.ContainsKey("rel") => [(string)o["href"]!],
        JsonObject o => o.SelectMany(p => AllHrefs(p.Value)),
        JsonArray a => a.SelectMany(AllHrefs),
        _ => [],
    };

    private static string WithoutSlash(string path) => path.Contains("/?", StringComparison.Ordinal)
        ? path.Replace("/?", "?", StringComparison.Ordinal)
        : path.TrimEnd('/');

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string body = "", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body.Length > 0)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        // Asks first, so that an answer to the headers alone does not meet a body that is still on its way.
        request.Headers.ExpectContinue = body.Length > (1 << 16);
        return await _app.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
