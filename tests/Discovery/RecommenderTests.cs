using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery.Recommendations;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.RecommendationPlugins;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>The votes of each recommender alone: before weights, sums and what is dropped.</summary>
public sealed class RecommenderTests(RegistryApp app) : IClassFixture<RegistryApp>, IAsyncLifetime
{
    private static readonly DataKind Json = Kind("entity/list", "application/json");
    private static readonly DataKind Csv = Kind("entity/list", "text/csv");
    private static readonly DataKind Taxonomy = Kind("graph/taxonomy", "application/zip");

    /// <summary>Each test begins without plugins.</summary>
    public async ValueTask InitializeAsync()
    {
        _ = app.Client;
        var seeds = app.Services.GetRequiredService<SeedRepository>();
        foreach (var seed in await seeds.AllAsync())
            await seeds.DeleteAsync(seed.Id);
    }

    [Fact]
    public async Task CurrentData_Votes_The_Share_Of_The_Required_Inputs_That_Match()
    {
        await StoreAsync(
            Plugin("all").Takes("entity/list", "application/json"),
            Plugin("half").Takes("entity/list", "application/json").Takes("graph/taxonomy", "application/zip"),
            Plugin("third").Takes("graph/taxonomy").Takes("entity/list", "text/csv", "application/json").Takes("entity/vector"),
            Plugin("twice").Takes("entity/list", "application/json").Takes("entity/*", "*"),
            Plugin("optional only").MayTake("entity/list", "application/json"),
            Plugin("half and optional").Takes("entity/vector").Takes("entity/list", "application/json").MayTake("entity/list", "text/csv"),
            Plugin("other content").Takes("entity/list", "text/csv"),
            Plugin("nothing"));

        var votes = await VoteAsync("CurrentDataRecommender", new RecommendationContext { CurrentData = Json });

        Assert.Equal(["all 1", "half 0.5", "half and optional 0.5", "third 0.333", "twice 1"], votes);
    }

    [Fact]
    public async Task CurrentData_Votes_For_Nothing_Without_Data()
    {
        await StoreAsync(Plugin("any").Takes("*", "*"));

        var votes = await VoteAsync("CurrentDataRecommender", new RecommendationContext
        {
            AvailableData = [new AvailableData(Json.DataType, [Json.ContentType])],
            Step = new StepResult(true, "GOOD", [Json], [Json]),
        });

        Assert.Empty(votes);
    }

    [Theory]
    [InlineData("a/b", "c/d", new[] { "a/*", "a/b", "any", "any/b", "content c/*" })]
    [InlineData("a/x", "c/d", new[] { "a/*", "any", "content c/*" })]
    [InlineData("x/b", "c/d", new[] { "any", "any/b", "content c/*" })]
    [InlineData("a/b", "c/x", new[] { "any", "content c/*" })]
    [InlineData("a/b", "x/d", new[] { "any" })]
    [InlineData("*", "c/d", new[] { "a/*", "a/b", "any", "any/b", "content c/*" })]
    [InlineData("a/*", "c/d", new[] { "a/*", "a/b", "any", "any/b", "content c/*" })]
    [InlineData("x/*", "c/d", new[] { "any", "any/b", "content c/*" })]
    [InlineData("a", "c", new[] { "a/*", "a/b", "any", "any/b", "content c/*" })]
    [InlineData("a/b", "*", new[] { "a/*", "a/b", "any", "any/b", "content c/*", "no content" })]
    [InlineData("a/b", "*/d", new[] { "a/*", "a/b", "any", "any/b", "content c/*" })]
    [InlineData("A/B", "c/d", new[] { "any", "content c/*" })]
    public async Task Stars_Match_Anything_On_Either_Side(string dataType, string contentType, string[] expected)
    {
        await StoreAsync(
            Plugin("a/b").Takes("a/b", "c/d"), Plugin("a/*").Takes("a/*", "c/d"), Plugin("any/b").Takes("*/b", "c/d"),
            Plugin("any").Takes("*", "*"), Plugin("content c/*").Takes("*", "c/*"), Plugin("no content").Takes("a/b"));

        var votes = await VoteAsync("CurrentDataRecommender", new RecommendationContext { CurrentData = Kind(dataType, contentType) });

        Assert.Equal(expected.Select(e => $"{e} 1"), votes);
    }

    [Fact]
    public async Task AvailableData_Votes_1_For_Each_Plugin_All_Of_Whose_Required_Inputs_Are_Covered()
    {
        await StoreAsync(
            Plugin("one").Takes("entity/list", "application/json"),
            Plugin("two").Takes("entity/list", "text/csv", "application/json").Takes("graph/taxonomy", "application/zip"),
            Plugin("none"),
            Plugin("optional").MayTake("entity/vector"),
            Plugin("star").Takes("*", "*"),
            Plugin("half").Takes("entity/list", "application/json").Takes("entity/vector"),
            Plugin("other content").Takes("graph/taxonomy", "application/json"),
            Plugin("type of one, content of another").Takes("graph/taxonomy", "text/csv"));

        var votes = await VoteAsync("AvailableDataRecommender", new RecommendationContext { AvailableData = Available });

        Assert.Equal(["none 1", "one 1", "optional 1", "star 1", "two 1"], votes);
    }

