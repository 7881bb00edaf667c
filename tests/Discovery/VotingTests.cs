using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery.Recommendations;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.RecommendationPlugins;

namespace Qhana.Registry.Tests.Discovery;

public sealed class VotingTests : IAsyncDisposable
{
    private static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);
    private static readonly RecommendationContext Nothing = new();

    private readonly RegistryApp _app = new();

    // Stands still unless a test moves it: what does not wait for the timeout cannot wait for it.
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_Votes_For_A_Plugin_Are_Summed()
    {
        await StoreAsync(Plugin("first"), Plugin("second"), Plugin("third"));

        var best = await VoteAsync(
            FakeRecommender.Voting("A", (1, 1), (2, 0.5), (2, 0.75)), FakeRecommender.Voting("B", (1, 2)), FakeRecommender.Voting("C"));

        Assert.Equal([new Vote(1, 3), new Vote(2, 1.25)], best);
    }

    [Fact]
    public async Task The_Votes_Of_A_Recommender_Are_Multiplied_By_Its_Weight_And_By_1_Where_It_Has_None()
    {
        await StoreAsync(Plugin("first"), Plugin("second"), Plugin("third"), Plugin("fourth"));
        var options = new RecommendationOptions
        {
            Weights = new Dictionary<string, double> { ["Half"] = 0.5, ["Twice"] = 2, ["half"] = 100, ["Nobody"] = 7 },
        };

        var best = await VoteAsync(
            options, 5, Nothing,
            FakeRecommender.Voting("Half", (1, 3), (4, 1)), FakeRecommender.Voting("Twice", (2, 1), (4, 1)), FakeRecommender.Voting("Unnamed", (3, 1)));

        Assert.Equal([new Vote(4, 2.5), new Vote(2, 2), new Vote(1, 1.5), new Vote(3, 1)], best);
    }

    [Fact]
    public async Task Plugins_With_Equal_Votes_Are_Ordered_By_Id()
    {
        await StoreAsync([.. Enumerable.Range(1, 6).Select(i => Plugin($"plugin {9 - i}"))]);

        var best = await VoteAsync(FakeRecommender.Voting("A", (5, 1), (2, 1), (6, 2), (1, 1), (4, 2), (3, 1)));

        Assert.Equal([4, 6, 1, 2, 3], best.Select(v => v.PluginId));
    }

    [Theory]
    [InlineData(1, new long[] { 3 })]
    [InlineData(2, new long[] { 3, 2 })]
    [InlineData(3, new long[] { 3, 2, 1 })]
    [InlineData(100, new long[] { 3, 2, 1 })]
    public async Task There_Are_At_Most_As_Many_As_Asked_For(int limit, long[] expected)
    {
        await StoreAsync(Plugin("first"), Plugin("second"), Plugin("third"));

        var best = await VoteAsync(new RecommendationOptions(), limit, Nothing, FakeRecommender.Voting("A", (1, 1), (2, 2), (3, 3)));

        Assert.Equal(expected, best.Select(v => v.PluginId));
    }

    [Fact]
    public async Task Only_Plugins_Of_Type_Processing_And_Conversion_That_Exist_Are_Recommended()
    {
        string[] types = ["processing", "conversion", "dataloader", "visualization", "interaction", "processing2", ""];
        await StoreAsync([.. types.Select(type => Plugin($"a {type}").OfType(type))]);

        var best = await VoteAsync(FakeRecommender.Voting("A", [.. Enumerable.Range(0, 9).Select(id => ((long)id, 1.0)), (long.MaxValue, 9)]));

        Assert.Equal([1, 2], best.Select(v => v.PluginId));
    }

    [Fact]
    public async Task Plugins_That_Miss_A_Required_Input_Are_Dropped_Where_The_Available_Data_Is_Known()
    {
        await StoreAsync(
            Plugin("covered").Takes("entity/list", "application/json"),
            Plugin("half").Takes("entity/list", "application/json").Takes("entity/vector", "*"),
            Plugin("other content").Takes("entity/list", "text/csv"),
            Plugin("optional").MayTake("entity/vector", "*"),
            Plugin("star").Takes("*", "*"));
        var recommender = FakeRecommender.Voting("A", (1, 1), (2, 2), (3, 3), (4, 4), (5, 5));
        var known = new RecommendationContext
        {
            AvailableData = [new AvailableData(MediaType.Parse("entity/list"), [MediaType.Parse("application/json")])],
        };

        var best = await VoteAsync(new RecommendationOptions(), 5, known, recommender);
        var unknown = await VoteAsync(recommender);

        Assert.Equal([5, 4, 1], best.Select(v => v.PluginId));
        Assert.Equal([5, 4, 3, 2, 1], unknown.Select(v => v.PluginId));
    }

    [Fact]
    public async Task Many_Plugins_That_Are_Dropped_Do_Not_Take_The_Places_Of_Others()
    {
        await StoreAsync([.. Enumerable.Range(1, 450).Select(i => Plugin($"plugin {i}").OfType(i is 201 or 450 ? "conversion" : "visualization"))]);

        var best = await VoteAsync(FakeRecommender.Voting("A", [.. Enumerable.Range(1, 450).Select(i => ((long)i, 1000.0 - i))]));

        Assert.Equal([201, 450], best.Select(v => v.PluginId));
    }

    [Fact]
    public async Task A_Recommender_That_Fails_Costs_Only_Its_Own_Votes_And_Is_Told_Of()
    {
        await StoreAsync(Plugin("first"));

        var best = await VoteAsync(
            FakeRecommender.Throwing("Throws"),
            new FakeRecommender("Fails later", async _ =>
            {
                await Task.Yield();
                throw new TimeoutException("no answer");
            }),
            new FakeRecommender("Gives up", _ => Task.FromCanceled<IReadOnlyList<Vote>>(new CancellationToken(canceled: true))),
            FakeRecommender.Voting("Votes", (1, 1)));

        Assert.Equal([new Vote(1, 1)], best);
        var warnings = _app.Log.Of(LogLevel.Warning);
        Assert.All(
            (string[])["Throws", "Fails later", "Gives up"], name => Assert.Single(warnings, w => w.StartsWith(name, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_Recommender_That_Never_Finishes_Costs_Only_Its_Own_Votes_And_Is_Told_Of()
    {
        await StoreAsync(Plugin("first"));

        var best = await VoteBesideAsync(FakeRecommender.Hanging("Hangs"));

        Assert.Equal([new Vote(1, 1)], best);
        Assert.Contains(_app.Log.Of(LogLevel.Warning), w => w.StartsWith("Hangs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Recommender_That_Computes_Without_Ever_Waiting_Does_Not_Hold_Up_The_Others()
    {
        await StoreAsync(Plugin("first"));
        using var never = new ManualResetEventSlim();

        var best = await VoteBesideAsync(new FakeRecommender("Computes", _ =>
        {
            never.Wait(CancellationToken.None);
            return Task.FromResult<IReadOnlyList<Vote>>([new Vote(1, 100)]);
        }));
        never.Set();

        Assert.Equal([new Vote(1, 1)], best);
    }

    [Fact]
    public async Task A_Recommender_That_Is_Late_Is_Asked_To_Stop()
    {
        await StoreAsync(Plugin("first"));
        var stopped = new TaskCompletionSource();

        await VoteBesideAsync(new FakeRecommender("Late", async token =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
                return [];
            }
            finally
            {
                stopped.TrySetResult();
            }
        }));

        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task There_Is_Nothing_To_Recommend_Where_Nobody_Votes()
    {
        await StoreAsync(Plugin("first"));

        var best = await VoteAsync();

        Assert.Empty(best);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task StoreAsync(params Plugin[] plugins)
    {
        _ = _app.Client;
        return RecommendationApp.StoreAsync(_app.Services, plugins);
    }

    private Task<IReadOnlyList<Vote>> VoteAsync(params IRecommender[] recommenders) =>
        VoteAsync(new RecommendationOptions(), 5, Nothing, recommenders);

    private async Task<IReadOnlyList<Vote>> VoteAsync(
        RecommendationOptions options, int limit, RecommendationContext context, params IRecommender[] recommenders)
    {
        var voting = new Voting(
            recommenders, _app.Services.GetRequiredService<InputMatchRepository>(), options, _time,
            _app.Services.GetRequiredService<ILogger<Voting>>());
        return (await voting.VoteAsync(context, FiveSeconds, limit, TestContext.Current.CancellationToken)).Best;
    }

    /// <summary>
    /// What comes of a recommender that is late and another one that has voted when the time is over. The other one may only
    /// have been about to vote; then all is done again.
    /// </summary>
    private Task<IReadOnlyList<Vote>> VoteBesideAsync(FakeRecommender late) => Eventually.IsAsync(
        async () =>
        {
            using var started = new SemaphoreSlim(0);
            var voting = VoteAsync(
                new FakeRecommender(late.Name, token =>
                {
                    started.Release();
                    return late.VoteAsync(Nothing, token);
                }),
                new FakeRecommender("Votes", _ =>
                {
                    started.Release();
                    return Task.FromResult<IReadOnlyList<Vote>>([new Vote(1, 1)]);
                }));
            await started.WaitAsync(TestContext.Current.CancellationToken);
            await started.WaitAsync(TestContext.Current.CancellationToken);
            _time.Advance(FiveSeconds);
            return await voting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        },
        best => best.Count > 0);
}
