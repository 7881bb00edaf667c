using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>The example database of the repository is one that this program could have made.</summary>
public sealed class ExampleDatabaseTests : IDisposable
{
    private const string SchemaSql = "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name";

    private readonly TestFolder _folder = new();
    private readonly string _copy;

    public ExampleDatabaseTests()
    {
        _copy = _folder.File("registry.db");
        File.Copy(Repository.File("registry.db.example"), _copy);
    }

    [Fact]
    public void It_Is_Whole_And_At_The_Current_Version()
    {
        Assert.Equal(DatabaseMigrator.CurrentVersion, TestDatabase.Query<int>(_copy, "PRAGMA user_version"));
        Assert.Equal("ok", TestDatabase.Query<string>(_copy, "PRAGMA integrity_check"));
        Assert.Empty(TestDatabase.QueryAll<string>(_copy, "PRAGMA foreign_key_check"));
        Assert.Equal("wal", TestDatabase.Query<string>(_copy, "PRAGMA journal_mode"));
        Assert.False(File.Exists(Repository.File("registry.db.example-wal")), "The write-ahead log is not part of the file.");
    }

    [Fact]
    public async Task Its_Schema_Is_That_Of_A_New_Database()
    {
        await using var fresh = new RegistryApp();
        _ = fresh.Client;

        var schema = TestDatabase.QueryAll<string>(_copy, SchemaSql);

        Assert.NotEmpty(schema);
        Assert.Equal(TestDatabase.QueryAll<string>(fresh.DatabasePath, SchemaSql), schema);
    }

    [Fact]
    public async Task A_Registry_Started_On_It_Serves_Its_57_Plugins()
    {
        await using var app = new RegistryApp().UseDatabase(_copy);

        var plugins = await app.GetAsync("/api/plugins/?item-count=100");

        Assert.Equal(57, plugins.CollectionSize);
        Assert.Equal(57, plugins.ItemNames.Distinct().Count());
        Assert.Equal(1, (await app.GetAsync("/api/plugins/?name=hello-world")).CollectionSize);
        var seed = Assert.Single((await app.GetAsync("/api/seeds/")).ItemNames);
        Assert.Equal("http://localhost:5005", seed);
        Assert.Equal((200, 57), ((await app.GetAsync("/health")).Code, (int)(await app.GetAsync("/health")).Json["plugins"]!));
        foreach (var item in plugins.Data["items"]!.AsArray())
            Assert.Equal(200, (await app.GetAsync((string)item!["href"]!)).Code);
        Assert.DoesNotContain(app.Log.All, l => l.Text.Contains("schema version", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
