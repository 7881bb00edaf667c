using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>
/// A registry with 30 services s01 to s30, whose ids are 1 to 30, and with plugins: a to f have the ids 1 to 6, every
/// other one has the tag even, and all have the same version.
/// </summary>
public sealed class PagingFixture : IAsyncLifetime
{
    public RegistryApp App { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var seed = await App.AddSeedAsync("http://runner.test");
        var services = App.Services.GetRequiredService<ServiceRepository>();
        for (var i = 1; i <= 30; i++)
            await services.AddAsync($"s{i:00}", $"Service {i}", "", "http://service.test");
        foreach (var name in "abcdef")
            await App.StoreAsync(seed, PluginDocument.Stored($"{name}") with { Tags = [name is 'b' or 'd' or 'f' ? "even" : "odd"] });
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}

/// <summary>Pages by the rules of CONTRACT section 2. What is expected here is worked out by hand from these rules.</summary>
public sealed class PagingTests(PagingFixture fixture) : IClassFixture<PagingFixture>
{
    private readonly RegistryApp _app = fixture.App;

    [Fact]
    public async Task A_List_That_Fits_On_One_Page_Links_To_That_Page_Only()
    {
        var list = await _app.GetAsync("/api/services/?item-count=30");

        Assert.Equal(["collection first last page page-1 service /api/services/?item-count=30&sort=service_id"], Pages(list));
        Assert.Equal(30, list.ItemNames.Count);
        Assert.Equal(1, (int)list.Data["page"]!);
    }

    [Fact]
    public async Task A_Column_That_Is_Named_Again_And_Again_Counts_Once_And_Stays_In_The_Links()
    {
        var sort = "-name" + string.Concat(Enumerable.Repeat(",id", 2500));

        var list = await _app.GetAsync($"/api/plugins/?item-count=2&sort={sort}");

        Assert.Equal(200, list.Code);
        Assert.Equal(["The f (1.0.0)", "The e (1.0.0)"], list.ItemNames);
        Assert.Equal(sort, (string)list.Data["self"]!["resourceKey"]!["?sort"]!);
    }

    [Fact]
    public async Task The_First_Page_Links_To_Itself_The_Last_And_The_Five_That_Follow()
    {
        var list = await _app.GetAsync("/api/services/?item-count=3");

        Assert.Equal(
            [
                "collection first page page-1 service /api/services/?item-count=3&sort=service_id",
                "collection last page page-10 service /api/services/?item-count=3&cursor=27&sort=service_id",
                "collection next page page-2 service /api/services/?item-count=3&cursor=3&sort=service_id",
                "collection page page-3 service /api/services/?item-count=3&cursor=6&sort=service_id",
                "collection page page-4 service /api/services/?item-count=3&cursor=9&sort=service_id",
                "collection page page-5 service /api/services/?item-count=3&cursor=12&sort=service_id",
                "collection page page-6 service /api/services/?item-count=3&cursor=15&sort=service_id",
            ],
            Pages(list));
        Assert.Equal(["Service 1", "Service 2", "Service 3"], list.ItemNames);
    }

    [Fact]
    public async Task A_Page_In_The_Middle_Links_To_The_First_Itself_The_Last_And_Five_On_Either_Side()
    {
        var list = await _app.GetAsync("/api/services/?item-count=2&cursor=14");

        Assert.Equal(
            [
                "collection first page page-1 service /api/services/?item-count=2&sort=service_id",
                "collection page page-8 service /api/services/?item-count=2&cursor=14&sort=service_id",
                "collection last page page-15 service /api/services/?item-count=2&cursor=28&sort=service_id",
                "collection page page-3 service /api/services/?item-count=2&cursor=4&sort=service_id",
                "collection page page-4 service /api/services/?item-count=2&cursor=6&sort=service_id",
                "collection page page-5 service /api/services/?item-count=2&cursor=8&sort=service_id",
                "collection page page-6 service /api/services/?item-count=2&cursor=10&sort=service_id",
                "collection page page-7 prev service /api/services/?item-count=2&cursor=12&sort=service_id",
                "collection next page page-9 service /api/services/?item-count=2&cursor=16&sort=service_id",
                "collection page page-10 service /api/services/?item-count=2&cursor=18&sort=service_id",
                "collection page page-11 service /api/services/?item-count=2&cursor=20&sort=service_id",
                "collection page page-12 service /api/services/?item-count=2&cursor=22&sort=service_id",
                "collection page page-13 service /api/services/?item-count=2&cursor=24&sort=service_id",
            ],
            Pages(list));
        Assert.Equal(["Service 15", "Service 16"], list.ItemNames);
        Assert.Equal(8, (int)list.Data["page"]!);
    }

    [Fact]
    public async Task A_Cursor_Inside_A_Page_Makes_The_First_Page_Short_And_Counts_It()
    {
        // Pages begin after the rows 4, 11, 18 and 25; the rows 1 to 4 are the short first page.
        var list = await _app.GetAsync("/api/services/?item-count=7&cursor=18");

        Assert.Equal(
            [
                "collection first page page-1 service /api/services/?item-count=7&sort=service_id",
                "collection page page-4 service /api/services/?item-count=7&cursor=18&sort=service_id",
                "collection last next page page-5 service /api/services/?item-count=7&cursor=25&sort=service_id",
                "collection page page-2 service /api/services/?item-count=7&cursor=4&sort=service_id",
                "collection page page-3 prev service /api/services/?item-count=7&cursor=11&sort=service_id",
            ],
            Pages(list));
        Assert.Equal("Service 19", list.ItemNames[0]);
        Assert.Equal(7, list.ItemNames.Count);
    }

