using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Discovery.Recommendations;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>What the variables of recommendations, links and logs bring about.</summary>
public sealed class ServerSettingsTests
{
    private const string ForEntities = "/api/recommendations/?data-type=entity/list&content-type=application/json";

    [Theory]
    [InlineData(null, 1.0)]
    [InlineData("""{"CurrentDataRecommender": 2.5}""", 2.5)]
    [InlineData("RuleBasedRecommender=7\nCurrentDataRecommender=0.25", 0.25)]
    public async Task The_Votes_Of_A_Recommender_Are_Multiplied_By_Its_Weight(string? weights, double expected)
    {
        await using var app = await RecommendingAsync(1, "PLUGIN_RECOMMENDER_WEIGHTS", weights);

        var answer = await app.GetAsync(ForEntities);

        Assert.Equal(expected, (double)Assert.Single(answer.Data["weights"]!.AsArray())!);
    }

    [Theory]
    [InlineData(null, 5)]
    [InlineData("2", 2)]
    [InlineData("6", 6)]
    public async Task As_Many_Plugins_Are_Recommended_As_The_Limit_Says(string? limit, int expected)
    {
        await using var app = await RecommendingAsync(7, "RECOMMENDATION_LIMIT", limit);

        var answer = await app.GetAsync(ForEntities);

        Assert.Equal(expected, answer.Data["items"]!.AsArray().Count);
        Assert.Equal(3, (await app.GetAsync(ForEntities + "&limit=3")).Data["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Recommenders_Have_The_Time_That_Is_Set()
    {
        await using var app = new RegistryApp().With("RECOMMENDATION_TIMEOUT", "1.5");
        _ = app.Client;

        var options = app.Services.GetRequiredService<RecommendationOptions>();

        Assert.Equal(TimeSpan.FromSeconds(1.5), options.Timeout);
    }

    [Theory]
    [InlineData("qhana.example")]
    [InlineData("qhana.example:8443")]
    public async Task Links_Have_The_Name_That_Is_Set_Whatever_Host_Was_Asked(string name)
    {
        await using var app = new RegistryApp().With("SERVER_NAME", name);

        var answer = await app.GetRawAsync("/api/", ("Host", "elsewhere.test"));

        Assert.Contains($"\"href\":\"http://{name}/api/\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DEBUG", LogLevel.Debug)]
    [InlineData("INFO", LogLevel.Information)]
    [InlineData("warning", LogLevel.Warning)]
    [InlineData("ERROR", LogLevel.Error)]
    [InlineData("CRITICAL", LogLevel.Critical)]
    public async Task What_Is_Below_The_Log_Level_Is_Not_Logged(string name, LogLevel level)
    {
        await using var app = new RegistryApp().With("DEFAULT_LOG_LEVEL", name);
        _ = app.Client;

        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Qhana.Registry.Discovery.DiscoveryRun");

        Assert.True(logger.IsEnabled(level));
        Assert.False(logger.IsEnabled(level - 1));
    }

    [Theory]
    [InlineData("INFO", LogLevel.Warning)]
    [InlineData("DEBUG", LogLevel.Warning)]
    [InlineData("ERROR", LogLevel.Error)]
    public async Task The_Framework_Says_Nothing_Below_Warnings(string name, LogLevel level)
    {
        await using var app = new RegistryApp().With("DEFAULT_LOG_LEVEL", name);
        _ = app.Client;

        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Microsoft.AspNetCore.Routing.EndpointMiddleware");

        Assert.True(logger.IsEnabled(level));
        Assert.False(logger.IsEnabled(level - 1));
    }

    [Fact]
    public async Task At_The_Default_Level_There_Is_A_Line_For_Each_Run_And_Seed_And_A_Warning_For_Each_Failure()
    {
        await using var runner = await FakeRunner.StartAsync();
        runner.Offers(PluginDocument.Of("good")).Serves("/plugins/bad/", "no JSON").Lists(runner.Url + "/plugins/bad/");
        await using var app = new RegistryApp();
        await app.AddSeedAsync(runner.Url);
        await app.GetAsync("/api/plugins/");
        var before = app.Log.All.Count;

        await app.DiscoverAsync();

        var lines = app.Log.All.Skip(before).Where(l => l.Level >= LogLevel.Information).ToList();
        Assert.Equal(2, lines.Count(l => l.Level == LogLevel.Information));
        var warning = Assert.Single(lines, l => l.Level == LogLevel.Warning);
        Assert.Contains(runner.Url + "/plugins/bad/", warning.Text, StringComparison.Ordinal);
        Assert.Equal(3, lines.Count);
    }

    /// <summary>A registry with plugins that all take a list of entities.</summary>
    private static async Task<RegistryApp> RecommendingAsync(int count, string variable, string? value)
    {
        await using var runner = await FakeRunner.StartAsync();
        for (var i = 0; i < count; i++)
            runner.Offers(PluginDocument.Of($"p{i}"));
        var app = new RegistryApp();
        if (value is not null)
            app.With(variable, value);
        await app.AddSeedAsync(runner.Url);
        await app.DiscoverAsync();
        return app;
    }
}
