using System.Globalization;
using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>However much the backend says, the answer is 200 with what is known, and it comes soon.</summary>
public sealed class RecommendationSizeTests(PatientRegistry registry) : IClassFixture<PatientRegistry>
{
    private const string Current = "&data-type=entity/list&content-type=application/json";

    private readonly long _experiment = registry.NewExperiment();

    [Theory]
    [InlineData(300, 1)]
    [InlineData(1, 300)]
    [InlineData(17, 17)]
    public async Task An_Experiment_May_Have_Hundreds_Of_Data_Types_And_Content_Types(int dataTypes, int contentTypes)
    {
        registry.Backend.HasData(_experiment, Summary(dataTypes, contentTypes));

        var best = await RecommendAsync("");

        Assert.Equal(["list 1", "none 1"], best);
    }

    [Theory]
    [InlineData(2_000, 1)]
    [InlineData(10_000, 1)]
    [InlineData(1, 2_000)]
    [InlineData(1, 10_000)]
    [InlineData(200, 200)]
    public async Task A_Gigantic_Experiment_Costs_Neither_The_Answer_Nor_The_Votes_For_The_Data_At_Hand(int dataTypes, int contentTypes)
    {
        registry.Backend.HasData(_experiment, Summary(dataTypes, contentTypes));

        var best = await RecommendAsync(Current);

        Assert.Equal(["list 1"], best);
    }

    [Theory]
    [InlineData(2_000)]
    [InlineData(10_000)]
    public async Task A_Gigantic_Step_Costs_Neither_The_Answer_Nor_The_Votes_For_The_Data_At_Hand(int count)
    {
        registry.Backend.HasStep(_experiment, 1, StepWith(Enumerable.Range(1, count).Select(i => $"type/{i}")));

        var best = await RecommendAsync("&step=1" + Current);

        Assert.Equal(["list 1"], best);
    }

    [Fact]
    public async Task A_Step_May_Have_Thousands_Of_Data_Of_The_Same_Kinds()
    {
        registry.Backend.HasStep(
            _experiment, 1, StepWith(Enumerable.Range(1, 10_000).Select(i => i % 2 == 0 ? "entity/list" : "entity/vector")));

        var best = await RecommendAsync("&step=1");

        Assert.Equal(["list 1", "vector 1"], best);
    }

    private Task<IReadOnlyList<string>> RecommendAsync(string query) => registry.App
        .RecommendAsync(string.Create(CultureInfo.InvariantCulture, $"experiment={_experiment}{query}"))
        .WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

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
}