    [Fact]
    public async Task AvailableData_Votes_For_Nothing_Where_Nothing_Is_Available()
    {
        await StoreAsync(Plugin("none"), Plugin("star").Takes("*", "*"));

        var votes = await VoteAsync("AvailableDataRecommender", new RecommendationContext());

        Assert.Empty(votes);
    }

    [Fact]
    public async Task AvailableData_Leaves_It_To_Others_Where_There_Is_Current_Data_Or_The_Output_Of_A_Step()
    {
        await StoreAsync(Plugin("none"));
        var context = new RecommendationContext { AvailableData = Available };

        var current = await VoteAsync("AvailableDataRecommender", context with { CurrentData = Json });
        var output = await VoteAsync("AvailableDataRecommender", context with { Step = new StepResult(true, "UNUSABLE", [], [Json]) });
        var onlyInput = await VoteAsync("AvailableDataRecommender", context with { Step = new StepResult(true, "GOOD", [Json], []) });
        var failed = await VoteAsync("AvailableDataRecommender", context with { Step = new StepResult(false, "", [Json], []) });

        Assert.Empty(current);
        Assert.Empty(output);
        Assert.Equal(["none 1"], onlyInput);
        Assert.Equal(["none 1"], failed);
    }

    [Fact]
    public async Task StepData_Votes_For_The_Input_And_Again_For_The_Output()
    {
        await StoreAsync(
            Plugin("input").Takes("graph/taxonomy", "application/zip"),
            Plugin("output").Takes("entity/list", "text/csv"),
            Plugin("both").Takes("graph/taxonomy", "*").Takes("entity/list", "text/csv"),
            Plugin("star").Takes("*", "*"),
            Plugin("neither").Takes("entity/vector", "*"));

        var votes = await VoteAsync("StepDataRecommender", new RecommendationContext { Step = new StepResult(true, "GOOD", [Taxonomy], [Csv]) });

        Assert.Equal(["both 0.5", "both 0.5", "input 1", "output 1", "star 1", "star 1"], votes);
    }

    [Fact]
    public async Task StepData_Counts_Each_Required_Input_Once_However_Many_Data_Match_It()
    {
        await StoreAsync(
            Plugin("one").Takes("entity/list", "*"), Plugin("two").Takes("entity/list", "text/csv").Takes("graph/taxonomy", "*"),
            Plugin("half").Takes("entity/list", "*").Takes("entity/vector", "*"));

        var votes = await VoteAsync(
            "StepDataRecommender", new RecommendationContext { Step = new StepResult(false, "", [Json, Csv, Csv, Taxonomy], []) });

        Assert.Equal(["half 0.5", "one 1", "two 1"], votes);
    }

    [Theory]
    [InlineData(true, "UNKNOWN", true)]
    [InlineData(true, "BAD", true)]
    [InlineData(true, "NEUTRAL", true)]
    [InlineData(true, "GOOD", true)]
    [InlineData(true, "UNUSABLE", false)]
    [InlineData(true, "good", false)]
    [InlineData(true, "", false)]
    [InlineData(false, "GOOD", false)]
    public async Task StepData_Votes_For_The_Output_After_A_Success_Of_Some_Quality_Only(bool success, string quality, bool votesForOutput)
    {
        await StoreAsync(Plugin("input").Takes("graph/taxonomy", "*"), Plugin("output").Takes("entity/list", "*"));

        var votes = await VoteAsync(
            "StepDataRecommender", new RecommendationContext { Step = new StepResult(success, quality, [Taxonomy], [Json]) });

        Assert.Equal(votesForOutput ? ["input 1", "output 1"] : ["input 1"], votes);
    }

    [Fact]
    public async Task StepData_Votes_For_Nothing_Without_A_Step()
    {
        await StoreAsync(Plugin("star").Takes("*", "*"));

        var votes = await VoteAsync("StepDataRecommender", new RecommendationContext { CurrentData = Json, AvailableData = Available });

        Assert.Empty(votes);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static IReadOnlyList<AvailableData> Available =>
        [new(Json.DataType, [Json.ContentType]), new(Taxonomy.DataType, [MediaType.Parse("text/plain"), Taxonomy.ContentType])];

    private static DataKind Kind(string dataType, string contentType) => new(MediaType.Parse(dataType), MediaType.Parse(contentType));

    private Task StoreAsync(params Plugin[] plugins) => RecommendationApp.StoreAsync(app.Services, plugins);

    /// <summary>The votes by identifier, rounded, in alphabetical order.</summary>
    private async Task<IEnumerable<string>> VoteAsync(string recommender, RecommendationContext context)
    {
        var votes = await app.Services.GetServices<IRecommender>().Single(r => r.Name == recommender)
            .VoteAsync(context, TestContext.Current.CancellationToken);
        return votes
            .Select(v => FormattableString.Invariant(
                $"{app.Query<string>($"SELECT identifier FROM plugin WHERE id = {v.PluginId}")} {Math.Round(v.Weight, 3)}"))
            .Order(StringComparer.Ordinal);
    }
}
