using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>One registry with plugins that every filter can tell apart.</summary>
public sealed class PluginFilterFixture : IAsyncLifetime
{
    public RegistryApp App { get; } = new();

    public FakeRunner Runner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Runner = await FakeRunner.StartAsync();
        Runner.Offers(
            Plugin("loader", "1.0.0", "dataloader", ["data", "sql"]),
            Plugin("loader", "2.0rc1", "dataloader", ["data"]),
            Plugin("cluster", "0.2.1", "processing", ["ml", "quantum"],
                PluginDocument.Data("in", "entity/vector", "application/json", "text/csv")),
            Plugin("cluster", "v0.3.0", "processing", ["ml"], PluginDocument.Data("in", "entity", "application/*")),
            Plugin("viewer", "1.0", "visualization", ["ml", "view"],
                PluginDocument.Data("labels", "entity/label", "text/html"),
                PluginDocument.Data("points", "entity/vector", "application/xml")),
            Plugin("any", "latest", "processing", [], PluginDocument.Data("in", "*", "*/json")),
            Plugin("Zeta", "1.0.post1", "processing", ["ql"]));
        await App.AddSeedAsync(Runner.Url);
        await App.DiscoverAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Runner.DisposeAsync();
    }

    private static JsonObject Plugin(string name, string version, string type, string[] tags, params JsonNode[] inputs) =>
        PluginDocument.Of(name, version, plugin =>
        {
            plugin["type"] = type;
            plugin["tags"] = new JsonArray([.. tags.Select(t => (JsonNode)t)]);
            plugin["entryPoint"]!["dataInput"] = new JsonArray(inputs);
        });
}

public sealed class PluginFilterTests(PluginFilterFixture fixture) : IClassFixture<PluginFilterFixture>
{
    private const string All = "Zeta@1.0.post1 any@latest cluster@v0.3.0 cluster@0.2.1 loader@2.0rc1 loader@1.0.0 viewer@1.0";

    [Theory]
    // The default order is by identifier, bytewise, then the newest version first; a version that is none is the oldest.
    [InlineData("", All)]
    [InlineData("unknown=1", All)]
    // Identifier and type, exact.
    [InlineData("name=loader", "loader@2.0rc1 loader@1.0.0")]
    [InlineData("name=Loader", "")]
    [InlineData("name=load", "")]
    [InlineData("type=processing", "Zeta@1.0.post1 any@latest cluster@v0.3.0 cluster@0.2.1")]
    [InlineData("type=nothing", "")]
    [InlineData("type=", All)]
    // A version is compared as text.
    [InlineData("version=1.0", "viewer@1.0")]
    [InlineData("version=0.3.0", "")]
    [InlineData("version=v0.3.0", "cluster@v0.3.0")]
    // A specifier set is not: 1.0 is 1.0.0, and pre-releases count only where the specifier names one.
    [InlineData("version=%3D%3D1.0", "loader@1.0.0 viewer@1.0")]
    [InlineData("version=%3E%3D1.0", "Zeta@1.0.post1 loader@1.0.0 viewer@1.0")]
    [InlineData("version=%3E%3D2.0rc1", "loader@2.0rc1")]
    [InlineData("version=%3E%3D0.2%20%3C0.3", "cluster@0.2.1")]
    [InlineData("version=%3E%3D0.2,%3C1", "cluster@v0.3.0 cluster@0.2.1")]
    [InlineData("version=~%3D0.2.0", "cluster@0.2.1")]
    [InlineData("version=%3D%3D0.*", "cluster@v0.3.0 cluster@0.2.1")]
    [InlineData("version=!%3D1.0", "Zeta@1.0.post1 cluster@v0.3.0 cluster@0.2.1")]
    [InlineData("name=loader&version=%3E%3D1.0", "loader@1.0.0")]
    // Tags: all required, those with an exclamation mark forbidden.
    [InlineData("tags=ml", "cluster@v0.3.0 cluster@0.2.1 viewer@1.0")]
    [InlineData("tags=ml,quantum", "cluster@0.2.1")]
    [InlineData("tags=%20ml%20,", "cluster@v0.3.0 cluster@0.2.1 viewer@1.0")]
    [InlineData("tags=ml,ml", "cluster@v0.3.0 cluster@0.2.1 viewer@1.0")]
    [InlineData("tags=ml,unknown", "")]
    [InlineData("tags=m", "")]
    [InlineData("tags=", All)]
    [InlineData("tags=!ml", "Zeta@1.0.post1 any@latest loader@2.0rc1 loader@1.0.0")]
    [InlineData("tags=ml,!quantum", "cluster@v0.3.0 viewer@1.0")]
    [InlineData("tags=!ml,!data", "Zeta@1.0.post1 any@latest")]
    [InlineData("tags=!unknown", All)]
    [InlineData("tags=ml,!ml", "")]
    // Data types: a star on either side matches anything, a missing half is a star.
    [InlineData("input-data-type=entity/vector", "any@latest cluster@v0.3.0 cluster@0.2.1 viewer@1.0")]
    [InlineData("input-data-type=entity/label", "any@latest cluster@v0.3.0 viewer@1.0")]
    [InlineData("input-data-type=entity", "any@latest cluster@v0.3.0 cluster@0.2.1 viewer@1.0")]
    [InlineData("input-data-type=*/label", "any@latest cluster@v0.3.0 viewer@1.0")]
    [InlineData("input-data-type=*", "any@latest cluster@v0.3.0 cluster@0.2.1 viewer@1.0")]
    [InlineData("input-data-type=graph/vector", "any@latest")]
    [InlineData("input-content-type=application/json", "any@latest cluster@v0.3.0 cluster@0.2.1")]
    [InlineData("input-content-type=text/csv", "cluster@0.2.1")]
    [InlineData("input-content-type=text/json", "any@latest")]
    [InlineData("input-content-type=application", "any@latest cluster@v0.3.0 cluster@0.2.1 viewer@1.0")]
    [InlineData("input-content-type=*/html", "cluster@v0.3.0 viewer@1.0")]
    // Both halves of the question are about the same input.
    [InlineData("input-data-type=entity/label&input-content-type=text/html", "viewer@1.0")]
    [InlineData("input-data-type=entity/vector&input-content-type=text/html", "")]
    [InlineData("input-data-type=entity/vector&input-content-type=application/xml", "cluster@v0.3.0 viewer@1.0")]
    // Everything given must hold.
    [InlineData("type=processing&tags=ml&name=cluster&input-content-type=text/csv", "cluster@0.2.1")]
    [InlineData("type=dataloader&tags=ml", "")]
    [InlineData("template-tab=4711", "")]
    [InlineData("url=http://nothing.test/", "")]
    // Other orders; equal rows are in the order of their ids.
    [InlineData("sort=-name,version", "viewer@1.0 loader@1.0.0 loader@2.0rc1 cluster@0.2.1 cluster@v0.3.0 any@latest Zeta@1.0.post1")]
    [InlineData("sort=-version&tags=!quantum,!data", "Zeta@1.0.post1 viewer@1.0 cluster@v0.3.0 any@latest")]
    [InlineData("sort=version&name=loader", "loader@1.0.0 loader@2.0rc1")]
    public async Task Plugins_Are_Listed_As_Asked(string query, string expected)
    {
        var list = await fixture.App.GetAsync("/api/plugins/?" + query);

        Assert.Equal(200, list.Code);
        Assert.Equal(expected, Names(list));
        Assert.Equal(list.Embedded.Count, list.CollectionSize);
    }

