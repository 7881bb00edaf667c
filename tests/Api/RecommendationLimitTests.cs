using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>A backend that breaks off, hangs or is nowhere says nothing, and costs its limit at most.</summary>
public sealed class RecommendationLimitTests(HastyRegistry registry) : IClassFixture<HastyRegistry>
{
    private readonly long _experiment = registry.NewExperiment();

    [Theory]
    [InlineData("an aborted connection")]
    [InlineData("a body that is cut off")]
    [InlineData("a body without an end")]
    [InlineData("a body that never comes")]
    [InlineData("no answer")]
    public async Task A_Broken_Or_Endless_Answer_Says_Nothing(string kind)
    {
        await registry.MoveBackendAsync(registry.Backend.Url);
        registry.Backend
            .Answers(FakeBackend.DataPath(_experiment), AnswerAsync).Answers(FakeBackend.StepPath(_experiment, 1), AnswerAsync);

        var best = await RecommendAsync();

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
                    await response.WriteAsync("{\"entity/vector\": [", aborted);
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
    public async Task Where_Only_One_Question_Is_Answered_That_Answer_Counts()
    {
        var other = registry.NewExperiment();
        await registry.MoveBackendAsync(registry.Backend.Url);
        registry.Backend
            .HasData(_experiment, """{"entity/vector": ["application/json"]}""")
            .Answers(FakeBackend.StepPath(_experiment, 1), FakeBackend.HangAsync)
            .Answers(FakeBackend.DataPath(other), FakeBackend.HangAsync)
            .HasStep(other, 1, """{"status": "SUCCESS", "outputData": [{"type": "entity/list", "contentType": "application/json"}]}""");

        // Within a quarter of a second the other answer is there, unless the machine does much else; then it is done again.
        var onlyData = await Eventually.IsAsync(() => AskAsync(_experiment), votes => votes.Count == 2);
        var onlyStep = await Eventually.IsAsync(() => AskAsync(other), votes => votes.Count == 1);

        Assert.Equal(["vector 1", "none 1"], onlyData);
        Assert.Equal(["list 1"], onlyStep);

        Task<IReadOnlyList<string>> AskAsync(long experiment) =>
            registry.App.RecommendAsync(string.Create(CultureInfo.InvariantCulture, $"experiment={experiment}&step=1"));
    }

    [Fact]
    public async Task A_Backend_That_Refuses_The_Connection_Says_Nothing_And_Is_Told_Of()
    {
        await registry.MoveBackendAsync("http://127.0.0.1:9");

        var best = await RecommendAsync();

        Assert.Equal(["list 1"], best);
        foreach (var path in (string[])[FakeBackend.DataPath(_experiment), FakeBackend.StepPath(_experiment, 1)])
            Assert.Contains(registry.App.Log.Of(LogLevel.Warning), w => w.Contains(path, StringComparison.Ordinal));
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
        await registry.MoveBackendAsync(url);

        var best = await RecommendAsync();

        Assert.Equal(["list 1"], best);
    }

    private Task<IReadOnlyList<string>> RecommendAsync() => registry.App
        .RecommendAsync(string.Create(
            CultureInfo.InvariantCulture, $"experiment={_experiment}&step=1&data-type=entity/list&content-type=application/json"))
        .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
}
