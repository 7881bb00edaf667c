using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery.Recommendations;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.RecommendationPlugins;

namespace Qhana.Registry.Tests.Discovery;

public sealed class RuleBasedRecommenderTests(RegistryApp app) : IClassFixture<RegistryApp>, IAsyncLifetime
{
    private static readonly RecommendationContext Success = new() { Step = new StepResult(true, "GOOD", [], []) };

    /// <summary>Each test begins with the same plugins.</summary>
    public async ValueTask InitializeAsync()
    {
        _ = app.Client;
        var seeds = app.Services.GetRequiredService<SeedRepository>();
        foreach (var seed in await seeds.AllAsync())
            await seeds.DeleteAsync(seed.Id);
        string[] loadersAndOthers =
            ["costume-loader", "muse-for-music-loader", "wu-palmer", "sym-max-mean", "sim-to-dist-transformers", "distance-aggregator", "mds", "unknown"];
        await StoreAsync(
            [
                .. loadersAndOthers.Select(identifier => Plugin(identifier)),
                Plugin("cleaner").Tagged("x", "data-cleaning"), Plugin("clusterer").Tagged("clustering"),
                Plugin("Costume-Loader"), Plugin("cleaner of another case").Tagged("Data-Cleaning"),
            ]);
    }

    [Theory]
    [InlineData("costume-loader", new[] { "cleaner 1", "wu-palmer 5" })]
    [InlineData("muse-for-music-loader", new[] { "cleaner 1", "wu-palmer 5" })]
    [InlineData("cleaner", new[] { "wu-palmer 5" })]
    [InlineData("wu-palmer", new[] { "sym-max-mean 5" })]
    [InlineData("sym-max-mean", new[] { "sim-to-dist-transformers 5" })]
    [InlineData("sim-to-dist-transformers", new[] { "distance-aggregator 5" })]
    [InlineData("distance-aggregator", new[] { "mds 5" })]
    [InlineData("mds", new[] { "clusterer 2" })]
    [InlineData("unknown", new string[0])]
    [InlineData("clusterer", new string[0])]
    [InlineData("Costume-Loader", new string[0])]
    [InlineData("cleaner of another case", new string[0])]
    public async Task After_A_Plugin_Comes_What_Usually_Comes_Next(string current, string[] expected)
    {
        var votes = await VoteAsync(Success with { CurrentPlugin = Id(current) });

        Assert.Equal(expected, votes);
    }

    [Fact]
    public async Task There_Are_No_Votes_Without_A_Successful_Step_And_A_Known_Plugin()
    {
        var loader = Id("costume-loader");

        var contexts = new RecommendationContext[]
        {
            new() { CurrentPlugin = loader },
            new() { CurrentPlugin = loader, Step = new StepResult(false, "", [], []) },
            Success,
            Success with { CurrentPlugin = 4711 },
            Success with { CurrentPlugin = -1 },
        };

        foreach (var context in contexts)
            Assert.Empty(await VoteAsync(context));
    }

    [Fact]
    public async Task The_Quality_Of_The_Step_Does_Not_Matter()
    {
        var votes = await VoteAsync(new RecommendationContext
        {
            CurrentPlugin = Id("wu-palmer"),
            Step = new StepResult(true, "UNUSABLE", [], []),
        });

        Assert.Equal(["sym-max-mean 5"], votes);
    }

    [Fact]
    public async Task Every_Version_Of_What_Comes_Next_Gets_The_Vote()
    {
        await StoreAsync(Plugin("wu-palmer", "2.0.0"), Plugin("costume-loader", "v9"));

        var votes = await VoteAsync(Success with { CurrentPlugin = Id("costume-loader", "v9") });

        Assert.Equal(["cleaner 1", "wu-palmer 5", "wu-palmer 5"], votes);
    }

    [Fact]
    public async Task A_Plugin_That_Two_Rules_Follow_Gets_The_Sum_Of_Their_Votes()
    {
        await StoreAsync(Plugin("costume-loader", "tagged").Tagged("data-cleaning"));

        var votes = await VoteAsync(Success with { CurrentPlugin = Id("costume-loader", "tagged") });

        Assert.Equal(["cleaner 1", "costume-loader 1", "wu-palmer 10"], votes);
    }

    [Fact]
    public async Task A_Plugin_With_Votes_For_Its_Identifier_And_Its_Tags_Gets_The_Larger()
    {
        await StoreAsync(Plugin("wu-palmer", "tagged").Tagged("data-cleaning"));

        var votes = await VoteAsync(Success with { CurrentPlugin = Id("costume-loader") });

        Assert.Equal(["cleaner 1", "wu-palmer 5", "wu-palmer 5"], votes);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task StoreAsync(params Plugin[] plugins) => RecommendationApp.StoreAsync(app.Services, plugins);

    private long Id(string identifier, string version = "1.0.0") =>
        app.Query<long>($"SELECT id FROM plugin WHERE identifier = '{identifier}' AND version = '{version}'");

    private async Task<IEnumerable<string>> VoteAsync(RecommendationContext context)
    {
        var votes = await app.Services.GetServices<IRecommender>().Single(r => r.Name == "RuleBasedRecommender")
            .VoteAsync(context, TestContext.Current.CancellationToken);
        return votes
            .Select(v => FormattableString.Invariant(
                $"{app.Query<string>($"SELECT identifier FROM plugin WHERE id = {v.PluginId}")} {v.Weight}"))
            .Order(StringComparer.Ordinal);
    }
}