    [Theory]
    // Characters that a program might use to put lists and values together.
    [InlineData("tags=!quantum%02sql", "tags=!quantum,!sql", "Zeta@1.0.post1 any@latest cluster@v0.3.0 loader@2.0rc1 viewer@1.0")]
    [InlineData("tags=!quantum%1Fview", "tags=!quantum,!view", "Zeta@1.0.post1 any@latest cluster@v0.3.0 loader@2.0rc1 loader@1.0.0")]
    [InlineData("tags=!sql%00view", "tags=!sql,!view", "Zeta@1.0.post1 any@latest cluster@v0.3.0 cluster@0.2.1 loader@2.0rc1")]
    [InlineData("name=cluster%01type%03processing%01", "name=cluster&type=processing", "cluster@v0.3.0 cluster@0.2.1")]
    [InlineData("name=cluster%01versions%03%3E%3D0.3%01", "name=cluster&version=%3E%3D0.3", "cluster@v0.3.0")]
    public async Task A_List_Is_Not_Mistaken_For_Another(string other, string query, string expected)
    {
        await fixture.App.GetAsync("/api/plugins/?" + other);

        var list = await fixture.App.GetAsync("/api/plugins/?" + query);

        Assert.Equal(expected, Names(list));
    }

    [Fact]
    public async Task Plugins_Are_Found_By_Their_Url()
    {
        var url = $"{fixture.Runner.Url}/plugins/cluster@0.2.1/";

        var list = await fixture.App.GetAsync($"/api/plugins/?url={Uri.EscapeDataString(url)}");

        Assert.Equal("cluster@0.2.1", Names(list));
    }

    [Fact]
    public async Task Plugins_Are_Found_By_Their_Ids()
    {
        var all = await fixture.App.GetAsync("/api/plugins/");
        var ids = all.Data["items"]!.AsArray().Select(i => (string)i!["resourceKey"]!["pluginId"]!).ToList();

        var one = await fixture.App.GetAsync($"/api/plugins/?plugin-id={ids[2]}");
        var some = await fixture.App.GetAsync($"/api/plugins/?plugin-id={ids[6]},%20{ids[0]},99999");

        Assert.Equal("cluster@v0.3.0", Names(one));
        Assert.Equal("Zeta@1.0.post1 viewer@1.0", Names(some));
    }

    [Theory]
    [InlineData("plugin-id=a")]
    [InlineData("plugin-id=1,b")]
    [InlineData("plugin-id=-1")]
    public async Task A_Malformed_Plugin_Id_Returns_400(string query)
    {
        var list = await fixture.App.GetAsync("/api/plugins/?" + query);

        Assert.Equal(400, list.Code);
        Assert.Equal("application/problem+json", list.ContentType);
    }

    [Fact]
    public async Task Links_To_Pages_Repeat_The_Filters_In_One_Order()
    {
        var list = await fixture.App.GetAsync(
            "/api/plugins/?type=processing&tags=ml,!x&input-data-type=a/b&plugin-id=1,2&version=%3E%3D1&name=n&item-count=5"
            + "&input-content-type=c/d&template-tab=3&last-available-period=60&url=http://u.test/&unknown=1");

        Assert.Equal(
            $"{fixture.App.Origin}/api/plugins/?item-count=5&sort=name,-version&plugin-id=1,2&name=n&version=%3E%3D1"
            + "&url=http://u.test/&type=processing&tags=ml,!x&input-data-type=a/b&input-content-type=c/d"
            + "&last-available-period=60&template-tab=3",
            list.Self);
        Assert.Equal("ml,!x", (string)list.Data["self"]!["resourceKey"]!["?tags"]!);
    }

    private static string Names(Answer list) =>
        string.Join(' ', list.Embedded.Select(e => $"{e["data"]!["identifier"]}@{e["data"]!["version"]}"));
}
