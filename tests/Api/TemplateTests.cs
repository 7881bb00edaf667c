using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.TemplateRequests;

namespace Qhana.Registry.Tests.Api;

public sealed class TemplateTests : IAsyncDisposable
{
    private readonly RegistryApp _app = new();

    [Fact]
    public async Task Adding_A_Template_Answers_With_The_New_Template_Embedded()
    {
        var added = await _app.PostAsync("/api/templates/?item-count=25", Template("Mine", "For me", "b", "a"));

        Assert.Equal((200, "application/json"), (added.Code, added.ContentType));
        Assert.Equal(
            "collection create first page page-1 post ui-template new /api/templates/?item-count=25",
            Answer.OutlineOf(added.Data["self"]));
        Assert.Equal(
            ["up api-root /api/", "create post ui-template /api/templates/?item-count=25", "ui-template /api/templates/1/"],
            added.Outline);
        Assert.Equal("ui-template /api/templates/1/", Answer.OutlineOf(added.Data["new"]));
        Assert.Equal("""{"uiTemplateId":"1"}""", added.Data["new"]!["resourceKey"]!.ToJsonString());
        Assert.Equal((await _app.GetAsync("/api/templates/1/")).Json.ToJsonString(), Assert.Single(added.Embedded).ToJsonString());
    }

    [Fact]
    public async Task A_Template_Leads_To_Its_Tabs_First_Then_Up_And_Then_To_Its_Actions()
    {
        await _app.AddTemplateAsync();

        var template = await _app.GetAsync("/api/templates/1/");

        Assert.Equal((200, "application/json"), (template.Code, template.ContentType));
        Assert.Equal(
            [
                "collection first nav page-1 ui-template-tab /api/templates/1/tabs/?item-count=25",
                "create post ui-template-tab /api/templates/1/tabs/?item-count=25",
                "collection first page page-1 up ui-template /api/templates/?item-count=25",
                "put update ui-template /api/templates/1/",
                "delete ui-template /api/templates/1/",
            ],
            template.Outline);
        Assert.Equal(
            """{"?item-count":"25","uiTemplateId":"1"}""", template.FindLink("ui-template-tab", "nav")!["resourceKey"]!.ToJsonString());
    }

    [Fact]
    public async Task A_Template_Is_Shown_With_What_Was_Said_Of_It()
    {
        await _app.PostAsync("/api/templates/", Template("Mine & <yours>", "Größe\n", "b", "a", "ü/x"));

        var template = await _app.GetAsync("/api/templates/1/");

        var expected = Template("Mine & <yours>", "Größe\n", "b", "a", "ü/x");
        expected["groups"] = new JsonArray();
        var data = template.Data.DeepClone().AsObject();
        data.Remove("self");
        Assert.Equal(expected.ToJsonString(), data.ToJsonString());
        var self = template.Data["self"]!;
        Assert.Equal("Mine & <yours>", (string)self["name"]!);
        Assert.Equal($"{_app.Origin}/api/api-spec.json#/components/schemas/Template", (string)self["schema"]!);
    }

    [Fact]
    public async Task Changing_A_Template_Answers_With_What_It_Is_Now()
    {
        await _app.PostAsync("/api/templates/", Template("Old", "Was", "x"));
        var template = await _app.GetAsync("/api/templates/1/");

        var changed = await _app.PutAsync(template.Follow("ui-template", "update", "put"), Template("New", "Is", "y", "z"));

        Assert.Equal(200, changed.Code);
        Assert.Equal("put ui-template update changed /api/templates/1/", Answer.OutlineOf(changed.Data["self"]));
        Assert.Equal("ui-template /api/templates/1/", Answer.OutlineOf(changed.Data["changed"]));
        Assert.Equal("New", (string)changed.Data["changed"]!["name"]!);
        Assert.Equal(
            [
                "collection first page page-1 up ui-template /api/templates/?item-count=25",
                "put update ui-template /api/templates/1/",
                "delete ui-template /api/templates/1/",
                "ui-template /api/templates/1/",
            ],
            changed.Outline);
        var now = await _app.GetAsync("/api/templates/1/");
        Assert.Equal(("New", "Is"), ((string)now.Data["name"]!, (string)now.Data["description"]!));
        Assert.Equal("""["y","z"]""", now.Data["tags"]!.ToJsonString());
        Assert.Equal(now.Json.ToJsonString(), Assert.Single(changed.Embedded).ToJsonString());
    }

    [Fact]
    public async Task Changing_A_Template_Leaves_Its_Tabs_Alone()
    {
        var template = await _app.AddTemplateAsync();
        await _app.AddTabAsync(template, Tab("Tab"));

        var changed = await _app.PutAsync(template, Template("New"));

        Assert.Equal(["Tab"], (await _app.GetAsync($"{template}tabs/")).ItemNames);
        Assert.Single(changed.Embedded[0]["data"]!["groups"]!.AsArray());
    }

    [Fact]
    public async Task Changing_A_Template_That_Is_Not_There_Returns_404_And_Adds_None()
    {
        var changed = await _app.PutAsync("/api/templates/1/", Template());

        Assert.Equal((404, "application/problem+json"), (changed.Code, changed.ContentType));
        Assert.Equal(0, (await _app.GetAsync("/api/templates/")).CollectionSize);
    }

