using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.RecommendationPlugins;

namespace Qhana.Registry.Tests.Api;

/// <summary>Whatever the backend does, the answer is 200 with what is known.</summary>
public sealed class RecommendationBackendTests : IAsyncLifetime
{
    private const string Everything = "experiment=1&step=1&data-type=entity/list&content-type=application/json&limit=100";

    // What would change the answer if it were listened to: list lacks its input, and vector fits the output.
    private const string Data = """{"entity/vector": ["application/json"]}""";
    private const string Step = """{"status": "SUCCESS", "outputData": [{"type": "entity/vector", "contentType": "application/json"}]}""";

    private readonly RecommendationApp _app = new();

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    [Fact]
    public async Task What_The_Backend_Says_Makes_A_Difference()
    {
        _app.Backend.HasData(1, Data).HasStep(1, 1, Step);
        await StartAsync(TimeSpan.FromSeconds(30));

        var best = await _app.RecommendAsync(Everything);

        Assert.Equal(["vector 1"], best);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(304)]
    public async Task An_Error_Says_Nothing_Whatever_Its_Body(int status)
    {
        _app.Backend.Answers(FakeBackend.DataPath(1), Data, status).Answers(FakeBackend.StepPath(1, 1), Step, status);
        await StartAsync(TimeSpan.FromSeconds(30));

        var best = await _app.RecommendAsync(Everything);

        Assert.Equal(["list 1"], best);
    }

