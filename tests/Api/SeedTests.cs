using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

public sealed class SeedTests : IAsyncDisposable
{
    // The discard port: nobody answers there, and nobody has to be waited for.
    private const string Url = "http://127.0.0.1:9/runner";

    private readonly RegistryApp _app = new();

    [Fact]
    public async Task Adding_A_Seed_Answers_With_The_New_Seed_Embedded()
    {
        var added = await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = Url });

        Assert.Equal(200, added.Code);
        Assert.Equal("new", (string)added.Data["self"]!["resourceType"]!);
        Assert.Equal(
            [
                "up api-root /api/",
                "create post seed /api/seeds/?item-count=25",
                "seed /api/seeds/1/",
            ],
            added.Outline);
        Assert.Equal("seed /api/seeds/1/", Answer.OutlineOf(added.Data["new"]));
        Assert.Equal("""{"seedId":"1"}""", added.Data["new"]!["resourceKey"]!.ToJsonString());
        var embedded = Assert.Single(added.Embedded);
        Assert.Equal(Url, (string)embedded["data"]!["url"]!);
    }

    [Fact]
    public async Task The_Embedded_Seed_Is_What_A_Get_Of_Its_Self_Link_Answers()
    {
        var added = await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = Url });

        var embedded = added.Embedded[0];
        var got = await _app.GetAsync((string)embedded["data"]!["self"]!["href"]!);

        Assert.Equal(embedded.ToJsonString(), got.Json.ToJsonString());
        Assert.Equal(
            [
                "collection first page page-1 up seed /api/seeds/?item-count=25",
                "delete seed /api/seeds/1/",
            ],
            got.Outline);
        Assert.Equal(Url, (string)got.Data["self"]!["name"]!);
    }

    [Fact]
    public async Task Adding_A_Known_Seed_Url_Returns_409()
    {
        await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = Url });

        var again = await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = Url });

        Assert.Equal(409, again.Code);
        Assert.Equal("application/problem+json", again.ContentType);
        Assert.Contains(Url, (string)again.Json["detail"]!, StringComparison.Ordinal);
        Assert.Equal(1, (await _app.GetAsync("/api/seeds/")).CollectionSize);
    }

    [Fact]
    public async Task A_Deleted_Seed_Answers_With_Where_To_Go_And_Is_Gone()
    {
        await _app.AddSeedAsync(Url);
        var seed = await _app.GetAsync("/api/seeds/1/");

        var deleted = await _app.DeleteAsync(seed.Follow("seed", "delete"));

        Assert.Equal(200, deleted.Code);
        Assert.Equal("delete deleted /api/seeds/1/", Answer.OutlineOf(deleted.Data["self"]));
        Assert.Equal("deleted seed /api/seeds/1/", Answer.OutlineOf(deleted.Data["deleted"]));
        Assert.Equal(
            "collection first page page-1 seed /api/seeds/?item-count=25", Answer.OutlineOf(deleted.Data["redirectTo"]));
        Assert.Equal(404, (await _app.GetAsync("/api/seeds/1/")).Code);
        Assert.Equal(0, (await _app.GetAsync("/api/seeds/")).CollectionSize);
    }

    [Fact]
    public async Task Deleting_A_Seed_That_Is_Not_There_Answers_200()
    {
        var deleted = await _app.DeleteAsync("/api/seeds/4711/");

        Assert.Equal(200, deleted.Code);
        Assert.Equal("delete deleted /api/seeds/4711/", Answer.OutlineOf(deleted.Data["self"]));
    }

    [Fact]
    public async Task The_Id_Of_A_Deleted_Seed_Is_Not_Used_Again()
    {
        await _app.AddSeedAsync(Url);
        await _app.DeleteAsync("/api/seeds/1/");

        var added = await _app.PostAsync("/api/seeds/", new JsonObject { ["url"] = Url });

        Assert.Equal("seed /api/seeds/2/", Answer.OutlineOf(added.Data["new"]));
    }

    [Theory]
    [InlineData("", new[] { "http://b.test/", "http://a.test/", "http://c.test/" })]
    [InlineData("?sort=-id", new[] { "http://c.test/", "http://a.test/", "http://b.test/" })]
    [InlineData("?sort=url", new[] { "http://a.test/", "http://b.test/", "http://c.test/" })]
    [InlineData("?sort=-url,id", new[] { "http://c.test/", "http://b.test/", "http://a.test/" })]
    public async Task Seeds_Are_Listed_In_The_Order_Asked(string query, string[] expected)
    {
        foreach (var url in (string[])["http://b.test/", "http://a.test/", "http://c.test/"])
            await _app.AddSeedAsync(url);

        var list = await _app.GetAsync("/api/seeds/" + query);

        Assert.Equal(expected, list.ItemNames);
        Assert.Equal(expected, list.Embedded.Select(e => (string)e["data"]!["url"]!));
    }

    [Fact]
    public async Task Initial_Seeds_Are_Loaded_Into_A_Registry_That_Has_None()
    {
        await using var app = new RegistryApp().With("INITIAL_PLUGIN_SEEDS", """["http://a.test/", "http://b.test/"]""");

        var list = await app.GetAsync("/api/seeds/");

        Assert.Equal(["http://a.test/", "http://b.test/"], list.ItemNames);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
