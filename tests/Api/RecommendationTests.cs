using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery.Recommendations;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.RecommendationPlugins;

namespace Qhana.Registry.Tests.Api;

public sealed class RecommendationTests : IAsyncLifetime
{
    private const string Json = "data-type=entity%2Flist&content-type=application%2Fjson";

    private readonly RecommendationApp _app = new();

    public ValueTask InitializeAsync() => _app.InitializeAsync();

    [Fact]
    public async Task Recommendations_Are_Links_To_Plugins_With_Their_Weights_Beside_Them()
    {
        await _app.StoreAsync(
            Plugin("half", "2.0").Takes("entity/list", "application/json").Takes("graph/taxonomy", "application/zip"),
            Plugin("all").Takes("entity/list", "application/json"));

        var answer = await _app.GetAsync($"/api/recommendations/?{Json}");

        Assert.Equal((200, "application/json"), (answer.Code, answer.ContentType));
        Assert.Equal(
            ["plugin /api/plugins/2/", "plugin /api/plugins/1/"], answer.Data["items"]!.AsArray().Select(Answer.OutlineOf));
        Assert.Equal(["all (1.0.0)", "half (2.0)"], answer.ItemNames);
        Assert.Equal([1, 0.5], answer.Data["weights"]!.AsArray().Select(w => (double)w!));
        Assert.Equal(2, answer.CollectionSize);
        var link = answer.Data["items"]![0]!;
        Assert.Equal("""{"pluginId":"2"}""", link["resourceKey"]!.ToJsonString());
        Assert.Equal(
            (await _app.GetAsync("/api/plugins/2/")).Data["self"]!.ToJsonString(), link.ToJsonString());
    }

    [Fact]
    public async Task Recommendations_Lead_Up_And_Are_Named_Without_Their_Query()
    {
        var answer = await _app.GetAsync($"/api/recommendations/?{Json}&limit=3");

        Assert.Equal("collection plugin-recommendation /api/recommendations/", Answer.OutlineOf(answer.Data["self"]));
        Assert.EndsWith(
            "/api/api-spec.json#/components/schemas/RecommendationCollection", (string)answer.Data["self"]!["schema"]!,
            StringComparison.Ordinal);
        Assert.Null(answer.Data["self"]!["resourceKey"]);
        Assert.Equal(["up api-root /api/"], answer.Outline);
        Assert.Null(answer.Json["embedded"]);
    }

    [Theory]
    [InlineData("data-type=entity/list&content-type=application/json", new[] { "json 1", "any 1", "both 0.5" })]
    [InlineData("data-type=entity/list&content-type=application/json&data-name=a.json", new[] { "json 1", "any 1", "both 0.5" })]
    [InlineData("data-type=entity/list", new[] { "json 1", "csv 1", "any 1", "both 0.5" })]
    [InlineData("content-type=text/csv", new[] { "csv 1", "any 1" })]
    [InlineData("data-type=entity/*&content-type=text/*", new[] { "csv 1", "any 1" })]
    [InlineData("data-type=graph&content-type=*/zip", new[] { "any 1", "both 0.5" })]
    [InlineData("data-type=nothing/x", new[] { "any 1" })]
    public async Task Data_At_Hand_Is_Matched_With_What_Plugins_Take(string query, string[] expected)
    {
        await _app.StoreAsync(
            Plugin("both").Takes("entity/list", "application/json").Takes("graph/taxonomy", "application/zip"),
            Plugin("json").Takes("entity/list", "application/json"),
            Plugin("csv").Takes("entity/*", "text/csv"),
            Plugin("any").Takes("*", "*"),
            Plugin("nothing"),
            Plugin("visualization").OfType("visualization").Takes("*", "*"));

        var best = await _app.RecommendAsync(query);

        Assert.Equal(expected, best);
    }

    [Theory]
    [InlineData("", 2)]
    [InlineData("&limit=3", 3)]
    [InlineData("&limit=1000", 2)]
    public async Task The_Default_Limit_Can_Be_Set(string limit, int expected)
    {
        _app.With("RECOMMENDATION_LIMIT", "2");
        await _app.StoreAsync([.. Enumerable.Range(0, 4).Select(i => Plugin($"p{i}").Takes("entity/list", "application/json"))]);

        var best = await _app.RecommendAsync(Json + limit);

        Assert.Equal(expected, best.Count);
    }

