using System.Text.RegularExpressions;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>The page that shows the OpenAPI document.</summary>
public sealed partial class ScalarTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Theory]
    [InlineData("/scalar")]
    [InlineData("/scalar/")]
    public async Task The_Page_Loads_From_The_Registry_Alone(string url)
    {
        var page = await app.GetAsync(url);

        Assert.Equal(200, page.Code);
        Assert.StartsWith("text/html", page.ContentType, StringComparison.Ordinal);
        Assert.Contains("api/api-spec.json", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("//", page.Text, StringComparison.Ordinal);
        var loaded = Loaded().Matches(page.Text).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(loaded);
        foreach (var script in loaded)
            Assert.Equal(200, (await app.GetAsync("/scalar/" + script)).Code);
    }

    [Fact]
    public async Task The_Page_Offers_Nobody_Elses_Services()
    {
        var page = await app.GetAsync("/scalar/");

        Assert.Contains("\"withDefaultFonts\":false", page.Text, StringComparison.Ordinal);
        Assert.Contains("\"telemetry\":false", page.Text, StringComparison.Ordinal);
        Assert.Contains("\"agent\":{\"disabled\":true}", page.Text, StringComparison.Ordinal);
        Assert.Contains("\"mcp\":{\"disabled\":true}", page.Text, StringComparison.Ordinal);
        Assert.Contains("\"hideClientButton\":true", page.Text, StringComparison.Ordinal);
        Assert.Contains("\"showDeveloperTools\":\"never\"", page.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Loaded();
}
