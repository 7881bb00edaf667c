using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>create-db, drop-db and preload-db, as people run them.</summary>
public sealed class DatabaseCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly string _path;

    public DatabaseCommandTests() => _path = _folder.File("registry.db");

    [Fact]
    public async Task Create_Db_Makes_The_Database_And_Does_Nothing_The_Second_Time()
    {
        var first = await RunAsync("create-db");
        TestDatabase.Execute(_path, "INSERT INTO env (name, value) VALUES ('KEPT', '1')");
        var second = await RunAsync("create-db");

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Contains(_path, Assert.Single(first.OutputLines), StringComparison.Ordinal);
        Assert.Contains($"version {DatabaseMigrator.CurrentVersion}", first.Output, StringComparison.Ordinal);
        Assert.Equal("", first.Errors + second.Errors);
        Assert.Equal(DatabaseMigrator.CurrentVersion, TestDatabase.Query<int>(_path, "PRAGMA user_version"));
        Assert.Equal("KEPT", TestDatabase.Query<string>(_path, "SELECT name FROM env"));
    }

    [Fact]
    public async Task Create_Db_Refuses_A_File_Of_Another_Program_In_One_Line()
    {
        TestDatabase.Execute(_path, "CREATE TABLE customer (id INTEGER)");

        var end = await RunAsync("create-db");

        Assert.Equal(1, end.Code);
        Assert.Contains("another program", Assert.Single(end.ErrorLines), StringComparison.Ordinal);
        Assert.Equal("", end.Output);
    }

    [Theory]
    [InlineData("y\n", false)]
    [InlineData("Yes\n", false)]
    [InlineData("n\n", true)]
    [InlineData("", true)]
    public async Task Drop_Db_Asks_Before_It_Deletes(string answer, bool isKept)
    {
        TestDatabase.Execute(_path, "CREATE TABLE seed (id INTEGER)");

        var end = await RunAsync("drop-db", answer);

        Assert.Contains($"{_path} with everything in it? [y/N]", end.Output, StringComparison.Ordinal);
        Assert.Equal(isKept, File.Exists(_path));
        Assert.Equal(isKept, end.Output.Contains("Nothing was deleted", StringComparison.Ordinal));
        Assert.Equal(isKept, end.Code != 0);
        Assert.Equal("", end.Errors);
    }

    [Fact]
    public async Task Drop_Db_With_Yes_Does_Not_Ask_And_Takes_The_Log_Along()
    {
        TestDatabase.Execute(_path, "CREATE TABLE seed (id INTEGER)");
        foreach (var suffix in (string[])["-wal", "-shm"])
            await File.WriteAllTextAsync(_path + suffix, "left behind", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_folder.File("other.db"), "not ours", TestContext.Current.CancellationToken);

        var end = await RunAsync("drop-db", "", "--yes");

        Assert.Equal(0, end.Code);
        Assert.DoesNotContain("?", end.Output, StringComparison.Ordinal);
        Assert.Contains($"Deleted the database {_path}", end.Output, StringComparison.Ordinal);
        Assert.Equal([_folder.File("other.db")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Drop_Db_Without_A_Database_Says_So_And_Makes_None()
    {
        var end = await RunAsync("drop-db");

        Assert.Contains($"There is no database {_path}", end.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Preload_Db_Says_What_It_Did_And_Changes_Nothing_The_Second_Time()
    {
        await File.WriteAllTextAsync(
            _folder.File("template.json"), """{"name": "T", "description": "", "tags": [], "tabs": []}""", TestContext.Current.CancellationToken);

        var first = await PreloadAsync();
        var content = Content();
        var second = await PreloadAsync();

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Equal("Set 2 environment variables; added 2 seeds, 1 services and 1 UI templates.\n", first.Output);
        Assert.Contains("added 0 seeds, 0 services and 0 UI templates", second.Output, StringComparison.Ordinal);
        Assert.Equal("A=1 B=2|http://a.test http://b.test|s|T", content);
        Assert.Equal(content, Content());
    }

    [Fact]
    public async Task Preload_Db_Says_What_It_Left_Out_And_Why()
    {
        using var program = new RegistryProgram(_folder, "preload-db")
            .With("PRECONFIGURED_SERVICES", """[{"serviceId": "incomplete"}]""").With("UI_TEMPLATE_PATHS", _folder.File("nowhere.json"));

        var end = await program.RunAsync();

        Assert.Contains("incomplete", end.Output + end.Errors, StringComparison.Ordinal);
        Assert.Contains("nowhere.json", end.Output + end.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Command_Stops_At_A_Value_That_Cannot_Be_Understood_With_Its_Line()
    {
        using var program = new RegistryProgram(_folder, "create-db", "--RECOMMENDATION_LIMIT=all").With("PLUGIN_BATCH_SIZE", "0");

        var end = await program.RunAsync();

        Assert.Equal(1, end.Code);
        Assert.Equal(["PLUGIN_BATCH_SIZE", "RECOMMENDATION_LIMIT"], end.ErrorLines.Select(l => l.Split(':')[0]));
        Assert.False(File.Exists(_path));
    }

    [Fact]
    public async Task A_Variable_Among_The_Words_Of_A_Command_Counts()
    {
        var after = await RunAsync("create-db", "", "--SQLALCHEMY_DATABASE_URI=sqlite:///after.db");

        Assert.Equal(0, after.Code);
        Assert.Equal([_folder.File("after.db")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_Command_Is_Carried_Out_Also_Where_A_Variable_Stands_Before_It()
    {
        // For the server that must not start.
        using var program = new RegistryProgram(_folder, "--SQLALCHEMY_DATABASE_URI=sqlite:///before.db", "create-db")
            .With("ASPNETCORE_URLS", "http://127.0.0.1:0");

        var end = await program.RunAsync();

        Assert.Equal(0, end.Code);
        Assert.Contains(_folder.File("before.db"), Assert.Single(end.OutputLines), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ProgramEnd> RunAsync(string word, string typed = "", params string[] more)
    {
        using var program = new RegistryProgram(_folder, [word, .. more]).Typing(typed);
        return await program.RunAsync();
    }

    private async Task<ProgramEnd> PreloadAsync()
    {
        using var program = new RegistryProgram(_folder, "preload-db")
            .With("QHANA_ENV_A", "1").With("QHANA_ENV_B", "2")
            .With("INITIAL_PLUGIN_SEEDS", "http://a.test\nhttp://b.test")
            .With("PRECONFIGURED_SERVICES", """[{"serviceId": "s", "url": "http://s.test"}]""")
            .With("UI_TEMPLATE_PATHS", "template.json");
        return await program.RunAsync();
    }

    private string Content() => TestDatabase.Query<string>(_path, """
        SELECT (SELECT group_concat(name || '=' || value, ' ') FROM (SELECT * FROM env ORDER BY name))
            || '|' || (SELECT group_concat(url, ' ') FROM (SELECT * FROM seed ORDER BY id))
            || '|' || (SELECT group_concat(service_id, ' ') FROM service)
            || '|' || (SELECT group_concat(name, ' ') FROM ui_template)
        """);
}
