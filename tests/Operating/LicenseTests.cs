using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>The page that tells of what the registry is made of.</summary>
public sealed partial class LicenseTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task Every_Package_Of_The_Lock_File_Is_Listed_With_Its_Version()
    {
        var expected = Packages().ToList();

        var rows = Rows((await app.GetRawAsync("/licenses/")).Text);

        Assert.Contains(expected, p => p.IsTransitive);
        Assert.All(expected, p => Assert.Contains((p.Name, p.Version), rows.Select(r => (r[0], r[1]))));
        // And nothing that is not part of it, but for the platform.
        Assert.Equal([".NET", .. expected.Select(p => p.Name).Order(StringComparer.OrdinalIgnoreCase)], rows.Select(r => r[0]));
    }

    [Fact]
    public async Task Every_Part_Has_A_License_And_A_Link_To_Its_Home()
    {
        var rows = Rows((await app.GetRawAsync("/licenses/")).Text);

        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.Equal(4, r.Length));
        Assert.All(rows, r => Assert.NotEqual("", r[2]));
        Assert.All(rows, r => Assert.True(Uri.TryCreate(r[3], UriKind.Absolute, out var url) && url.Scheme.StartsWith("http", StringComparison.Ordinal), r[0]));
        // Known ones, as a sample.
        Assert.Equal("MIT", rows.Single(r => r[0] == "Yarp.ReverseProxy")[2]);
        Assert.Equal("Apache-2.0", rows.Single(r => r[0] == "Dapper")[2]);
        Assert.Equal("BSD-3-Clause", rows.Single(r => r[0] == "Polly.Core")[2]);
    }

    [Fact]
    public async Task The_Registrys_Own_License_Is_Named_In_Both_Languages()
    {
        var english = await app.GetRawAsync("/licenses/", ("lang", "en"));
        var german = await app.GetRawAsync("/licenses/", ("lang", "de"));

        Assert.Contains("Apache License 2.0", english.Text, StringComparison.Ordinal);
        Assert.Contains("Apache-Lizenz 2.0", german.Text, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Version, bool IsTransitive)> Packages()
    {
        var lockFile = JsonNode.Parse(File.ReadAllText(Repository.File("packages.lock.json")))!;
        return from framework in lockFile["dependencies"]!.AsObject()
               from package in framework.Value!.AsObject()
               select (package.Key, (string)package.Value!["resolved"]!, (string)package.Value!["type"]! == "Transitive");
    }

    private static List<string[]> Rows(string page) =>
    [
        .. RowTag().Matches(page).Select(row => CellTag().Matches(row.Groups[1].Value)
            .Select(cell => WebUtility.HtmlDecode(LinkTag().Replace(cell.Groups[1].Value, ""))).ToArray()),
    ];

    [GeneratedRegex("<tr>(<td>.*?)</tr>")]
    private static partial Regex RowTag();

    [GeneratedRegex("<td>(.*?)</td>")]
    private static partial Regex CellTag();

    [GeneratedRegex("</?a[^>]*>")]
    private static partial Regex LinkTag();
}
