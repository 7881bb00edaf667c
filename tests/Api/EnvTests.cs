using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

public sealed class EnvTests : IAsyncDisposable
{
    private readonly RegistryApp _app = new();

    [Fact]
    public async Task Setting_A_New_Variable_Answers_That_It_Changed()
    {
        var set = await _app.PostAsync("/api/env/", Variable("LEVEL", "1"));

        Assert.Equal(200, set.Code);
        Assert.Equal("changed", (string)set.Data["self"]!["resourceType"]!);
        Assert.Equal("env /api/env/LEVEL/", Answer.OutlineOf(set.Data["changed"]));
        Assert.Equal("""{"envId":"LEVEL"}""", set.Data["changed"]!["resourceKey"]!.ToJsonString());
        Assert.Equal(["up api-root /api/", "create post env /api/env/", "env /api/env/LEVEL/"], set.Outline);
        Assert.Equal((await _app.GetAsync("/api/env/LEVEL/")).Json.ToJsonString(), Assert.Single(set.Embedded).ToJsonString());
    }

    [Fact]
    public async Task Setting_A_Known_Variable_Changes_Its_Value()
    {
        await _app.PostAsync("/api/env/", Variable("LEVEL", "1"));

        var set = await _app.PostAsync("/api/env/", Variable("LEVEL", ""));

        Assert.Equal(200, set.Code);
        Assert.Equal("", (string)(await _app.GetAsync("/api/env/LEVEL/")).Data["value"]!);
        Assert.Equal(1, (await _app.GetAsync("/api/env/")).CollectionSize);
    }

    [Fact]
    public async Task A_Variable_Is_Shown_With_Its_Actions()
    {
        await _app.PostAsync("/api/env/", Variable("LEVEL", "{\"a\": \"ü\"}"));

        var variable = await _app.GetAsync("/api/env/LEVEL/");

        Assert.Equal(
            ["collection up env /api/env/", "put update env /api/env/LEVEL/", "delete env /api/env/LEVEL/"], variable.Outline);
        Assert.Equal("LEVEL", (string)variable.Data["name"]!);
        Assert.Equal("{\"a\": \"ü\"}", (string)variable.Data["value"]!);
    }

    [Fact]
    public async Task Variables_Are_Listed_Without_Pages_In_The_Order_In_Which_They_Were_First_Set()
    {
        foreach (var name in (string[])["B", "A", "C", "B"])
            await _app.PostAsync("/api/env/", Variable(name, "v"));

        var list = await _app.GetAsync("/api/env/");

        Assert.Equal(["B", "A", "C"], list.ItemNames);
        Assert.Equal(["B", "A", "C"], list.Embedded.Select(e => (string)e["data"]!["name"]!));
        Assert.Null(list.Data["page"]);
        Assert.Equal("collection env /api/env/", Answer.OutlineOf(list.Data["self"]));
        Assert.Equal(["up api-root /api/", "create post env /api/env/"], list.Outline);
    }

    [Theory]
    [InlineData("A", new[] { "A" })]
    [InlineData("nothing", new string[0])]
    [InlineData("a", new string[0])]
    public async Task A_List_By_Name_Shows_That_Variable_And_The_Number_Of_All(string name, string[] expected)
    {
        foreach (var known in (string[])["A", "B"])
            await _app.PostAsync("/api/env/", Variable(known, "v"));

        var list = await _app.GetAsync($"/api/env/?name={name}");

        Assert.Equal(expected, list.ItemNames);
        Assert.Equal(2, list.CollectionSize);
        Assert.Equal($"{_app.Origin}/api/env/?name={name}", list.Self);
    }

    [Fact]
    public async Task Changing_A_Variable_Answers_With_What_It_Is_Now()
    {
        await _app.PostAsync("/api/env/", Variable("LEVEL", "1"));
        var variable = await _app.GetAsync("/api/env/LEVEL/");

        var changed = await _app.PutAsync(variable.Follow("env", "update", "put"), Variable("LEVEL", "2"));

        Assert.Equal(200, changed.Code);
        Assert.Equal("2", (string)changed.Embedded[0]["data"]!["value"]!);
        Assert.Equal("2", (string)(await _app.GetAsync("/api/env/LEVEL/")).Data["value"]!);
        Assert.Equal("env /api/env/LEVEL/", changed.Outline[^1]);
    }

    [Fact]
    public async Task Changing_The_Name_Of_A_Variable_Returns_400()
    {
        await _app.PostAsync("/api/env/", Variable("LEVEL", "1"));

        var changed = await _app.PutAsync("/api/env/LEVEL/", Variable("OTHER", "2"));

        Assert.Equal(400, changed.Code);
        Assert.Equal("1", (string)(await _app.GetAsync("/api/env/LEVEL/")).Data["value"]!);
    }

    [Fact]
    public async Task Changing_A_Variable_That_Is_Not_There_Returns_404()
    {
        var changed = await _app.PutAsync("/api/env/NONE/", Variable("NONE", "v"));

        Assert.Equal(404, changed.Code);
        Assert.Equal(0, (await _app.GetAsync("/api/env/")).CollectionSize);
    }

    [Fact]
    public async Task A_Deleted_Variable_Is_Gone_And_Can_Be_Deleted_Again()
    {
        await _app.PostAsync("/api/env/", Variable("LEVEL", "1"));

        var deleted = await _app.DeleteAsync("/api/env/LEVEL/");
        var again = await _app.DeleteAsync("/api/env/LEVEL/");

        Assert.Equal((200, 200), (deleted.Code, again.Code));
        Assert.Equal("delete deleted /api/env/LEVEL/", Answer.OutlineOf(deleted.Data["self"]));
        Assert.Equal("collection env /api/env/", Answer.OutlineOf(deleted.Data["redirectTo"]));
        Assert.Equal(404, (await _app.GetAsync("/api/env/LEVEL/")).Code);
    }

    [Fact]
    public async Task Configured_Variables_Are_Set_At_Start_Up()
    {
        await using var app = new RegistryApp()
            .With("QHANA_ENV_UI_URL_MAP", """{"a": "b"}""")
            .With("QHANA_ENV_AMBER", "ünï");

        var list = await app.GetAsync("/api/env/");

        Assert.Equal(2, list.CollectionSize);
        Assert.Equal("""{"a": "b"}""", (string)(await app.GetAsync("/api/env/UI_URL_MAP/")).Data["value"]!);
        Assert.Equal("ünï", (string)(await app.GetAsync("/api/env/AMBER/")).Data["value"]!);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static JsonObject Variable(string name, string value) => new() { ["name"] = name, ["value"] = value };
}
