using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.TemplateRequests;

namespace Qhana.Registry.Tests.Api;

public sealed class TemplateTabTests : IAsyncDisposable
{
    private static readonly string[] LinksOfTemplate =
    [
        "collection first nav page-1 ui-template-tab /api/templates/1/tabs/?item-count=25",
        "create post ui-template-tab /api/templates/1/tabs/?item-count=25",
        "collection first page page-1 up ui-template /api/templates/?item-count=25",
        "put update ui-template /api/templates/1/",
        "delete ui-template /api/templates/1/",
    ];

    private readonly RegistryApp _app = new();

    [Fact]
    public async Task Adding_A_Tab_Answers_With_The_Tab_And_Then_Its_Template_With_The_New_Group_Embedded()
    {
        var template = await _app.GetAsync(await _app.AddTemplateAsync());

        var added = await _app.PostAsync(template.Follow("ui-template-tab", "create", "post"), TabAt("navigation", "Mine"));

        Assert.Equal((200, "application/json"), (added.Code, added.ContentType));
        Assert.Equal(
            "collection create first page page-1 post ui-template-tab new /api/templates/?item-count=25",
            Answer.OutlineOf(added.Data["self"]));
        Assert.Equal(
            ["up api-root /api/", "create post ui-template /api/templates/?item-count=25", "ui-template-tab /api/templates/1/tabs/1/"],
            added.Outline);
        Assert.Equal("ui-template-tab /api/templates/1/tabs/1/", Answer.OutlineOf(added.Data["new"]));
        Assert.Equal("Mine", (string)added.Data["new"]!["name"]!);
        await AssertEmbedsAsync(added, "/api/templates/1/tabs/1/", "/api/templates/1/");
        Assert.Equal(["navigation"], Groups(added.Embedded[1]));
    }

    [Fact]
    public async Task A_Tab_Leads_To_Its_Plugins_First_Then_Up_And_Then_To_Its_Actions()
    {
        var tab = await _app.AddTabAsync(await _app.AddTemplateAsync(), TabAt("navigation.a b", "Mine"));

        var got = await _app.GetAsync(tab);

        Assert.Equal((200, "application/json"), (got.Code, got.ContentType));
        Assert.Equal(
            [
                "collection first nav page page-1 plugin /api/plugins/?template-tab=1",
                "collection up ui-template-tab /api/templates/1/tabs/?group=navigation.a%20b",
                "put update ui-template-tab /api/templates/1/tabs/1/",
                "delete ui-template-tab /api/templates/1/tabs/1/",
            ],
            got.Outline);
        Assert.Equal("""{"?template-tab":"1"}""", got.FindLink("plugin", "nav")!["resourceKey"]!.ToJsonString());
        Assert.Equal(
            """{"?group":"navigation.a b","uiTemplateId":"1"}""", got.FindLink("ui-template-tab", "up")!["resourceKey"]!.ToJsonString());
    }

