using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.RecommendationPlugins;

namespace Qhana.Registry.Tests.Api;

public sealed class RecommendationParameterTests(PatientRegistry registry) : IClassFixture<PatientRegistry>, IAsyncLifetime
{
    /// <summary>Storing again what is there changes nothing.</summary>
    public async ValueTask InitializeAsync() => await registry.App.StoreAsync(
        [
            Plugin("costume-loader"), Plugin("wu-palmer"), Plugin("star").Takes("*", "*").OfType("dataloader"),
            .. Enumerable.Range(0, 104).Select(i => Plugin($"p{i}").Takes("many/kinds", "application/json")),
        ]);

    [Theory]
    [InlineData("")]
    [InlineData("limit=100")]
    [InlineData("plugin-id=4")]
    [InlineData("data-name=a.json")]
    [InlineData("unknown=1")]
    [InlineData("step=1")]
    [InlineData("step=1&plugin-id=4")]
    public async Task Without_Data_And_Experiment_There_Is_Nothing_To_Recommend(string query)
    {
        var answer = await registry.App.GetAsync("/api/recommendations/?" + query);

        Assert.Equal((200, 0), (answer.Code, answer.CollectionSize));
        Assert.Equal(("[]", "[]"), (answer.Data["items"]!.ToJsonString(), answer.Data["weights"]!.ToJsonString()));
        Assert.Empty(registry.Backend.Requests);
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("&limit=1", 1)]
    [InlineData("&limit=7", 7)]
    [InlineData("&limit=100", 104)]
    [InlineData("&limit=0", 5)]
    [InlineData("&limit=101", 5)]
    [InlineData("&limit=-1", 5)]
    [InlineData("&limit=99999999999999999999999", 5)]
    public async Task The_Limit_Holds_From_1_To_100_And_Outside_The_Default(string limit, int expected)
    {
        var best = await registry.App.RecommendAsync("data-type=many/kinds&content-type=application/json" + limit);

        Assert.Equal(Enumerable.Range(0, Math.Min(expected, 100)).Select(i => $"p{i} 1"), best);
    }

    [Theory]
    [InlineData("limit=x", "limit")]
    [InlineData("limit=1.5", "limit")]
    [InlineData("limit=", "limit")]
    [InlineData("timeout=x", "timeout")]
    [InlineData("timeout=NaN", "timeout")]
    [InlineData("timeout=", "timeout")]
    [InlineData("experiment=x", "experiment")]
    [InlineData("experiment=1&step=x", "step")]
    [InlineData("experiment=1&step=../data-summary", "step")]
    [InlineData("step=x", "step")]
    [InlineData("plugin-id=1,2", "plugin-id")]
    public async Task A_Wrong_Parameter_Returns_422_And_Is_Named(string query, string parameter)
    {
        var answer = await registry.App.GetAsync("/api/recommendations/?" + query);

        Assert.Equal((422, "application/problem+json"), (answer.Code, answer.ContentType));
        Assert.Equal([parameter], answer.ErrorFields);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
