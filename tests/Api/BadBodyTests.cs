using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>A registry with the service "known" and the variable "KNOWN".</summary>
public sealed class BadInputFixture : IAsyncLifetime
{
    public RegistryApp App { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await App.PostAsync("/api/services/", JsonNode.Parse("""{"serviceId": "known", "name": "", "description": "", "url": ""}"""));
        await App.PostAsync("/api/env/", JsonNode.Parse("""{"name": "KNOWN", "value": ""}"""));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

/// <summary>Bodies that are refused (CONTRACT section 8). Paths are written with their methods: "POST /api/seeds/".</summary>
public sealed class BadBodyTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private const string Seeds = "POST /api/seeds/";
    private const string Services = "POST /api/services/";
    private const string Service = "PUT /api/services/known/";
    private const string Envs = "POST /api/env/";
    private const string Env = "PUT /api/env/KNOWN/";

    private readonly RegistryApp _app = fixture.App;

    /// <summary>Bodies with every field, of which one is wrong.</summary>
    public static TheoryData<string, string, string> WrongFields()
    {
        (string Request, string Field, string Others)[] fields =
        [
            (Seeds, "url", ""),
            (Services, "serviceId", """, "name": "", "description": "", "url": "" """),
            (Services, "name", """, "serviceId": "x", "description": "", "url": "" """),
            (Services, "description", """, "serviceId": "x", "name": "", "url": "" """),
            (Services, "url", """, "serviceId": "x", "name": "", "description": "" """),
            (Service, "serviceId", """, "name": "", "description": "", "url": "" """),
            (Service, "name", """, "serviceId": "known", "description": "", "url": "" """),
            (Service, "description", """, "serviceId": "known", "name": "", "url": "" """),
            (Service, "url", """, "serviceId": "known", "name": "", "description": "" """),
            (Envs, "name", """, "value": "" """),
            (Envs, "value", """, "name": "x" """),
            (Env, "name", """, "value": "" """),
            (Env, "value", """, "name": "KNOWN" """),
        ];
        var data = new TheoryData<string, string, string>();
        foreach (var (request, field, others) in fields)
        {
            // Missing, and of every kind that is no text; and half a surrogate pair, which is JSON but no text.
            data.Add(request, field, $"{{{others.TrimStart(',', ' ')}}}");
            foreach (var value in (string[])["null", "5", "1e400", "true", "[]", "[\"x\"]", "{}", "\"\\ud800\"", "\"a\\udc00b\""])
                data.Add(request, field, $"{{\"{field}\": {value}{others}}}");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(WrongFields))]
    public Task A_Field_That_Is_Missing_Or_No_Text_Is_Named(string request, string field, string body) =>
        IsRefusedAsync(request, body, field);

    [Theory]
    [InlineData("")]
    [InlineData("not a url")]
    [InlineData("/relative")]
    [InlineData("//runner.test/")]
    [InlineData("runner.test/")]
    [InlineData("ftp://runner.test/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http:")]
    [InlineData("http://")]
    [InlineData("http:///path")]
    [InlineData("http://runner.test:99999/")]
    [InlineData("http://run ner.test/")]
    [InlineData(" http://runner.test/")]
    [InlineData("http://runner.test/\\n")]
    [InlineData("http://runner.test/\\u0000")]
    public Task A_Seed_That_Is_No_Absolute_Web_Url_Is_Refused(string url) =>
        IsRefusedAsync(Seeds, $$"""{"url": "{{url}}"}""", "url");

    [Fact]
    public async Task A_Seed_May_Have_2048_Characters_And_No_More()
    {
        var longest = "http://127.0.0.1:9/".PadRight(2048, 'x');

        var accepted = await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = longest });
        var refused = await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = longest + "x" });

        Assert.Equal((200, 422), (accepted.Code, refused.Code));
        Assert.Equal(["url"], refused.ErrorFields);
    }

    [Theory]
    [InlineData(Services, "serviceId", """, "name": "", "description": "", "url": "" """)]
    [InlineData(Services, "name", """, "serviceId": "long-name", "description": "", "url": "" """)]
    [InlineData(Envs, "name", """, "value": "" """)]
    public async Task A_Name_May_Have_255_Characters_And_No_More(string request, string field, string others)
    {
        // The last one counts as one character, though it is two units of UTF-16.
        var longest = new string('x', 254) + "😀";

        var accepted = await SendAsync(request, $$"""{"{{field}}": "{{longest}}"{{others}}}""");

        Assert.Equal(200, accepted.Code);
        await IsRefusedAsync(request, $$"""{"{{field}}": "{{longest}}x"{{others}}}""", field);
    }

    [Theory]
    [InlineData(Services, """{"serviceId": "", "name": "", "description": "", "url": ""}""", "serviceId")]
    [InlineData(Envs, """{"name": "", "value": ""}""", "name")]
    public Task A_Name_That_Would_Leave_Nothing_In_The_Url_Is_Refused(string request, string body, string field) =>
        IsRefusedAsync(request, body, field);

    [Theory]
    [InlineData(Seeds, """{"url": "http://127.0.0.1:9/unknown", "x": 1}""")]
    [InlineData(Seeds, """{"url": "http://127.0.0.1:9/unknown", "x": null}""")]
    [InlineData(Services, """{"serviceId": "x", "name": "", "description": "", "url": "", "x": ""}""")]
    [InlineData(Service, """{"serviceId": "known", "name": "", "description": "", "url": "", "x": ""}""")]
    [InlineData(Envs, """{"name": "x", "value": "", "x": {}}""")]
    [InlineData(Env, """{"name": "KNOWN", "value": "", "x": []}""")]
    public Task An_Unknown_Field_Is_Refused(string request, string body) => IsRefusedAsync(request, body, "x");

    [Fact]
    public async Task All_Wrong_Fields_Are_Named_At_Once()
    {
        var answer = await SendAsync(Services, """{"serviceId": 1, "name": "n", "url": null, "extra": 1, "Name": "n"}""");

        Assert.Equal(422, answer.Code);
        Assert.Equal(["Name", "description", "extra", "serviceId", "url"], answer.ErrorFields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("""{"url": "http://a.test/",}""")]
    [InlineData("""{'url': 'http://a.test/'}""")]
    [InlineData("""{"url": "http://a.test/"} x""")]
    [InlineData("""{"url": "\x"}""")]
    [InlineData("""{"url": "http://a.test/" /* why */}""")]
    [InlineData("NaN")]
    public async Task A_Body_That_Is_No_Json_Returns_400(string body)
    {
        foreach (var request in (string[])[Seeds, Services, Service, Envs, Env])
            IsProblem(400, await SendAsync(request, body));
    }

    [Fact]
    public async Task A_Body_That_Is_Nested_Too_Deep_Returns_400()
    {
        var body = new string('[', 1000) + new string(']', 1000);

        IsProblem(400, await SendAsync(Seeds, body));
        IsProblem(400, await SendAsync(Envs, $$"""{"name": "x", "value": {{body}}}"""));
    }

    [Theory]
    [InlineData("{\"url\": \"http://127.0.0.1:9/\u00ff\"}")]
    [InlineData("{\"url\": \"http://127.0.0.1:9/\", \"\u00ff\": 1}")]
    public async Task A_Body_That_Is_No_Utf8_Is_Refused(string latin1)
    {
        using var body = new ByteArrayContent(Encoding.Latin1.GetBytes(latin1));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        var answer = await _app.SendAsync(HttpMethod.Post, "/api/seeds/", body);

        // As JSON it can be read up to there; it is a matter of taste whether the body or the field is to blame.
        Assert.Contains(answer.Code, (int[])[400, 422]);
        Assert.Equal("application/problem+json", answer.ContentType);
    }

    [Theory]
    [InlineData(Seeds, """{"url": "http://127.0.0.1:9/half", "\ud800": 1}""")]
    [InlineData(Seeds, """{"\udc00": 1}""")]
    [InlineData(Service, """{"serviceId": "known", "name": "", "description": "", "url": "", "a\ud800b": ""}""")]
    [InlineData(Envs, """{"\ud800": 1, "name": "x", "value": ""}""")]
    public async Task A_Field_Whose_Name_Is_No_Text_Is_Refused(string request, string body)
    {
        var answer = await SendAsync(request, body);

        Assert.Contains(answer.Code, (int[])[400, 422]);
        Assert.Equal("application/problem+json", answer.ContentType);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("""[{"url": "http://a.test/"}]""")]
    public async Task A_Body_That_Is_No_Object_Returns_422(string body)
    {
        foreach (var request in (string[])[Seeds, Services, Service, Envs, Env])
            IsProblem(422, await SendAsync(request, body));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_Body_That_Was_Not_Sent_As_Json_Returns_422(string? mediaType)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"url": "http://127.0.0.1:9/typed"}"""));
        body.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);

        IsProblem(422, await _app.SendAsync(HttpMethod.Post, "/api/seeds/", body));
    }

    [Fact]
    public async Task A_Request_Without_A_Body_Is_A_Problem()
    {
        var answer = await _app.SendAsync(HttpMethod.Post, "/api/seeds/", null);

        Assert.InRange(answer.Code, 400, 422);
        Assert.Equal("application/problem+json", answer.ContentType);
    }

    [Fact]
    public async Task A_Body_May_Have_One_Mebibyte_And_No_More()
    {
        const string before = """{"name": "BIG", "value": " """;
        const string after = "\"}";
        var fits = before + new string('x', (1 << 20) - before.Length - after.Length) + after;

        var accepted = await SendAsync(Envs, fits);
        var refused = await SendAsync(Envs, fits + " ");

        Assert.Equal(200, accepted.Code);
        IsProblem(413, refused);
        Assert.Equal((1 << 20) - before.Length - after.Length + 1, (await _app.GetAsync("/api/env/BIG/")).Data["value"]!.ToString().Length);
        await _app.DeleteAsync("/api/env/BIG/");
    }

    [Fact]
    public async Task A_Refused_Body_Changes_Nothing()
    {
        var before = await _app.GetAsync("/api/services/known/");

        await SendAsync(Service, """{"serviceId": "known", "name": "New", "description": "New", "url": null}""");
        await SendAsync(Service, """{"serviceId": "other", "name": "New", "description": "New", "url": "New"}""");

        Assert.Equal(before.Text, (await _app.GetAsync("/api/services/known/")).Text);
    }

    private async Task IsRefusedAsync(string request, string body, string field)
    {
        var answer = await SendAsync(request, body);

        IsProblem(422, answer);
        Assert.Equal([field], answer.ErrorFields);
        Assert.All(answer.Json["errors"]![field]!.AsArray(), message => Assert.NotEqual("", (string)message!));
    }

    private Task<Answer> SendAsync(string request, string body)
    {
        var (method, path) = request.Split(' ') switch { [var m, var p] => (m, p), _ => throw new ArgumentException(request) };
        return _app.SendTextAsync(HttpMethod.Parse(method), path, body);
    }

    private static void IsProblem(int status, Answer answer)
    {
        Assert.Equal(status, answer.Code);
        Assert.Equal("application/problem+json", answer.ContentType);
        Assert.Equal(status, (int)answer.Json["status"]!);
        Assert.NotEqual("", (string)answer.Json["title"]!);
        Assert.NotEqual("", (string)answer.Json["detail"]!);
    }
}
