using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

public sealed class ServiceTests : IAsyncDisposable
{
    private readonly RegistryApp _app = new();

    [Fact]
    public async Task Adding_A_Service_Answers_With_The_New_Service_Embedded()
    {
        var added = await _app.PostAsync("/api/services/", Service("backend"));

        Assert.Equal(200, added.Code);
        Assert.Equal(
            "collection create first page page-1 post service new /api/services/?item-count=25", Answer.OutlineOf(added.Data["self"]));
        Assert.Equal(
            ["up api-root /api/", "create post service /api/services/?item-count=25", "service /api/services/backend/"],
            added.Outline);
        Assert.Equal("""{"serviceId":"backend"}""", added.Data["new"]!["resourceKey"]!.ToJsonString());
        Assert.Equal((await _app.GetAsync("/api/services/backend/")).Json.ToJsonString(), Assert.Single(added.Embedded).ToJsonString());
    }

    [Fact]
    public async Task A_Service_Is_Shown_With_Its_Actions()
    {
        await _app.PostAsync("/api/services/", Service("backend", "Backend", "Keeps <data> & more", "http://backend.test/ä"));

        var service = await _app.GetAsync("/api/services/backend/");

        Assert.Equal(
            [
                "collection first page page-1 up service /api/services/?item-count=25",
                "put update service /api/services/backend/",
                "delete service /api/services/backend/",
            ],
            service.Outline);
        var data = service.Data.DeepClone().AsObject();
        Assert.Equal("Backend", (string)data["self"]!["name"]!);
        data.Remove("self");
        Assert.Equal(
            Service("backend", "Backend", "Keeps <data> & more", "http://backend.test/ä").ToJsonString(), data.ToJsonString());
    }

    [Fact]
    public async Task Adding_A_Known_Service_Id_Returns_409_And_Changes_Nothing()
    {
        await _app.PostAsync("/api/services/", Service("backend", "First"));

        var again = await _app.PostAsync("/api/services/", Service("backend", "Second"));

        Assert.Equal(409, again.Code);
        Assert.Equal("application/problem+json", again.ContentType);
        Assert.Equal("First", (string)(await _app.GetAsync("/api/services/backend/")).Data["name"]!);
    }

    [Fact]
    public async Task Changing_A_Service_Answers_With_What_It_Is_Now()
    {
        await _app.PostAsync("/api/services/", Service("backend", "Old"));
        var service = await _app.GetAsync("/api/services/backend/");

        var changed = await _app.PutAsync(service.Follow("service", "update", "put"), Service("backend", "New", "", "http://new.test"));

        Assert.Equal(200, changed.Code);
        Assert.Equal("changed", (string)changed.Data["self"]!["resourceType"]!);
        Assert.Equal("service /api/services/backend/", Answer.OutlineOf(changed.Data["changed"]));
        Assert.Equal("service /api/services/backend/", changed.Outline[^1]);
        Assert.Equal("New", (string)changed.Embedded[0]["data"]!["name"]!);
        Assert.Equal((await _app.GetAsync("/api/services/backend/")).Json.ToJsonString(), changed.Embedded[0].ToJsonString());
    }

    [Fact]
    public async Task Changing_The_Id_Of_A_Service_Returns_400()
    {
        await _app.PostAsync("/api/services/", Service("backend"));

        var changed = await _app.PutAsync("/api/services/backend/", Service("other"));

        Assert.Equal(400, changed.Code);
        Assert.Equal(404, (await _app.GetAsync("/api/services/other/")).Code);
    }

    [Fact]
    public async Task Changing_A_Service_That_Is_Not_There_Returns_404()
    {
        var changed = await _app.PutAsync("/api/services/none/", Service("none"));

        Assert.Equal(404, changed.Code);
        Assert.Equal("application/problem+json", changed.ContentType);
    }

    [Fact]
    public async Task A_Deleted_Service_Is_Gone_And_Can_Be_Deleted_Again()
    {
        await _app.PostAsync("/api/services/", Service("backend", "Backend"));

        var deleted = await _app.DeleteAsync("/api/services/backend/");
        var again = await _app.DeleteAsync("/api/services/backend/");

        Assert.Equal((200, 200), (deleted.Code, again.Code));
        Assert.Equal("delete deleted /api/services/backend/", Answer.OutlineOf(deleted.Data["self"]));
        Assert.Equal("Backend", (string)deleted.Data["deleted"]!["name"]!);
        Assert.Equal(
            "collection first page page-1 service /api/services/?item-count=25", Answer.OutlineOf(deleted.Data["redirectTo"]));
        Assert.Equal(404, (await _app.GetAsync("/api/services/backend/")).Code);
    }

    [Theory]
    [InlineData("", new[] { "Z", "a", "b" })]
    [InlineData("?sort=-service_id", new[] { "b", "a", "Z" })]
    [InlineData("?sort=id", new[] { "b", "Z", "a" })]
    [InlineData("?sort=-id", new[] { "a", "Z", "b" })]
    [InlineData("?service-id=a", new[] { "a" })]
    [InlineData("?service-id=b,nothing,%20Z", new[] { "Z", "b" })]
    [InlineData("?service-id=nothing", new string[0])]
    [InlineData("?service-id=", new[] { "Z", "a", "b" })]
    [InlineData("?unknown=a", new[] { "Z", "a", "b" })]
    public async Task Services_Are_Listed_As_Asked(string query, string[] expected)
    {
        foreach (var id in (string[])["b", "Z", "a"])
            await _app.PostAsync("/api/services/", Service(id));

        var list = await _app.GetAsync("/api/services/" + query);

        Assert.Equal(expected, list.Embedded.Select(e => (string)e["data"]!["serviceId"]!));
        Assert.Equal(expected.Length, list.CollectionSize);
    }

    [Fact]
    public async Task A_List_Of_Services_Is_Not_Mistaken_For_Another()
    {
        foreach (var id in (string[])["a", "b"])
            await _app.PostAsync("/api/services/", Service(id));
        await _app.GetAsync("/api/services/?service-id=a%02b");

        var list = await _app.GetAsync("/api/services/?service-id=a,b");

        Assert.Equal(["a", "b"], list.ItemNames);
    }

    [Fact]
    public async Task Preconfigured_Services_Are_Added_And_Incomplete_Ones_Are_Told_Of()
    {
        await using var app = new RegistryApp().With("PRECONFIGURED_SERVICES", """
            [{"serviceId": "backend", "url": "http://backend.test", "name": "Backend"}, {"serviceId": "bare", "url": "http://bare.test"},
             {"serviceId": "no-url"}, {"url": "http://no-id.test"}]
            """);

        var list = await app.GetAsync("/api/services/");

        Assert.Equal(["Backend", "bare"], list.ItemNames);
        Assert.Equal(2, app.Log.Of(LogLevel.Warning).Count(text => text.Contains("PRECONFIGURED_SERVICES", StringComparison.Ordinal)));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static JsonObject Service(string id, string? name = null, string description = "About it", string url = "http://it.test") =>
        new() { ["serviceId"] = id, ["name"] = name ?? id, ["description"] = description, ["url"] = url };
}
