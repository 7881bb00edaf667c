using Microsoft.Extensions.Configuration;
using Qhana.Registry.Data.Configuration;
using Qhana.Registry.Discovery.Recommendations;

namespace Qhana.Registry.Tests.Discovery;

public sealed class RecommendationOptionsTests
{
    private const string Weights = "PLUGIN_RECOMMENDER_WEIGHTS";

    [Theory]
    [InlineData("""{"A": 2, "B": 0.5, "C": -1, "D": 0}""", "A 2, B 0.5, C -1, D 0")]
    [InlineData("{}", "")]
    [InlineData(" \n{\"A\": 1e1}\n", "A 10")]
    [InlineData("A=2\nB=0.5", "A 2, B 0.5")]
    [InlineData("\n A = 2 \r\n\n  B=  -0.5\n", "A 2, B -0.5")]
    [InlineData("A=1\nA=3", "A 3")]
    public void Read_Understands_Both_Spellings_Of_Weights(string text, string expected)
    {
        var options = Read(Weights, text, out var errors);

        Assert.Empty(errors);
        Assert.Equal(expected, string.Join(", ", options.Weights.Select(w => FormattableString.Invariant($"{w.Key} {w.Value}"))));
    }

    [Theory]
    [InlineData(Weights, "{")]
    [InlineData(Weights, "[]")]
    [InlineData(Weights, """{"A": "x"}""")]
    [InlineData(Weights, """{"A": null}""")]
    [InlineData(Weights, """{"A": [1]}""")]
    [InlineData(Weights, """{"A": 1e999}""")]
    [InlineData(Weights, """{"A": -1e999}""")]
    [InlineData(Weights, """{"\ud800": 1}""")]
    [InlineData(Weights, "A")]
    [InlineData(Weights, "A=")]
    [InlineData(Weights, "A=x")]
    [InlineData(Weights, "A=1\nB")]
    [InlineData(Weights, "=1")]
    [InlineData(Weights, "A=NaN")]
    [InlineData(Weights, "A=Infinity")]
    [InlineData(Weights, "A=1e999")]
    [InlineData("RECOMMENDATION_TIMEOUT", "0.4")]
    [InlineData("RECOMMENDATION_TIMEOUT", "300.1")]
    [InlineData("RECOMMENDATION_TIMEOUT", "-1")]
    [InlineData("RECOMMENDATION_TIMEOUT", "NaN")]
    [InlineData("RECOMMENDATION_TIMEOUT", "5s")]
    [InlineData("RECOMMENDATION_LIMIT", "0")]
    [InlineData("RECOMMENDATION_LIMIT", "101")]
    [InlineData("RECOMMENDATION_LIMIT", "-5")]
    [InlineData("RECOMMENDATION_LIMIT", "2.5")]
    [InlineData("RECOMMENDATION_LIMIT", "99999999999999999999")]
    [InlineData("RECOMMENDATION_LIMIT", "five")]
    public void Read_Refuses_With_One_Line_WhenAValueCannotBeUnderstood(string variable, string text)
    {
        Read(variable, text, out var errors);

        var error = Assert.Single(errors);
        Assert.StartsWith(variable + ": ", error, StringComparison.Ordinal);
        Assert.Contains(text.ReplaceLineEndings(" "), error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error);
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("300", 300)]
    [InlineData(" 7 ", 7)]
    public void Read_Understands_A_Timeout_In_Seconds(string text, double expected)
    {
        var options = Read("RECOMMENDATION_TIMEOUT", text, out var errors);

        Assert.Empty(errors);
        Assert.Equal(TimeSpan.FromSeconds(expected), options.Timeout);
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("100", 100)]
    public void Read_Understands_A_Limit(string text, int expected)
    {
        var options = Read("RECOMMENDATION_LIMIT", text, out var errors);

        Assert.Empty(errors);
        Assert.Equal(expected, options.Limit);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n ")]
    public void Read_Has_The_Defaults_WhenNothingIsSet(string? text)
    {
        var options = Read(Weights, text, out var errors);

        Assert.Empty(errors);
        Assert.Empty(options.Weights);
        Assert.Equal((TimeSpan.FromSeconds(5), 5, TimeSpan.FromSeconds(1)), (options.Timeout, options.Limit, options.BackendTimeout));
    }

    private static RecommendationOptions Read(string variable, string? text, out IReadOnlyList<string> errors)
    {
        var settings = new SettingsReader(
            new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(variable, text)]).Build());
        var options = RecommendationOptions.Read(settings);
        errors = settings.Errors;
        return options;
    }
}
