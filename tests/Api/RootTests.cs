using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

public sealed class RootTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task The_Root_Links_To_Every_Collection_In_The_Order_In_Which_Clients_Look()
    {
        var root = await app.GetAsync("/api/");

        Assert.Equal(
            [
                "api collection first nav page page-1 seed /api/seeds/?item-count=25",
                "api collection first nav page page-1 service /api/services/?item-count=25",
                "api collection nav env /api/env/",
                "api collection first nav page page-1 plugin /api/plugins/?item-count=25",
                "api collection nav plugin-recommendation /api/recommendations/",
                "api collection first nav page page-1 ui-template /api/templates/?item-count=25",
                "status discovery /api/discovery/",
            ],
            root.Outline);
    }

    [Fact]
    public async Task The_Root_Names_Itself_With_Its_Schema_And_Without_A_Key()
    {
        var root = await app.GetAsync("/api/");

        var expected = new JsonObject
        {
            ["href"] = $"{app.Origin}/api/",
            ["rel"] = new JsonArray(),
            ["resourceType"] = "api-root",
            ["schema"] = $"{app.Origin}/api/api-spec.json#/components/schemas/Root",
        };
        Assert.Equal(expected.ToJsonString(), root.Data["self"]!.ToJsonString());
        Assert.NotEqual("", (string)root.Data["title"]!);
    }

    [Fact]
    public async Task A_Link_To_The_First_Page_Has_Its_Parameters_As_Key()
    {
        var root = await app.GetAsync("/api/");

        var link = root.FindLink("plugin", "nav")!;
        Assert.Equal("""{"?item-count":"25"}""", link["resourceKey"]!.ToJsonString());
        Assert.EndsWith("#/components/schemas/CursorPage", (string)link["schema"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("seed")]
    [InlineData("service")]
    [InlineData("env")]
    [InlineData("plugin")]
    public async Task Following_A_Link_Of_The_Root_Shows_An_Empty_List_That_Leads_Back(string resourceType)
    {
        var root = await app.GetAsync("/api/");

        var list = await app.FollowAsync(root, resourceType, "api", "collection");

        Assert.Equal(200, list.Code);
        Assert.Equal(0, list.CollectionSize);
        Assert.Empty(list.Data["items"]!.AsArray());
        Assert.Null(list.Json["embedded"]);
        Assert.Equal($"{app.Origin}/api/", list.Follow("api-root", "up"));
    }
}
