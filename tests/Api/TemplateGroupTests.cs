using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.TemplateRequests;

namespace Qhana.Registry.Tests.Api;

public sealed class TemplateGroupTests : IAsyncDisposable
{
    private readonly RegistryApp _app = new();

    [Fact]
    public async Task All_Tabs_Of_A_Template_Are_Listed_By_Sort_Key_And_Then_By_Id()
    {
        var template = await _app.AddTemplateAsync();
        foreach (var (name, sortKey) in (IEnumerable<(string, int)>)[("a", 5), ("b", -1), ("c", 5), ("d", 0), ("e", 100), ("f", 20)])
            await _app.AddTabAsync(template, TabAt("workspace", name, sortKey));

        var list = await _app.GetAsync($"{template}tabs/");

        Assert.Equal(["b", "d", "a", "c", "f", "e"], list.ItemNames);
        Assert.Equal(list.ItemNames, list.Embedded.Select(e => (string)e["data"]!["name"]!));
    }

    [Fact]
    public async Task The_List_Of_Tabs_Leads_Up_To_The_Template_And_To_A_New_Tab_And_Has_No_Pages()
    {
        var template = await _app.AddTemplateAsync();
        for (var i = 0; i < 30; i++)
            await _app.AddTabAsync(template, Tab($"Tab {i}"));

        var list = await _app.FollowAsync(await _app.GetAsync(template), "ui-template-tab", "collection");

        Assert.Equal((200, "application/json"), (list.Code, list.ContentType));
        Assert.Equal(
            ["up ui-template /api/templates/1/", "create post ui-template-tab /api/templates/1/tabs/?item-count=25"], list.Outline);
        Assert.Equal("collection ui-template-tab /api/templates/1/tabs/", Answer.OutlineOf(list.Data["self"]));
        Assert.Equal("""{"uiTemplateId":"1"}""", list.Data["self"]!["resourceKey"]!.ToJsonString());
        Assert.Equal((30, 30, 30), (list.CollectionSize, list.ItemNames.Count, list.Embedded.Count));
        Assert.Null(list.Data["page"]);
    }

    [Fact]
    public async Task An_Embedded_Tab_Is_What_A_Get_Of_It_Answers()
    {
        var template = await _app.AddTemplateAsync();
        var tab = await _app.AddTabAsync(template, Tab("Mine"));

        var list = await _app.GetAsync($"{template}tabs/");
        var group = await _app.GetAsync($"{template}tabs/?group=workspace");

        var got = (await _app.GetAsync(tab)).Json.ToJsonString();
        Assert.Equal(got, Assert.Single(list.Embedded).ToJsonString());
        Assert.Equal(got, Assert.Single(group.Embedded).ToJsonString());
    }

    [Fact]
    public async Task A_Template_Without_Tabs_Has_An_Empty_List_And_No_Groups()
    {
        var template = await _app.AddTemplateAsync();

        var list = await _app.GetAsync($"{template}tabs/");

        Assert.Equal(0, list.CollectionSize);
        Assert.Null(list.Json["embedded"]);
        Assert.Empty((await _app.GetAsync(template)).Data["groups"]!.AsArray());
    }