    [Theory]
    [InlineData("", null, 5)]
    [InlineData("timeout=0.5", null, 0.5)]
    [InlineData("timeout=12", null, 12)]
    [InlineData("timeout=300", null, 300)]
    [InlineData("timeout=0.49", null, 5)]
    [InlineData("timeout=300.01", null, 5)]
    [InlineData("timeout=-1", null, 5)]
    [InlineData("timeout=1e300", null, 5)]
    [InlineData("", "0.75", 0.75)]
    [InlineData("timeout=2", "0.75", 2)]
    [InlineData("timeout=0.1", "0.75", 0.75)]
    public async Task The_Timeout_Holds_From_Half_A_Second_To_Five_Minutes_And_Outside_The_Default(string query, string? set, double expected)
    {
        var time = new RecommendationTime();
        _app.At(time).With(FakeRecommender.Hanging("Hangs"));
        if (set is not null)
            _app.With("RECOMMENDATION_TIMEOUT", set);
        _ = _app.Services;
        var before = time.Waits.Count;

        await _app.RecommendAsync(query);

        Assert.Equal([TimeSpan.FromSeconds(expected)], time.Waits.Skip(before));
    }

    [Theory]
    [InlineData("""{"CurrentDataRecommender": 0.5, "Other": 7}""")]
    [InlineData("CurrentDataRecommender=0.5\nOther=7")]
    public async Task The_Weights_Of_Recommenders_Can_Be_Set_In_Either_Spelling(string weights)
    {
        _app.With("PLUGIN_RECOMMENDER_WEIGHTS", weights)
            .With(FakeRecommender.Voting("Other", (2, 1)))
            .With(FakeRecommender.Voting("Unnamed", (2, 0.25)));
        await _app.StoreAsync(Plugin("first").Takes("entity/list", "application/json"), Plugin("second"));

        var best = await _app.RecommendAsync(Json);

        Assert.Equal(["second 7.25", "first 0.5"], best);
    }

    [Fact]
    public async Task Weights_That_Are_Too_Large_To_Be_Summed_Do_Not_Cost_The_Answer()
    {
        _app.With("PLUGIN_RECOMMENDER_WEIGHTS", "CurrentDataRecommender=1.7e308\nOther=1.7e308").With(FakeRecommender.Voting("Other", (1, 1)));
        await _app.StoreAsync(Plugin("first").Takes("entity/list", "application/json"), Plugin("second").Takes("*", "*"));

        var best = await _app.RecommendAsync(Json);

        Assert.Equal(["first", "second"], best.Select(b => b.Split(' ')[0]));
    }

    [Fact]
    public async Task A_Recommender_That_Throws_Costs_Only_Its_Own_Votes()
    {
        _app.With(FakeRecommender.Throwing("Throws"));
        await _app.StoreAsync(Plugin("first").Takes("entity/list", "application/json"));

        var best = await _app.RecommendAsync(Json);

        Assert.Equal(["first 1"], best);
    }

    [Fact]
    public async Task A_Recommender_That_Never_Finishes_Costs_Only_Its_Own_Votes()
    {
        _app.With("RECOMMENDATION_TIMEOUT", "0.5").With(FakeRecommender.Hanging("Hangs"));
        await _app.StoreAsync(Plugin("first").Takes("entity/list", "application/json"));

        // Half a second is enough for the others, but not on a machine that does much else; then it is done again.
        var best = await Eventually.IsAsync(() => _app.RecommendAsync(Json), votes => votes.Count > 0);

        Assert.Equal(["first 1"], best);
    }

    [Fact]
    public async Task Votes_That_Were_Missing_Once_Are_Not_Missing_The_Next_Time()
    {
        var isBroken = true;
        _app.With(new FakeRecommender("Sometimes", _ => isBroken
            ? throw new InvalidOperationException("not now")
            : Task.FromResult<IReadOnlyList<Vote>>([new Vote(1, 2)])));
        await _app.StoreAsync(Plugin("first").Takes("entity/list", "application/json"));

        var before = await _app.RecommendAsync(Json);
        isBroken = false;
        var after = await _app.RecommendAsync(Json);

        Assert.Equal(["first 1"], before);
        Assert.Equal(["first 3"], after);
    }

    [Fact]
    public async Task A_Plugin_That_Is_Deleted_While_Others_Vote_Is_Not_Recommended()
    {
        var plugins = () => _app.Services.GetRequiredService<PluginRepository>();
        _app.With(new FakeRecommender("Deletes", async _ =>
        {
            await plugins().DeleteByUrlAsync("http://runner.test/plugins/gone@1.0.0/");
            return [new Vote(1, 9)];
        }));
        await _app.StoreAsync(Plugin("gone"), Plugin("stays").Takes("entity/list", "application/json"));

        var best = await _app.RecommendAsync(Json);

        Assert.Equal(["stays 1"], best);
    }

    [Fact]
    public async Task A_Plugin_That_Comes_Is_Recommended_At_Once()
    {
        await _app.StoreAsync(Plugin("first").Takes("entity/list", "application/json"));
        await _app.RecommendAsync(Json);

        await _app.StoreAsync(Plugin("second").Takes("entity/list", "application/json"));

        Assert.Equal(["first 1", "second 1"], await _app.RecommendAsync(Json));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
