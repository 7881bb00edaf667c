using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Attacks;

/// <summary>Whatever a client sends, the registry answers that it is wrong, and goes on.</summary>
public sealed class RequestFuzzTests : IDisposable
{
    private const int Requests = 2000;

    private readonly TestFolder _folder = new();

    /// <summary>No answer is 500 or above, and every error that has words is a problem document.</summary>
    [Theory]
    [InlineData(20260101)]
    public async Task No_Request_However_Odd_Is_More_Than_A_Clients_Mistake(int seed)
    {
        await using var runner = await FakeRunner.StartAsync();
        runner.Offers(PluginDocument.Of("fuzz"), PluginDocument.Of("other"));
        using var registry = RegistryProcess.Start(
            _folder.Path, ("REVERSE_PROXY_COUNT", "1"), ("INITIAL_PLUGIN_SEEDS", runner.Url), ("PLUGIN_DISCOVERY_INTERVAL", "3600"));
        var origin = await registry.OriginAsync();
        using var client = new HttpClient { BaseAddress = new Uri(origin) };
        await FillAsync(client);
        var generator = new RequestGenerator(new OpenApiContract(await GetAsync(client, "/api/api-spec.json")), new OddValues(seed));
        var codes = new Dictionary<int, int>();
        var served = new HashSet<string>();

        for (var i = 0; i < Requests; i++)
        {
            var request = generator.Next();
            var answer = await RawSocket.ExchangeAsync(origin, request.Bytes, isAll: request.IsTorn);
            if (FaultOf(request, answer) is { } fault)
                Assert.Fail($"Seed {seed}, request {i}: {fault}\n{request}\n{answer?.Text}");
            if (answer is null)
                continue;
            codes[answer.Code] = codes.GetValueOrDefault(answer.Code) + 1;
            if (answer.Code < 300)
                served.Add(request.Operation);
        }

        Assert.True(registry.IsAlive);
        Assert.Equal("ok", (string)(await GetAsync(client, "/health"))["status"]!);
        Assert.DoesNotContain(registry.Said, l => l.Contains(" fail:", StringComparison.Ordinal));
        using var set = await client.PostAsJsonAsync("/api/env/", new { name = "AFTER", value = "all" }, TestContext.Current.CancellationToken);
        Assert.Equal("all", (string)(await GetAsync(client, "/api/env/AFTER/"))["data"]!["value"]!);
        // The generator did what it is for: all operations were understood at least once, and refused in every way.
        Assert.Equal(generator.Operations.Order(StringComparer.Ordinal), served.Order(StringComparer.Ordinal));
        Assert.Empty(((int[])[200, 204, 400, 404, 405, 409, 413, 422]).Except(codes.Keys));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What is wrong with an answer; null for nothing.</summary>
    private static string? FaultOf(FuzzedRequest request, RawAnswer? answer)
    {
        if (answer is null)
            return request.IsTorn ? null : "no answer";
        // The server itself refuses, without a word, what is no HTTP or asks for what HTTP has no more.
        if (answer.Code is 501 or 505 && answer.Body.Length == 0)
            return null;
        if (answer.Code >= 500)
            return $"answered {answer.Code}";
        if (answer.Body.Length == 0 || request.Method == "HEAD")
            return answer.Code is >= 400 and not (400 or 408 or 411 or 414 or 431) && request.Method != "HEAD" ? $"{answer.Code} without a word" : null;
        return answer.Code >= 400 ? FaultOfProblem(answer) : FaultOfSuccess(answer);
    }

    private static string? FaultOfProblem(RawAnswer answer)
    {
        if (answer.Header("Content-Type") != "application/problem+json")
            return $"{answer.Code} as {answer.Header("Content-Type")}";
        var problem = JsonNode.Parse(answer.Text)!;
        return (int)problem["status"]! == answer.Code && (string?)problem["title"] is { Length: > 0 } ? null : $"{answer.Code} with a strange problem";
    }

    private static string? FaultOfSuccess(RawAnswer answer)
    {
        if (answer.Header("Content-Type") != "application/json" || answer.Header("Content-Encoding") is not null)
            return null;
        try
        {
            return JsonNode.Parse(answer.Text) is JsonObject ? null : "no object";
        }
        catch (JsonException e)
        {
            return e.Message;
        }
    }

    /// <summary>Adds something of everything, so that some ids exist.</summary>
    private static async Task FillAsync(HttpClient client)
    {
        await Eventually.EqualsAsync(2, async () => (int)(await GetAsync(client, "/api/plugins/"))["data"]!["collectionSize"]!);
        await AddAsync("/api/services/", new { serviceId = "backend", name = "Backend", description = "", url = "http://127.0.0.1:9/" });
        await AddAsync("/api/env/", new { name = "A", value = "1" });
        await AddAsync("/api/templates/", TemplateRequests.Template("T", "", "a"));
        await AddAsync("/api/templates/1/tabs/", TemplateRequests.Tab("Tab", """{"tag": "test"}"""));

        async Task AddAsync(string path, object body)
        {
            using var response = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)response.StatusCode);
        }
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string path) =>
        JsonNode.Parse(await client.GetStringAsync(path, TestContext.Current.CancellationToken))!;
}