    [Fact]
    public async Task Groups_Stand_In_The_Order_Of_Their_First_Tabs_And_Are_Named_By_The_Tab_That_Opens_Them()
    {
        var template = await _app.AddTemplateAsync();
        await _app.AddTabAsync(template, TabAt("workspace", "Plain", 30));
        await _app.AddTabAsync(template, TabAt("experiment-navigation.tools", "Inside", 20));
        await _app.AddTabAsync(template, TabAt("experiment-navigation", "Tools", 10, "tools"));
        await _app.AddTabAsync(template, TabAt("experiment-navigation.tools", "Inside, too", 40));
        await _app.AddTabAsync(template, TabAt("experiment-navigation", "Other", 5, "other"));
        await _app.AddTabAsync(template, TabAt("navigation.none", "Orphan", 0));

        var got = await _app.GetAsync(template);

        Assert.Equal(
            [
                ("Tab Group: navigation.none", "collection ui-template-tab /api/templates/1/tabs/?group=navigation.none"),
                ("Tab Group: experiment-navigation", "collection ui-template-tab /api/templates/1/tabs/?group=experiment-navigation"),
                ("Tools", "collection ui-template-tab /api/templates/1/tabs/?group=experiment-navigation.tools"),
                ("Tab Group: workspace", "collection ui-template-tab /api/templates/1/tabs/?group=workspace"),
            ],
            got.Data["groups"]!.AsArray().Select(g => ((string)g!["name"]!, Answer.OutlineOf(g))));
        var link = got.Data["groups"]![2]!;
        Assert.Equal("""{"?group":"experiment-navigation.tools","uiTemplateId":"1"}""", link["resourceKey"]!.ToJsonString());
        Assert.EndsWith("#/components/schemas/TemplateGroup", (string)link["schema"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Group_Inside_Of_A_Group_Is_Named_By_The_Tab_That_Opens_It()
    {
        var template = await _app.AddTemplateAsync();
        await _app.AddTabAsync(template, TabAt("navigation", "Outer", 0, "a"));
        await _app.AddTabAsync(template, TabAt("navigation.a", "Inner", 0, "b"));
        await _app.AddTabAsync(template, TabAt("navigation.a.b", "Leaf"));

        var got = await _app.GetAsync(template);

        Assert.Equal(["Tab Group: navigation", "Outer", "Inner"], got.Data["groups"]!.AsArray().Select(g => (string)g!["name"]!));
    }

    [Fact]
    public async Task A_Tab_That_Opens_A_Group_In_Another_Template_Names_Nothing_Here()
    {
        await _app.AddTabAsync(await _app.AddTemplateAsync("Other"), TabAt("navigation", "Theirs", 0, "a"));
        var template = await _app.AddTemplateAsync();
        await _app.AddTabAsync(template, TabAt("navigation.a", "Mine"));

        var list = await _app.GetAsync("/api/templates/?template-id=2");

        Assert.Equal(
            ["Tab Group: navigation.a"], list.Embedded[0]["data"]!["groups"]!.AsArray().Select(g => (string)g!["name"]!));
    }

    [Fact]
    public async Task A_Group_Shows_The_Tabs_At_Its_Location_Only_And_In_Their_Order()
    {
        var template = await _app.AddTemplateAsync();
        await _app.AddTabAsync(template, TabAt("navigation.a", "Second", 2));
        await _app.AddTabAsync(template, TabAt("navigation.a", "First", 1));
        await _app.AddTabAsync(template, TabAt("navigation.ab", "Elsewhere"));
        await _app.AddTabAsync(template, TabAt("navigation.A", "Elsewhere, too"));
        await _app.AddTabAsync(template, TabAt("navigation", "Opener", 0, "a"));

        var group = await _app.GetAsync((string)(await _app.GetAsync(template)).Data["groups"]!.AsArray()
            .Single(g => (string)g!["name"]! == "Opener")!["href"]!);

        Assert.Equal(["First", "Second"], group.ItemNames);
        Assert.Equal(2, group.CollectionSize);
        Assert.Equal("collection ui-template-tab /api/templates/1/tabs/?group=navigation.a", Answer.OutlineOf(group.Data["self"]));
        Assert.Equal("Opener", (string)group.Data["self"]!["name"]!);
        Assert.Equal("""{"?group":"navigation.a","uiTemplateId":"1"}""", group.Data["self"]!["resourceKey"]!.ToJsonString());
        Assert.Equal(["up ui-template /api/templates/1/"], group.Outline);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("experiment-navigation.nothing")]
    [InlineData("ä & b/c?d=e")]
    public async Task A_Location_That_No_Tab_Uses_Is_An_Empty_Group(string location)
    {
        var template = await _app.AddTemplateAsync();
        await _app.AddTabAsync(template, Tab("Mine"));

        var group = await _app.GetAsync($"{template}tabs/?group={Uri.EscapeDataString(location)}");

        Assert.Equal((200, 0), (group.Code, group.CollectionSize));
        Assert.Null(group.Json["embedded"]);
        Assert.Equal($"Tab Group: {location}", (string)group.Data["self"]!["name"]!);
        Assert.Equal(location, (string)group.Data["self"]!["resourceKey"]!["?group"]!);
        Assert.Equal(0, (await _app.GetAsync(group.Self)).CollectionSize);
    }

    [Theory]
    [InlineData("?group=")]
    [InlineData("?item-count=1")]
    [InlineData("?unknown=1")]
    public async Task Without_A_Location_All_Tabs_Are_Listed(string query)
    {
        var template = await _app.AddTemplateAsync();
        await _app.AddTabAsync(template, TabAt("workspace", "a"));
        await _app.AddTabAsync(template, TabAt("navigation", "b"));

        var list = await _app.GetAsync($"{template}tabs/{query}");

        Assert.Equal(["a", "b"], list.ItemNames);
    }

    [Fact]
    public async Task A_Group_At_The_Empty_Location_Is_Linked_And_Has_Just_Its_Tabs()
    {
        var template = await _app.AddTemplateAsync();
        await _app.AddTabAsync(template, TabAt("", "nowhere"));
        await _app.AddTabAsync(template, TabAt("workspace", "elsewhere"));
        var link = (string)(await _app.GetAsync(template)).Data["groups"]![0]!["href"]!;

        var group = await _app.GetAsync(link);

        Assert.EndsWith("tabs/?group=", link, StringComparison.Ordinal);
        Assert.EndsWith("/TemplateGroup", (string)group.Data["self"]!["schema"]!, StringComparison.Ordinal);
        Assert.Equal(["nowhere"], group.ItemNames);
    }

    [Fact]
    public async Task A_Link_To_A_Group_With_A_Strange_Location_Leads_Back_To_Its_Tabs()
    {
        var template = await _app.AddTemplateAsync();
        await _app.AddTabAsync(template, TabAt("a&b=c d/ü?#%2C+'\"", "Mine"));

        var group = await _app.GetAsync((string)(await _app.GetAsync(template)).Data["groups"]![0]!["href"]!);

        Assert.Equal(["Mine"], group.ItemNames);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
