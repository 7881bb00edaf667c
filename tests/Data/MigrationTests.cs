using System.Text.Json.Nodes;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Data;

public sealed class MigrationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task A_New_File_Gets_The_Whole_Schema_And_Its_Version()
    {
        await using var app = new RegistryApp();

        Assert.Equal(DatabaseMigrator.CurrentVersion, app.Query<int>("PRAGMA user_version"));
        Assert.Equal("wal", app.Query<string>("PRAGMA journal_mode"));
        Assert.Equal(SchemaOf(await SchemaFileAsync()), SchemaOf(app.DatabasePath));
    }

    [Fact]
    public async Task A_Second_Start_Keeps_The_Data_And_Leaves_The_Schema_Alone()
    {
        var path = _folder.File("kept.db");
        await using (var first = At(path))
            await first.PostAsync("/api/env/", new JsonObject { ["name"] = "KEPT", ["value"] = "1" });
        var schemaVersion = TestDatabase.Query<int>(path, "PRAGMA schema_version");

        await using var second = At(path);
        var variable = await second.GetAsync("/api/env/KEPT/");

        Assert.Equal(200, variable.Code);
        Assert.Equal(schemaVersion, TestDatabase.Query<int>(path, "PRAGMA schema_version"));
        Assert.DoesNotContain(second.Log.All, l => l.Text.Contains("schema version", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_Empty_File_And_A_Folder_That_Is_Not_There_Yet_Are_No_Obstacle()
    {
        await File.WriteAllBytesAsync(_folder.File("empty.db"), [], TestContext.Current.CancellationToken);

        await using var empty = At(_folder.File("empty.db"));
        await using var nested = At(Path.Combine(_folder.File("a"), "b", "nested.db"));

        Assert.Equal(200, (await empty.GetAsync("/api/seeds/")).Code);
        Assert.Equal(200, (await nested.GetAsync("/api/seeds/")).Code);
    }

    [Fact]
    public async Task The_File_Is_Registry_Db_In_The_Working_Folder_Where_Nothing_Else_Is_Said()
    {
        using var registry = RegistryProcess.Start(_folder.Path);

        await registry.OriginAsync();

        Assert.True(File.Exists(_folder.File("registry.db")));
    }

    [Fact]
    public async Task A_File_Of_A_Newer_Program_Is_Refused_And_Stays_As_It_Is()
    {
        var path = _folder.File("newer.db");
        TestDatabase.Execute(path, $"CREATE TABLE seed (id INTEGER); PRAGMA user_version = {DatabaseMigrator.CurrentVersion + 1}");

        var line = await RefusalAsync(path);

        Assert.Contains(path, line, StringComparison.Ordinal);
        Assert.Contains($"version {DatabaseMigrator.CurrentVersion + 1}", line, StringComparison.Ordinal);
        Assert.Equal(DatabaseMigrator.CurrentVersion + 1, TestDatabase.Query<int>(path, "PRAGMA user_version"));
        Assert.Equal("seed", TestDatabase.Query<string>(path, "SELECT group_concat(name) FROM sqlite_master"));
    }

    [Fact]
    public async Task A_File_That_Is_No_Database_Is_Refused_And_Stays_As_It_Is()
    {
        var path = _folder.File("letter.db");
        var text = string.Concat(Enumerable.Repeat("Dear reader, this is no database. ", 50));
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);

        var line = await RefusalAsync(path);

        Assert.Contains(path, line, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_Database_Of_Another_Program_Is_Refused_And_Stays_As_It_Is()
    {
        var path = _folder.File("foreign.db");
        TestDatabase.Execute(path, "CREATE TABLE customer (id INTEGER); INSERT INTO customer VALUES (1)");

        var line = await RefusalAsync(path);

        Assert.Contains(path, line, StringComparison.Ordinal);
        Assert.Equal("customer", TestDatabase.Query<string>(path, "SELECT group_concat(name) FROM sqlite_master"));
    }

    [Fact]
    public async Task A_Path_That_Is_A_Folder_Is_Refused()
    {
        var line = await RefusalAsync(_folder.Path);

        Assert.StartsWith("The database", line, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static RegistryApp At(string path) => new RegistryApp().UseDatabase(path);

    private static List<string> SchemaOf(string path) => [.. TestDatabase.QueryAll<string>(
        path, "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master ORDER BY type, name")];

    /// <summary>Starts the program on a file that it must refuse, and returns the only line that it says.</summary>
    private async Task<string> RefusalAsync(string path)
    {
        using var registry = RegistryProcess.Start(
            _folder.Path, ("SQLALCHEMY_DATABASE_URI", $"sqlite:///{path}"));
        var exit = await registry.ExitAsync();

        Assert.Equal(1, exit.Code);
        return Assert.Single(exit.Errors);
    }

    private async Task<string> SchemaFileAsync()
    {
        var path = _folder.File("expected.db");
        await using var schema = typeof(Program).Assembly.GetManifestResourceStream("schema.sql")!;
        using var reader = new StreamReader(schema);
        TestDatabase.Execute(path, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        return path;
    }
}
