using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Data.Configuration;

namespace Qhana.Registry.Tests.Operating;

/// <summary>How variables are understood; what they bring about is told by the tests beside this.</summary>
public sealed class SettingsTests
{
    public static TheoryData<string, string, string[]> Bad => new()
    {
        { "SQLALCHEMY_DATABASE_URI", "postgresql://registry:5432/qhana", ["sqlite:///relative.db", "sqlite:////absolute.db"] },
        { "SQLALCHEMY_DATABASE_URI", "registry.db", ["sqlite:///"] },
        { "SQLALCHEMY_DATABASE_URI", "sqlite:///", ["sqlite:///"] },
        { "SQLALCHEMY_DATABASE_URI", "sqlite:////var/data/", ["sqlite:///"] },
        { "SQLALCHEMY_DATABASE_URI", "sqlite:///:memory:", ["sqlite:///"] },
        { "PLUGIN_DISCOVERY_INTERVAL", "4", ["seconds", "from 5", "cron", "-1"] },
        { "PLUGIN_DISCOVERY_INTERVAL", "0", ["from 5"] },
        { "PLUGIN_DISCOVERY_INTERVAL", "-2", ["-1"] },
        { "PLUGIN_DISCOVERY_INTERVAL", "often", ["cron"] },
        { "PLUGIN_DISCOVERY_INTERVAL", "61 * * * *", ["cron"] },
        { "PLUGIN_DISCOVERY_INTERVAL", "* * * *", ["5 or 6 fields"] },
        { "PLUGIN_DISCOVERY_INTERVAL", "0 0 0 1 1 * 2030", ["5 or 6 fields"] },
        { "PLUGIN_PURGE_INTERVAL", "4", ["seconds", "from 5", "cron", "-1"] },
        { "PLUGIN_PURGE_INTERVAL", "daily", ["cron"] },
        { "PLUGIN_BATCH_SIZE", "0", ["whole number", "from 1"] },
        { "PLUGIN_BATCH_SIZE", "1001", ["to 1000"] },
        { "PLUGIN_BATCH_SIZE", "ten", ["whole number"] },
        { "PLUGIN_BATCH_SIZE", "1.5", ["whole number"] },
        { "PLUGIN_PURGE_AFTER", "0", ["seconds", "from 1"] },
        { "PLUGIN_PURGE_AFTER", "a week", ["seconds", "auto", "never", "-1"] },
        { "INITIAL_PLUGIN_SEEDS", "runner:5005", ["http", "JSON list", "a line"] },
        { "INITIAL_PLUGIN_SEEDS", "http://a.test\nftp://b.test", ["http"] },
        { "INITIAL_PLUGIN_SEEDS", """["http://a.test", 5]""", ["JSON list"] },
        { "INITIAL_PLUGIN_SEEDS", """["http://a.test" """, ["JSON list"] },
        { "INITIAL_PLUGIN_SEEDS", "http://a.test/" + new string('x', 2048), ["2048"] },
        { "PRECONFIGURED_SERVICES", "qhana-backend", ["JSON list", "serviceId", "url"] },
        { "PRECONFIGURED_SERVICES", """{"serviceId": "a", "url": "http://a.test"}""", ["JSON list"] },
        { "PRECONFIGURED_SERVICES", """["qhana-backend"]""", ["objects"] },
        { "PRECONFIGURED_SERVICES", """[{"serviceId": 1, "url": "http://a.test"}]""", ["objects"] },
        { "URL_MAP_FROM_LOCALHOST", "localhost=host", ["JSON object", "regular expressions", "replacements"] },
        { "URL_MAP_FROM_LOCALHOST", """{"local(host": "x"}""", ["JSON object", "local(host"] },
        { "URL_MAP_FROM_LOCALHOST", """{"a": 1}""", ["JSON object", "\"a\""] },
        { "URL_MAP_TO_LOCALHOST", """["localhost"]""", ["JSON object"] },
        { "URL_MAP_TO_LOCALHOST", """{"a": "\\2"}""", ["JSON object", "\"a\""] },
        { "PLUGIN_RECOMMENDER_WEIGHTS", "RuleBasedRecommender", ["JSON object", "name=number"] },
        { "PLUGIN_RECOMMENDER_WEIGHTS", "RuleBasedRecommender=heavy", ["name=number"] },
        { "PLUGIN_RECOMMENDER_WEIGHTS", """{"RuleBasedRecommender": "2"}""", ["JSON object"] },
        { "PLUGIN_RECOMMENDER_WEIGHTS", """{"RuleBasedRecommender": 2""", ["JSON object"] },
        { "RECOMMENDATION_TIMEOUT", "0.4", ["seconds", "from 0.5 to 300"] },
        { "RECOMMENDATION_TIMEOUT", "301", ["from 0.5 to 300"] },
        { "RECOMMENDATION_TIMEOUT", "NaN", ["number"] },
        { "RECOMMENDATION_LIMIT", "0", ["whole number", "from 1 to 100"] },
        { "RECOMMENDATION_LIMIT", "101", ["from 1 to 100"] },
        { "REVERSE_PROXY_COUNT", "-1", ["whole number", "from 0"] },
        { "REVERSE_PROXY_COUNT", "yes", ["whole number"] },
        { "SERVER_NAME", "https://registry.test", ["host name", ":port"] },
        { "SERVER_NAME", "registry.test/qhana", ["host name"] },
        { "SERVER_NAME", "registry.test:port", ["host name"] },
        { "SERVER_PORT", "0", ["port from 1 to 65535"] },
        { "SERVER_PORT", "65536", ["port from 1 to 65535"] },
        { "SERVER_PORT", "http", ["port"] },
        { "LOCALHOST_PROXY_PORTS", ":5005 :70000", ["ports", ":5005"] },
        { "LOCALHOST_PROXY_PORTS", "localhost:5005", ["ports", ":5005"] },
        { "DEFAULT_LOG_LEVEL", "LOUD", ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] },
        { "OTEL_EXPORTER_OTLP_ENDPOINT", "collector", ["http"] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_Value_That_Cannot_Be_Understood_Is_Told_In_One_Line(string variable, string value, string[] allowed)
    {
        RegistrySettings.Read(With((variable, value)), out var errors);

        var line = Assert.Single(errors);
        Assert.StartsWith(variable + ": ", line, StringComparison.Ordinal);
        Assert.Contains(Beginning(value), line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.Contains("allowed is", line, StringComparison.Ordinal);
        Assert.All(allowed, words => Assert.Contains(words, line.Split("allowed is")[1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SQLALCHEMY_DATABASE_URI", "sqlite:////var/lib/registry.db")]
    [InlineData("PLUGIN_DISCOVERY_INTERVAL", "5")]
    [InlineData("PLUGIN_DISCOVERY_INTERVAL", "99999999999")]
    [InlineData("PLUGIN_DISCOVERY_INTERVAL", "*/5 * * * *")]
    [InlineData("PLUGIN_PURGE_INTERVAL", "0 30 4 * * MON")]
    [InlineData("PLUGIN_BATCH_SIZE", "1000")]
    [InlineData("PLUGIN_PURGE_AFTER", "1")]
    [InlineData("PLUGIN_PURGE_AFTER", "99999999999")]
    [InlineData("INITIAL_PLUGIN_SEEDS", "[]")]
    [InlineData("INITIAL_PLUGIN_SEEDS", "\n  http://a.test\n\n  https://b.test/runner\n")]
    [InlineData("PRECONFIGURED_SERVICES", "[]")]
    [InlineData("URL_MAP_FROM_LOCALHOST", "{}")]
    [InlineData("PLUGIN_RECOMMENDER_WEIGHTS", """{"Anything": -0.5}""")]
    [InlineData("RECOMMENDATION_TIMEOUT", "0.5")]
    [InlineData("RECOMMENDATION_TIMEOUT", "300")]
    [InlineData("RECOMMENDATION_LIMIT", "100")]
    [InlineData("REVERSE_PROXY_COUNT", "0")]
    [InlineData("SERVER_NAME", "qhana_registry")]
    [InlineData("SERVER_NAME", "[::1]:5006")]
    [InlineData("SERVER_NAME", "registry.test:80")]
    [InlineData("SERVER_PORT", "65535")]
    [InlineData("LOCALHOST_PROXY_PORTS", "5005,:9091")]
    [InlineData("DEFAULT_LOG_LEVEL", "warning")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317")]
    public void A_Value_At_The_Edge_Of_What_Is_Allowed_Is_Accepted(string variable, string value)
    {
        RegistrySettings.Read(With((variable, value)), out var errors);

        Assert.Empty(errors);
    }

    [Fact]
    public void Without_Any_Variable_Everything_Is_As_The_Contract_Says()
    {
        var settings = RegistrySettings.Read(With(), out var errors);

        Assert.Empty(errors);
        Assert.Equal("registry.db", settings.Database.Path);
        Assert.Equal(("every 900 s", "every 900 s", "604800 s"), (
            settings.Discovery.Discovery.ToString(), settings.Discovery.Purge.ToString(), settings.Discovery.PurgeAfter.ToString()));
        Assert.Equal((50, 0, 0), (
            settings.Discovery.BatchSize, settings.Discovery.FromLocalhost.Count, settings.Discovery.ToLocalhost.Count));
        Assert.Equal((TimeSpan.FromSeconds(5), 5), (settings.Recommendations.Timeout, settings.Recommendations.Limit));
        Assert.Empty(settings.Recommendations.Weights);
        Assert.Equal((LogLevel.Information, 0), (settings.Server.LogLevel, settings.Server.ProxyCount));
        Assert.Null(settings.Server.ServerName);
        Assert.Empty(settings.Server.LocalhostProxyPorts);
        Assert.Empty(settings.Preload.Seeds);
        Assert.Empty(settings.Preload.Services);
        Assert.Empty(settings.Preload.Env);
        Assert.Empty(settings.Preload.TemplatePaths);
    }

    [Fact]
    public void A_Blank_Value_Counts_As_None()
    {
        var blank = Bad.Select(row => (row.Data.Item1, "  ")).Distinct().ToArray();

        var settings = RegistrySettings.Read(With(blank), out var errors);

        Assert.Empty(errors);
        Assert.Equal("registry.db", settings.Database.Path);
        Assert.Equal(50, settings.Discovery.BatchSize);
    }

    [Fact]
    public void Every_Value_That_Cannot_Be_Understood_Has_Its_Line()
    {
        var bad = Bad.Select(row => (row.Data.Item1, row.Data.Item2)).DistinctBy(v => v.Item1).ToArray();

        RegistrySettings.Read(With(bad), out var errors);

        Assert.Equal(
            bad.Select(v => v.Item1).Order(StringComparer.Ordinal),
            errors.Select(e => e.Split(':')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_Very_Long_Value_Is_Shortened_In_Its_Line()
    {
        RegistrySettings.Read(With(("PLUGIN_BATCH_SIZE", new string('9', 100_000))), out var errors);

        Assert.InRange(Assert.Single(errors).Length, 200, 400);
    }

    [Theory]
    [InlineData("RuleBasedRecommender=2\nStepDataRecommender=0.5")]
    [InlineData("  RuleBasedRecommender = 2 \n\n StepDataRecommender : 0.5\n")]
    [InlineData("""{"RuleBasedRecommender": 2, "StepDataRecommender": 0.5}""")]
    public void Weights_Are_Json_Or_Lines(string value)
    {
        var weights = RegistrySettings.Read(With(("PLUGIN_RECOMMENDER_WEIGHTS", value)), out _).Recommendations.Weights;

        Assert.Equal(2, weights.Count);
        Assert.Equal((2, 0.5), (weights["RuleBasedRecommender"], weights["StepDataRecommender"]));
    }

    [Theory]
    [InlineData(":5005 :9091")]
    [InlineData("5005 9091 :5005")]
    [InlineData(":5005,:9091")]
    public void Localhost_Ports_Are_Read_With_And_Without_Colons(string value)
    {
        var ports = RegistrySettings.Read(With(("LOCALHOST_PROXY_PORTS", value)), out _).Server.LocalhostProxyPorts;

        Assert.Equal([5005, 9091], ports);
    }

    private static string Beginning(string value)
    {
        var line = value.Split('\n')[0].Trim();
        return line[..Math.Min(line.Length, 100)];
    }

    private static IConfiguration With(params (string Variable, string Value)[] variables) => new ConfigurationBuilder()
        .AddInMemoryCollection(variables.Select(v => KeyValuePair.Create(v.Variable, (string?)v.Value)))
        .Build();
}