    [Fact]
    public async Task The_Last_Page_Holds_What_Is_Left_And_Has_No_Next()
    {
        var first = await _app.GetAsync("/api/services/?item-count=8");

        var last = await _app.FollowAsync(first, "service", "last");

        Assert.Equal(["Service 25", "Service 26", "Service 27", "Service 28", "Service 29", "Service 30"], last.ItemNames);
        Assert.Equal(4, (int)last.Data["page"]!);
        Assert.Contains("last", Answer.Rels(last.Data["self"]!));
        Assert.Null(last.FindLink("service", "next"));
    }

    [Theory]
    // A row that does not exist, a number that no row can have, nothing, and the last row.
    [InlineData("12345", "cursor=12345&")]
    [InlineData("-1", "cursor=-1&")]
    [InlineData("", "")]
    [InlineData("30", "cursor=30&")]
    public async Task A_Cursor_With_Nothing_Behind_It_Shows_The_First_Page(string cursor, string inSelf)
    {
        var list = await _app.GetAsync($"/api/services/?item-count=3&cursor={cursor}");

        Assert.Equal(["Service 1", "Service 2", "Service 3"], list.ItemNames);
        Assert.Equal(1, (int)list.Data["page"]!);
        Assert.Equal($"{_app.Origin}/api/services/?item-count=3&{inSelf}sort=service_id", list.Self);
        Assert.Equal("collection first page page-1 service /api/services/?item-count=3&sort=service_id", Pages(list)[0]);
    }

    [Fact]
    public async Task A_Cursor_That_No_Longer_Matches_The_Filter_Still_Counts_As_A_Row()
    {
        // With c among them the rows are b, c, d and f; the cursor is row 2 of these, and the page is rows 3 and 4.
        var list = await _app.GetAsync("/api/plugins/?tags=even&item-count=2&cursor=3&sort=name");

        Assert.Equal(["The d (1.0.0)", "The f (1.0.0)"], list.ItemNames);
        Assert.Equal(3, list.CollectionSize);
        Assert.Equal(
            [
                "collection first page page-1 prev plugin /api/plugins/?item-count=2&sort=name&tags=even",
                "collection last page page-2 plugin /api/plugins/?item-count=2&cursor=3&sort=name&tags=even",
            ],
            Pages(list));
    }

    [Fact]
    public async Task A_Descending_Sort_Turns_The_Pages_Around()
    {
        var list = await _app.GetAsync("/api/services/?item-count=4&sort=-service_id&cursor=23");

        Assert.Equal(["Service 22", "Service 21", "Service 20", "Service 19"], list.ItemNames);
        Assert.Equal(
            "collection next page page-4 service /api/services/?item-count=4&cursor=19&sort=-service_id",
            Answer.OutlineOf(list.FindLink("service", "next")));
    }

    [Fact]
    public async Task A_Blank_Sort_Is_By_Id_And_Is_Not_Repeated()
    {
        var list = await _app.GetAsync("/api/plugins/?sort=&item-count=2");

        Assert.Equal(["The a (1.0.0)", "The b (1.0.0)"], list.ItemNames);
        Assert.Equal($"{_app.Origin}/api/plugins/?item-count=2", list.Self);
    }

    [Theory]
    [InlineData("/api/services/?item-count=1", 30)]
    [InlineData("/api/services/?item-count=7", 30)]
    [InlineData("/api/services/?item-count=15&sort=-id", 30)]
    [InlineData("/api/services/?item-count=29&sort=-service_id,id", 30)]
    [InlineData("/api/services/", 30)]
    // All plugins have the same version: only the id makes an order of them.
    [InlineData("/api/plugins/?item-count=1&sort=version", 6)]
    [InlineData("/api/plugins/?item-count=4&sort=-version", 6)]
    [InlineData("/api/plugins/?item-count=2&tags=!even", 3)]
    [InlineData("/api/plugins/?item-count=2&version=%3E%3D1", 6)]
    public async Task Following_Next_From_The_First_Page_Meets_Every_Item_Once(string url, int count)
    {
        var page = await _app.GetAsync(url);
        var met = new List<string>(page.ItemNames);
        var numbers = new List<int> { (int)page.Data["page"]! };

        while (page.FindLink((string)page.Data["self"]!["resourceType"]!, "next") is { } next)
        {
            page = await _app.GetAsync((string)next["href"]!);
            met.AddRange(page.ItemNames);
            numbers.Add((int)page.Data["page"]!);
            Assert.Equal(count, page.CollectionSize);
        }

        Assert.Equal(count, met.Count);
        Assert.Equal(count, met.Distinct().Count());
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(25)]
    public async Task Every_Page_Names_Itself_As_The_Links_To_It_Do(int itemCount)
    {
        var page = await _app.GetAsync($"/api/services/?item-count={itemCount}");

        while (page.FindLink("service", "next") is { } next)
        {
            page = await _app.GetAsync((string)next["href"]!);
            Assert.Equal((string)next["href"]!, page.Self);
            Assert.Contains($"page-{page.Data["page"]}", Answer.Rels(next));
        }

        Assert.Contains("last", Answer.Rels(page.Data["self"]!));
    }

    private static List<string> Pages(Answer list) =>
        [.. list.Outline.Where(l => l.Contains("page", StringComparison.Ordinal))];
}