    [Fact]
    public async Task A_Deleted_Template_Answers_With_Where_To_Go_And_Is_Gone_With_Its_Tabs()
    {
        var template = await _app.AddTemplateAsync("Mine");
        var tab = await _app.AddTabAsync(template, Tab("Tab"));

        var deleted = await _app.DeleteAsync((await _app.GetAsync(template)).Follow("ui-template", "delete"));

        Assert.Equal(200, deleted.Code);
        Assert.Equal("delete deleted /api/templates/1/", Answer.OutlineOf(deleted.Data["self"]));
        Assert.Equal("deleted ui-template /api/templates/1/", Answer.OutlineOf(deleted.Data["deleted"]));
        Assert.Equal("Mine", (string)deleted.Data["deleted"]!["name"]!);
        Assert.Equal(
            "collection first page page-1 ui-template /api/templates/?item-count=25", Answer.OutlineOf(deleted.Data["redirectTo"]));
        Assert.Equal(
            [
                "collection first page page-1 up ui-template /api/templates/?item-count=25",
                "put update ui-template /api/templates/1/",
                "delete ui-template /api/templates/1/",
            ],
            deleted.Outline);
        foreach (var url in (string[])[template, $"{template}tabs/", tab])
            Assert.Equal(404, (await _app.GetAsync(url)).Code);
    }

    [Fact]
    public async Task Deleting_A_Template_Again_Answers_As_If_It_Had_Been_There()
    {
        var template = await _app.AddTemplateAsync();
        var first = await _app.DeleteAsync(template);

        var again = await _app.DeleteAsync(template);

        Assert.Equal(200, again.Code);
        Assert.Equal(first.Outline, again.Outline);
        Assert.Equal("deleted ui-template /api/templates/1/", Answer.OutlineOf(again.Data["deleted"]));
        Assert.Equal("""{"uiTemplateId":"1"}""", again.Data["deleted"]!["resourceKey"]!.ToJsonString());
    }

    [Fact]
    public async Task The_Id_Of_A_Deleted_Template_Is_Not_Used_Again()
    {
        await _app.DeleteAsync(await _app.AddTemplateAsync());

        var next = await _app.AddTemplateAsync();

        Assert.EndsWith("/api/templates/2/", next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", new[] { 2, 3, 1, 4 })]
    [InlineData("?sort=name", new[] { 2, 3, 1, 4 })]
    [InlineData("?sort=-name", new[] { 4, 1, 2, 3 })]
    [InlineData("?sort=-id", new[] { 4, 3, 2, 1 })]
    [InlineData("?sort=name,-id", new[] { 3, 2, 1, 4 })]
    [InlineData("?template-id=3", new[] { 3 })]
    [InlineData("?template-id=99", new int[0])]
    [InlineData("?template-id=99999999999999999999", new int[0])]
    [InlineData("?unknown=3", new[] { 2, 3, 1, 4 })]
    [InlineData("?item-count=2&cursor=3", new[] { 1, 4 })]
    public async Task Templates_Are_Listed_By_Name_Ignoring_Case_Or_As_Asked(string query, int[] expected)
    {
        foreach (var name in (string[])["b", "A", "a", "C"])
            await _app.AddTemplateAsync(name);

        var list = await _app.GetAsync("/api/templates/" + query);

        Assert.Equal(200, list.Code);
        Assert.Equal(
            expected.Select(id => $"ui-template /api/templates/{id}/"), list.Data["items"]!.AsArray().Select(Answer.OutlineOf));
        Assert.Equal(
            expected.Select(id => $"ui-template /api/templates/{id}/"), list.Embedded.Select(e => Answer.OutlineOf(e["data"]!["self"])));
    }

    [Fact]
    public async Task A_List_Of_Templates_Repeats_Its_Filter_In_The_Links_To_Its_Pages()
    {
        await _app.AddTemplateAsync();

        var list = await _app.GetAsync("/api/templates/?template-id=1");

        Assert.Equal(
            [
                "up api-root /api/",
                "create post ui-template /api/templates/?item-count=25",
                "collection first last page page-1 ui-template /api/templates/?item-count=25&sort=name&template-id=1",
            ],
            list.Outline);
        Assert.Equal(
            """{"?item-count":"25","?sort":"name","?template-id":"1"}""", list.Data["self"]!["resourceKey"]!.ToJsonString());
        Assert.Equal(1, list.CollectionSize);
    }

    [Fact]
    public async Task An_Embedded_Template_Is_What_A_Get_Of_It_Answers_Groups_Included()
    {
        var template = await _app.AddTemplateAsync();
        await _app.AddTabAsync(template, TabAt("navigation", "Tab"));

        var list = await _app.GetAsync("/api/templates/");

        Assert.Equal((await _app.GetAsync(template)).Json.ToJsonString(), Assert.Single(list.Embedded).ToJsonString());
    }

    [Fact]
    public async Task A_Client_Gets_From_The_Root_To_A_New_Template_And_Back_By_Links_Alone()
    {
        var root = await _app.GetAsync("/api/");
        var list = await _app.FollowAsync(root, "ui-template", "api", "collection");

        var added = await _app.PostAsync(list.Follow("ui-template", "create", "post"), Template("Mine"));
        var template = await _app.GetAsync((string)added.Data["new"]!["href"]!);

        Assert.Equal("Mine", (string)template.Data["name"]!);
        Assert.Equal(["Mine"], (await _app.FollowAsync(template, "ui-template", "up")).ItemNames);
        Assert.Equal(0, (await _app.FollowAsync(template, "ui-template-tab", "collection")).CollectionSize);
    }

    [Fact]
    public async Task Every_Method_Works_Without_The_Slash_At_The_End()
    {
        var added = await _app.PostAsync("/api/templates", Template());

        var changed = await _app.PutAsync("/api/templates/1", Template("New"));
        var got = await _app.GetAsync("/api/templates/1");
        var deleted = await _app.DeleteAsync("/api/templates/1");

        Assert.Equal((200, 200, 200, 200), (added.Code, changed.Code, got.Code, deleted.Code));
        Assert.Equal($"{_app.Origin}/api/templates/1/", got.Self);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