    [Fact]
    public async Task A_Tab_Is_Shown_With_What_Was_Said_Of_It()
    {
        var said = Tab("Mine & <yours>", "{\n  \"type\": \"visualization\"\n}", tab =>
        {
            tab["description"] = "Größe\n";
            tab["icon"] = "star";
            tab["location"] = "experiment-navigation.grp";
            tab["sortKey"] = -7;
        });
        var tab = await _app.AddTabAsync(await _app.AddTemplateAsync(), said);

        var got = await _app.GetAsync(tab);

        var data = got.Data.DeepClone().AsObject();
        Assert.Equal("collection first page page-1 plugin /api/plugins/?template-tab=1", Answer.OutlineOf(data["plugins"]));
        Assert.True(data.Remove("self") && data.Remove("plugins"));
        Assert.True(JsonNode.DeepEquals(said, data), data.ToJsonString());
        var self = got.Data["self"]!;
        Assert.Equal("Mine & <yours>", (string)self["name"]!);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""{"uiTemplateId":"1","uiTemplateTabId":"1","?group":"experiment-navigation.grp"}"""), self["resourceKey"]),
            self["resourceKey"]!.ToJsonString());
        Assert.Equal($"{_app.Origin}/api/api-spec.json#/components/schemas/TemplateTab", (string)self["schema"]!);
    }

    [Fact]
    public async Task A_Tab_Without_Icon_And_Group_Shows_Null_And_An_Empty_Text()
    {
        var template = await _app.AddTemplateAsync();
        var bare = Tab("Bare");
        bare.Remove("icon");
        bare.Remove("groupKey");
        var empty = Tab("Empty", "", tab => tab["icon"] = "");

        var tabs = new[] { await _app.AddTabAsync(template, bare), await _app.AddTabAsync(template, empty) };

        var shown = await _app.GetAsync(tabs[0]);
        Assert.Contains("\"icon\":null", shown.Text, StringComparison.Ordinal);
        Assert.Equal("", (string)shown.Data["groupKey"]!);
        Assert.Equal("", (string)(await _app.GetAsync(tabs[1])).Data["icon"]!);
    }

    [Fact]
    public async Task Changing_A_Tab_Answers_With_The_Tab_And_Its_Template_With_The_Changed_Groups()
    {
        var tab = await _app.GetAsync(await _app.AddTabAsync(await _app.AddTemplateAsync(), TabAt("workspace", "Old")));

        var changed = await _app.PutAsync(tab.Follow("ui-template-tab", "update", "put"), TabAt("navigation", "New", 3));

        Assert.Equal(200, changed.Code);
        Assert.Equal("put ui-template-tab update changed /api/templates/1/tabs/1/", Answer.OutlineOf(changed.Data["self"]));
        Assert.Equal("ui-template-tab /api/templates/1/tabs/1/", Answer.OutlineOf(changed.Data["changed"]));
        Assert.Equal("New", (string)changed.Data["changed"]!["name"]!);
        Assert.Equal("navigation", (string)changed.Data["changed"]!["resourceKey"]!["?group"]!);
        Assert.Equal(
            [
                "collection up ui-template-tab /api/templates/1/tabs/?group=navigation",
                "put update ui-template-tab /api/templates/1/tabs/1/",
                "delete ui-template-tab /api/templates/1/tabs/1/",
                "ui-template-tab /api/templates/1/tabs/1/",
            ],
            changed.Outline);
        await AssertEmbedsAsync(changed, "/api/templates/1/tabs/1/", "/api/templates/1/");
        Assert.Equal(("New", 3), ((string)changed.Embedded[0]["data"]!["name"]!, (int)changed.Embedded[0]["data"]!["sortKey"]!));
        Assert.Equal(["navigation"], Groups(changed.Embedded[1]));
    }

    [Fact]
    public async Task A_Deleted_Tab_Answers_With_Where_To_Go_And_Its_Template_Without_The_Group()
    {
        var tab = await _app.AddTabAsync(await _app.AddTemplateAsync(), TabAt("navigation", "Mine"));

        var deleted = await _app.DeleteAsync((await _app.GetAsync(tab)).Follow("ui-template-tab", "delete"));

        Assert.Equal(200, deleted.Code);
        Assert.Equal("delete deleted /api/templates/1/tabs/1/", Answer.OutlineOf(deleted.Data["self"]));
        Assert.Equal("deleted ui-template-tab /api/templates/1/tabs/1/", Answer.OutlineOf(deleted.Data["deleted"]));
        Assert.Equal("Mine", (string)deleted.Data["deleted"]!["name"]!);
        Assert.Equal("navigation", (string)deleted.Data["deleted"]!["resourceKey"]!["?group"]!);
        Assert.Equal(
            "collection first page page-1 ui-template /api/templates/?item-count=25", Answer.OutlineOf(deleted.Data["redirectTo"]));
        Assert.Equal(
            [
                "collection up ui-template-tab /api/templates/1/tabs/?group=navigation",
                "put update ui-template-tab /api/templates/1/tabs/1/",
                "delete ui-template-tab /api/templates/1/tabs/1/",
            ],
            deleted.Outline);
        await AssertEmbedsAsync(deleted, "/api/templates/1/");
        Assert.Empty(Groups(deleted.Embedded[0]));
        Assert.Equal(404, (await _app.GetAsync(tab)).Code);
    }

    [Fact]
    public async Task Deleting_A_Tab_Again_Answers_As_If_It_Had_Been_There()
    {
        var tab = await _app.AddTabAsync(await _app.AddTemplateAsync(), Tab("Mine"));
        await _app.DeleteAsync(tab);

        var again = await _app.DeleteAsync(tab);

        Assert.Equal(200, again.Code);
        Assert.Equal("deleted ui-template-tab /api/templates/1/tabs/1/", Answer.OutlineOf(again.Data["deleted"]));
        Assert.Equal("ui-template", (string)again.Data["redirectTo"]!["resourceType"]!);
        await AssertEmbedsAsync(again, "/api/templates/1/");
    }

    [Fact]
    public async Task The_Id_Of_A_Deleted_Tab_Is_Not_Used_Again()
    {
        var template = await _app.AddTemplateAsync();
        await _app.DeleteAsync(await _app.AddTabAsync(template, Tab("First")));

        var next = await _app.AddTabAsync(template, Tab("Next"));

        Assert.EndsWith("/api/templates/1/tabs/2/", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Tab_Of_Another_Template_Is_Not_Found_And_Left_Alone()
    {
        var tab = await _app.AddTabAsync(await _app.AddTemplateAsync(), Tab("Mine"));
        await _app.AddTemplateAsync("Other");

        var got = await _app.GetAsync("/api/templates/2/tabs/1/");
        var changed = await _app.PutAsync("/api/templates/2/tabs/1/", Tab("Theirs"));
        var deleted = await _app.DeleteAsync("/api/templates/2/tabs/1/");

        Assert.Equal((404, 404, 200), (got.Code, changed.Code, deleted.Code));
        Assert.Equal("Mine", (string)(await _app.GetAsync(tab)).Data["name"]!);
        Assert.Empty((await _app.GetAsync("/api/templates/2/tabs/")).ItemNames);
    }

    [Fact]
    public async Task Every_Method_Works_Without_The_Slash_At_The_End()
    {
        await _app.AddTemplateAsync();

        var added = await _app.PostAsync("/api/templates/1/tabs", Tab("Mine"));
        var changed = await _app.PutAsync("/api/templates/1/tabs/1", Tab("New"));
        var list = await _app.GetAsync("/api/templates/1/tabs");
        var got = await _app.GetAsync("/api/templates/1/tabs/1");
        var deleted = await _app.DeleteAsync("/api/templates/1/tabs/1");

        Assert.Equal((200, 200, 200, 200, 200), (added.Code, changed.Code, list.Code, got.Code, deleted.Code));
        Assert.Equal($"{_app.Origin}/api/templates/1/tabs/1/", got.Self);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>What is embedded is what a GET of each URL answers, in this order.</summary>
    private async Task AssertEmbedsAsync(Answer answer, params string[] urls)
    {
        Assert.Equal(urls.Length, answer.Embedded.Count);
        foreach (var (url, embedded) in urls.Zip(answer.Embedded))
            Assert.Equal((await _app.GetAsync(url)).Json.ToJsonString(), embedded.ToJsonString());
        Assert.Equal(LinksOfTemplate, answer.Embedded[^1]["links"]!.AsArray().Select(Answer.OutlineOf));
    }

    private static IEnumerable<string> Groups(JsonNode template) =>
        template["data"]!["groups"]!.AsArray().Select(g => (string)g!["resourceKey"]!["?group"]!);
}
