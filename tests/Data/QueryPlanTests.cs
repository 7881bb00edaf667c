using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Data;

/// <summary>How SQLite carries out the queries behind the lists. The statements are those that the registry runs.</summary>
public sealed class QueryPlanTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Theory]
    [InlineData("seeds/?item-count=26")]
    [InlineData("seeds/?sort=url")]
    [InlineData("seeds/?sort=-id")]
    [InlineData("services/")]
    [InlineData("services/?sort=-service_id")]
    [InlineData("services/?sort=id")]
    [InlineData("env/")]
    [InlineData("plugins/")]
    [InlineData("plugins/?sort=id")]
    [InlineData("plugins/?version=%3E%3D1.0")]
    [InlineData("plugins/?tags=!a")]
    public async Task A_List_In_Its_Order_Is_Read_From_An_Index_Without_Sorting(string path)
    {
        var plan = await PlanAsync(path);

        Assert.DoesNotContain(plan, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plugins/?sort=name")]
    [InlineData("plugins/?sort=version")]
    [InlineData("plugins/?sort=-version")]
    [InlineData("plugins/?sort=-name,version")]
    public async Task Another_Order_Sorts_Only_Rows_That_Are_Equal(string path)
    {
        var plan = await PlanAsync(path);

        Assert.DoesNotContain("USE TEMP B-TREE FOR ORDER BY", plan);
        Assert.Contains(plan, step => step.StartsWith("SCAN plugin USING COVERING INDEX", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("plugins/?name=a")]
    [InlineData("plugins/?name=a&version=1.0")]
    [InlineData("plugins/?name=a&version=%3E%3D1.0")]
    [InlineData("plugins/?version=1.0")]
    [InlineData("plugins/?url=http://a.test/")]
    [InlineData("plugins/?type=processing")]
    [InlineData("services/?service-id=a")]
    [InlineData("env/?name=a")]
    public async Task A_Filter_By_A_Column_Reads_Only_What_Matches_And_In_Order(string path)
    {
        var plan = await PlanAsync(path);

        Assert.StartsWith("SEARCH", Assert.Single(plan), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plugins/?plugin-id=1,2,3")]
    [InlineData("plugins/?tags=a,b")]
    [InlineData("plugins/?tags=a,!b")]
    [InlineData("plugins/?input-data-type=a/b")]
    [InlineData("plugins/?input-data-type=a/b&input-content-type=c/d")]
    [InlineData("plugins/?input-content-type=c/d")]
    [InlineData("plugins/?template-tab=1")]
    [InlineData("plugins/?last-available-period=60")]
    public async Task A_Filter_By_What_Belongs_To_A_Plugin_Reads_No_Other_Plugin(string path)
    {
        var plan = await PlanAsync(path);

        // Ids that are asked for are read from the question.
        Assert.DoesNotContain(plan, step => step.StartsWith("SCAN", StringComparison.Ordinal) && !step.StartsWith("SCAN json_each", StringComparison.Ordinal));
        Assert.Contains("SEARCH plugin USING INTEGER PRIMARY KEY (rowid=?)", plan);
    }

    [Fact]
    public async Task A_Further_Page_Of_A_List_Reads_Its_Own_Rows_Only()
    {
        await using var filled = new RegistryApp();
        var seed = await filled.AddSeedAsync("http://runner.test");
        await filled.StoreAsync(seed, [.. Enumerable.Range(0, 20).Select(i => PluginDocument.Stored($"p{i:00}"))]);
        var first = await filled.GetAsync("/api/plugins/?item-count=2");

        var statements = await SqlTrace.OfAsync(filled, () => filled.FollowAsync(first, "plugin", "last"));

        var select = Assert.Single(statements, s => s.StartsWith("SELECT", StringComparison.Ordinal));
        Assert.Equal(
            ["SEARCH plugin USING INTEGER PRIMARY KEY (rowid=?)", "LIST SUBQUERY 1", "SCAN json_each VIRTUAL TABLE INDEX 1:"],
            TestDatabase.Plan(filled.DatabasePath, select));
    }

    private async Task<IReadOnlyList<string>> PlanAsync(string path)
    {
        Answer? answer = null;
        var statements = await SqlTrace.OfAsync(app, async () => answer = await app.GetAsync("/api/" + path));

        Assert.Equal(200, answer!.Code);
        return TestDatabase.Plan(app.DatabasePath, statements.First(s => s.StartsWith("SELECT", StringComparison.Ordinal)));
    }
}
