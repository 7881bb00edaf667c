using System.Globalization;
using Microsoft.AspNetCore.Http;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>Whatever the backend says, the answer is 200 with what is known.</summary>
public sealed class RecommendationBackendTests(PatientRegistry registry) : IClassFixture<PatientRegistry>
{
    // What would change the answer if it were listened to: list lacks its input, and vector fits the output.
    private const string Data = """{"entity/vector": ["application/json"]}""";
    private const string Step = """{"status": "SUCCESS", "outputData": [{"type": "entity/vector", "contentType": "application/json"}]}""";

    private readonly long _experiment = registry.NewExperiment();

    [Fact]
    public async Task What_The_Backend_Says_Makes_A_Difference()
    {
        registry.Backend.HasData(_experiment, Data).HasStep(_experiment, 1, Step);

        var best = await RecommendAsync();

        Assert.Equal(["vector 1"], best);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_Error_Says_Nothing_Whatever_Its_Body(int status)
    {
        registry.Backend
            .Answers(FakeBackend.DataPath(_experiment), Data, status)
            .Answers(FakeBackend.StepPath(_experiment, 1), Step, status);

        var best = await RecommendAsync();

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
        registry.Backend
            .Answers(FakeBackend.DataPath(_experiment), AnswerAsync).Answers(FakeBackend.StepPath(_experiment, 1), AnswerAsync);

        var best = await RecommendAsync();

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
        registry.Backend.HasData(_experiment, text).HasStep(_experiment, 1, text);

        var best = await RecommendAsync();

        Assert.Equal(["list 1"], best);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task An_Answer_That_Is_Compressed_Wrongly_Says_Nothing(string encoding)
    {
        registry.Backend.Answers(FakeBackend.DataPath(_experiment), WriteAsync).Answers(FakeBackend.StepPath(_experiment, 1), WriteAsync);

        var best = await RecommendAsync();

        Assert.Equal(["list 1"], best);

        Task WriteAsync(HttpContext context)
        {
            context.Response.Headers.ContentEncoding = encoding;
            return context.Response.WriteAsync("this is not compressed at all", context.RequestAborted);
        }
    }

    [Fact]
    public async Task An_Answer_Of_More_Than_Four_Mebibytes_Says_Nothing()
    {
        var padding = $"\"padding\": [\"{new string('x', 5_000_000)}\"], ";
        registry.Backend.HasData(_experiment, Data.Insert(1, padding)).HasStep(_experiment, 1, Step.Insert(1, padding));

        var best = await RecommendAsync();

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
        var before = registry.Backend.Requests.Count;

        var best = await registry.App.RecommendAsync(query);

        Assert.Empty(best);
        Assert.Equal(expected, string.Join(' ', registry.Backend.Requests.Skip(before).Order(StringComparer.Ordinal)));
    }

    private Task<IReadOnlyList<string>> RecommendAsync() => registry.App.RecommendAsync(string.Create(
        CultureInfo.InvariantCulture, $"experiment={_experiment}&step=1&data-type=entity/list&content-type=application/json"));
}