    [Theory]
    // No JSON.
    [InlineData("")]
    [InlineData("<!DOCTYPE html><html><body>Log in</body></html>")]
    [InlineData("{")]
    [InlineData("{'entity/vector': []}")]
    [InlineData("""{"entity/vector": ["application/json"]""")]
    [InlineData("""{"entity/vector": NaN}""")]
    // Wrong shapes.
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("1e999")]
    [InlineData("\"entity/vector\"")]
    [InlineData("[]")]
    [InlineData("""["entity/vector"]""")]
    [InlineData("""{"entity/vector": "application/json", "status": {}}""")]
    [InlineData("""{"status": null, "inputData": {}, "outputData": 7}""")]
    [InlineData("""{"message": "not found", "code": 404}""")]
    // Texts that are none: half a surrogate pair, and a byte that never occurs in UTF-8 (ÿ).
    [InlineData("""{"\ud800": ["application/json"]}""")]
    [InlineData("""{"entity/vector": "\ud800", "status": "\ud800"}""")]
    [InlineData("""{"\udc00status": ["application/json"]}""")]
    [InlineData("""{"ÿ": ["application/json"]}""")]
    [InlineData("ÿþ{")]
    public async Task Nonsense_Says_Nothing(string text)
    {
        var bytes = TemplateRequests.Bytes(text);
        _app.Backend.Answers(FakeBackend.DataPath(1), AnswerAsync).Answers(FakeBackend.StepPath(1, 1), AnswerAsync);
        await StartAsync(TimeSpan.FromSeconds(30));

        var best = await _app.RecommendAsync(Everything);

        Assert.Equal(["list 1"], best);

        async Task AnswerAsync(HttpContext context) => await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"entity/vector\":")]
    [InlineData("{\"status\":\"SUCCESS\",\"inputData\":")]
    public async Task An_Answer_That_Is_Nested_100000_Deep_Says_Nothing(string open)
    {
        var text = string.Concat(Enumerable.Repeat(open, 100_000));
        _app.Backend.HasData(1, text).HasStep(1, 1, text);
        await StartAsync(TimeSpan.FromSeconds(30));

        var best = await _app.RecommendAsync(Everything);

        Assert.Equal(["list 1"], best);
    }

    [Theory]
    [InlineData("an aborted connection")]
    [InlineData("a body that is cut off")]
    [InlineData("a body without an end")]
    [InlineData("a body that never comes")]
    [InlineData("no answer")]
    public async Task A_Broken_Or_Endless_Answer_Says_Nothing_And_Costs_Its_Limit_At_Most(string kind)
    {
        _app.Backend.Answers(FakeBackend.DataPath(1), AnswerAsync).Answers(FakeBackend.StepPath(1, 1), AnswerAsync);
        await StartAsync(TimeSpan.FromMilliseconds(250));

        var best = await _app.RecommendAsync(Everything).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(["list 1"], best);

        async Task AnswerAsync(HttpContext context)
        {
            var (response, aborted) = (context.Response, context.RequestAborted);
            switch (kind)
            {
                case "an aborted connection":
                    context.Abort();
                    break;
                case "a body that is cut off":
                    response.ContentLength = 1000;
                    await response.WriteAsync(Data, aborted);
                    context.Abort();
                    break;
                case "a body without an end":
                    await response.WriteAsync("{\"entity/vector\": [", aborted);
                    while (!aborted.IsCancellationRequested)
                        await response.WriteAsync("\"application/json\",", aborted);
                    break;
                case "a body that never comes":
                    await response.StartAsync(aborted);
                    await response.Body.FlushAsync(aborted);
                    await FakeBackend.HangAsync(context);
                    break;
                default:
                    await FakeBackend.HangAsync(context);
                    break;
            }
        }
    }

    [Fact]
    public async Task An_Answer_Of_More_Than_Four_Mebibytes_Says_Nothing()
    {
        var padding = $"\"padding\": [\"{new string('x', 5_000_000)}\"], ";
        _app.Backend.HasData(1, Data.Insert(1, padding)).HasStep(1, 1, Step.Insert(1, padding));
        await StartAsync(TimeSpan.FromSeconds(30));

        var best = await _app.RecommendAsync(Everything);

        Assert.Equal(["list 1"], best);
    }

    [Theory]
    [InlineData(300, 1)]
    [InlineData(1, 300)]
    [InlineData(17, 17)]
    public async Task An_Experiment_May_Have_Hundreds_Of_Data_Types_And_Content_Types(int dataTypes, int contentTypes)
    {
        _app.Backend.HasData(1, Summary(dataTypes, contentTypes));
        await StartAsync(TimeSpan.FromSeconds(30));

        var available = await _app.RecommendAsync("experiment=1");

        Assert.Equal(["list 1", "none 1"], available);
    }

    [Theory]
    [InlineData(2_000, 1)]
    [InlineData(10_000, 1)]
    [InlineData(1, 2_000)]
    [InlineData(1, 10_000)]
    [InlineData(200, 200)]
    public async Task A_Gigantic_Experiment_Costs_Neither_The_Answer_Nor_The_Votes_For_The_Data_At_Hand(int dataTypes, int contentTypes)
    {
        _app.Backend.HasData(1, Summary(dataTypes, contentTypes));
        await StartAsync(TimeSpan.FromSeconds(30));

        var best = await _app.RecommendAsync("experiment=1&data-type=entity/list&content-type=application/json")
            .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(["list 1"], best);
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(10_000)]
    public async Task A_Gigantic_Step_Costs_Neither_The_Answer_Nor_The_Votes_For_The_Data_At_Hand(int count)
    {
        _app.Backend.HasStep(1, 1, StepWith(Enumerable.Range(1, count).Select(i => $"type/{i}")));
        await StartAsync(TimeSpan.FromSeconds(30));

        var best = await _app.RecommendAsync("experiment=1&step=1&data-type=entity/list&content-type=application/json")
            .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(["list 1"], best);
    }

    [Fact]
    public async Task A_Step_May_Have_Thousands_Of_Data_Of_The_Same_Kinds()
    {
        _app.Backend.HasStep(1, 1, StepWith(Enumerable.Range(1, 10_000).Select(i => i % 2 == 0 ? "entity/list" : "entity/vector")));
        await StartAsync(TimeSpan.FromSeconds(30));

        var best = await _app.RecommendAsync("experiment=1&step=1").WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(["list 1", "vector 1"], best);
    }

    [Fact]
    public async Task Where_Only_One_Question_Is_Answered_That_Answer_Counts()
    {
        _app.Backend
            .HasData(1, Data).Answers(FakeBackend.StepPath(1, 1), FakeBackend.HangAsync)
            .Answers(FakeBackend.DataPath(2), FakeBackend.HangAsync).HasStep(2, 1, Step);
        await StartAsync(TimeSpan.FromMilliseconds(250));

        // Within a quarter of a second the other answer is there, unless the machine does much else; then it is done again.
        var onlyData = await Eventually.IsAsync(() => _app.RecommendAsync("experiment=1&step=1"), votes => votes.Count == 2);
        var onlyStep = await Eventually.IsAsync(() => _app.RecommendAsync("experiment=2&step=1"), votes => votes.Count == 1);

        Assert.Equal(["vector 1", "none 1"], onlyData);
        Assert.Equal(["vector 1"], onlyStep);
    }

    [Fact]
    public async Task A_Backend_That_Refuses_The_Connection_Says_Nothing_And_Is_Told_Of()
    {
        await StartAsync(TimeSpan.FromSeconds(30), "http://127.0.0.1:9");

        var best = await _app.RecommendAsync(Everything);

        Assert.Equal(["list 1"], best);
        Assert.Contains(
            _app.Log.Of(Microsoft.Extensions.Logging.LogLevel.Warning), w => w.Contains("/experiments/1/data-summary", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no url")]
    [InlineData("/relative")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("file:///etc")]
    [InlineData("http://")]
    [InlineData("http://[")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("http://127.0.0.1:9 9")]
    [InlineData("http://127.0.0.1:9/\0")]
    [InlineData("http://127.0.0.1:9/?a=b#c")]
    [InlineData("http://user:password@127.0.0.1:9")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://a..b")]
    [InlineData("http://*")]
    [InlineData("https://127.0.0.1:9")]
    public async Task A_Backend_With_An_Odd_Url_Says_Nothing(string url)
    {
        await StartAsync(TimeSpan.FromMilliseconds(250), url);

        var best = await _app.RecommendAsync(Everything);

        Assert.Equal(["list 1"], best);
    }

    [Theory]
    [InlineData("experiment=-1&step=-1", "/experiments/-1/data-summary /experiments/-1/timeline/-1")]
    [InlineData("experiment=0&step=0", "/experiments/0/data-summary /experiments/0/timeline/0")]
    [InlineData(
        "experiment=99999999999999999999&step=1",
        "/experiments/9223372036854775807/data-summary /experiments/9223372036854775807/timeline/1")]
    public async Task Any_Number_Is_Asked_For_As_It_Is(string query, string expected)
    {
        await StartAsync(TimeSpan.FromSeconds(30));

        var best = await _app.RecommendAsync(query);

        Assert.Empty(best);
        Assert.Equal(expected, string.Join(' ', _app.Backend.Requests.Order(StringComparer.Ordinal)));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>A summary with so many data types, each in so many content types; the last ones are those of list.</summary>
    private static string Summary(int dataTypes, int contentTypes)
    {
        var contents = Enumerable.Range(1, contentTypes).Select(i => i == contentTypes ? "application/json" : $"text/{i}").ToList();
        return new JsonObject(Enumerable.Range(1, dataTypes).Select(i => KeyValuePair.Create<string, JsonNode?>(
            i == dataTypes ? "entity/list" : $"type/{i}", new JsonArray([.. contents.Select(c => (JsonNode)c)])))).ToJsonString();
    }

    private static string StepWith(IEnumerable<string> dataTypes) => new JsonObject
    {
        ["status"] = "FAILURE",
        ["inputData"] = new JsonArray([.. dataTypes.Select(t => new JsonObject { ["type"] = t, ["contentType"] = "application/json" })]),
    }.ToJsonString();

    private async Task StartAsync(TimeSpan backendTimeout, string? url = null)
    {
        _app.With(options => options with { BackendTimeout = backendTimeout });
        await _app.SetBackendAsync(url ?? _app.Backend.Url);
        await _app.StoreAsync(
            Plugin("list").Takes("entity/list", "application/json"), Plugin("vector").Takes("entity/vector", "application/json"), Plugin("none"));
    }
}
