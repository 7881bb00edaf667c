using System.Security.Cryptography;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>discover and purge, as people run them.</summary>
public sealed class DiscoveryCommandTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly string _path;
    private FakeRunner _runner = null!;

    public DiscoveryCommandTests() => _path = _folder.File("registry.db");

    public async ValueTask InitializeAsync()
    {
        _runner = await FakeRunner.StartAsync();
        _runner.Offers(PluginDocument.Of("a"), PluginDocument.Of("b"))
            .Serves("/plugins/bad/", "no JSON").Lists(_runner.Url + "/plugins/bad/");
    }

    [Fact]
    public async Task Discover_Visits_All_Seeds_And_Says_What_It_Came_To()
    {
        await PrepareAsync();

        var first = await RunAsync("discover");
        _runner.Offers(PluginDocument.Of("b", change: p => p["title"] = "New title"), PluginDocument.Of("c"));
        var second = await RunAsync("discover");

        Assert.Equal((0, 0), (first.Code, second.Code));
        Assert.Contains("Found 2 plugins: 2 new, 0 changed. 1 URLs failed.", first.OutputLines);
        Assert.Contains("Found 3 plugins: 1 new, 1 changed. 1 URLs failed.", second.OutputLines);
        var reason = Assert.Single(first.OutputLines, l => l.Contains("/plugins/bad/", StringComparison.Ordinal));
        Assert.Matches("/plugins/bad/: .*JSON", reason);
        Assert.Equal("New title|The a|The c", TestDatabase.Query<string>(_path, "SELECT group_concat(title, '|') FROM (SELECT title FROM plugin ORDER BY title)"));
        // In a pipe there are lines and no bar.
        Assert.DoesNotContain('\r', first.Output);
        Assert.DoesNotContain('[', first.Output);
        Assert.Contains(first.OutputLines, l => l.StartsWith("Visited ", StringComparison.Ordinal));
        Assert.Equal("", first.Errors);
    }

    [Fact]
    public async Task Discover_Visits_One_Url_Below_A_Seed_Only()
    {
        await PrepareAsync();
        var url = _runner.Url + PluginDocument.Path(PluginDocument.Of("a"));

        var end = await RunAsync("discover", url);

        Assert.Equal(0, end.Code);
        Assert.Contains("Found 1 plugins: 1 new", end.Output, StringComparison.Ordinal);
        Assert.Equal("a", TestDatabase.Query<string>(_path, "SELECT group_concat(identifier) FROM plugin"));
    }

    [Fact]
    public async Task Discover_Does_Not_Visit_A_Url_That_Is_Below_No_Seed()
    {
        await PrepareAsync();

        var end = await RunAsync("discover", "http://127.0.0.1:9/elsewhere");

        Assert.NotEqual(0, end.Code);
        Assert.Contains("http://127.0.0.1:9/elsewhere", Assert.Single(end.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(_runner.Requests);
    }

    [Fact]
    public async Task Discover_That_Finds_Nothing_Fails_With_The_Reason()
    {
        await PrepareAsync();
        await _runner.DisposeAsync();

        var end = await RunAsync("discover");

        Assert.NotEqual(0, end.Code);
        Assert.Contains("Found 0 plugins", end.Output, StringComparison.Ordinal);
        Assert.Contains(end.OutputLines, l => l.Contains(_runner.Url + ":", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_Dry_Run_Tells_The_Same_And_Writes_Nothing()
    {
        await PrepareAsync();
        await RunAsync("discover");
        _runner.Offers(PluginDocument.Of("b", change: p => p["title"] = "New title"), PluginDocument.Of("c"));
        _runner.Withdraws(PluginDocument.Path(PluginDocument.Of("a")));
        var before = Files();

        var all = await RunAsync("discover", "--dry-run");
        var announced = await RunAsync("discover", _runner.Url + PluginDocument.Path(PluginDocument.Of("a")), "--dry-run");

        Assert.Equal(0, all.Code);
        Assert.Contains("Nothing was written. Found 2 plugins: 1 new, 1 changed. 1 URLs failed.", all.OutputLines);
        Assert.Contains("404", announced.Output, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        Assert.DoesNotContain('\r', all.Output);
    }

    [Fact]
    public async Task A_Dry_Run_Of_A_Url_Needs_No_Database_And_Makes_None()
    {
        var end = await RunAsync("discover", _runner.Url, "--dry-run");

        Assert.Equal(0, end.Code);
        Assert.Contains("Nothing was written. Found 2 plugins: 2 new", end.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_Dry_Run_Without_Url_And_Database_Says_What_Is_Missing()
    {
        var end = await RunAsync("discover", "--dry-run");

        Assert.NotEqual(0, end.Code);
        Assert.Contains(_path, Assert.Single(end.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("discover")]
    [InlineData("purge")]
    public async Task A_Dry_Run_On_A_File_That_Is_No_Registrys_Says_So_In_One_Line_And_Leaves_It_Alone(string command)
    {
        await File.WriteAllBytesAsync(_path, [], TestContext.Current.CancellationToken);

        var end = await RunAsync(command, "--dry-run");

        Assert.NotEqual(0, end.Code);
        Assert.Contains(_path, Assert.Single(end.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(_path).Length);
    }

    [Fact]
    public async Task Purge_Deletes_What_Was_Gone_For_Too_Long_But_Not_In_A_Dry_Run()
    {
        File.Copy(Repository.File("registry.db.example"), _path);
        TestDatabase.Execute(_path, """
            UPDATE plugin_availability SET last_available = '2020-01-01T00:00:00.0000000Z'
            WHERE plugin_id = (SELECT id FROM plugin WHERE identifier = 'pca')
            """);
        var before = Files();

        var dry = await RunAsync("purge", "--dry-run");
        var untouched = Files();
        var never = await RunAsync("purge", "--PLUGIN_PURGE_AFTER=never");
        var wet = await RunAsync("purge");

        Assert.Equal((0, 0), (dry.Code, wet.Code));
        Assert.StartsWith("Would purge 1 plugins", dry.Output, StringComparison.Ordinal);
        Assert.Equal(before, untouched);
        Assert.Equal("PLUGIN_PURGE_AFTER says that nothing is ever purged.", Assert.Single(never.ErrorLines));
        Assert.StartsWith("Purged 1 plugins", wet.Output, StringComparison.Ordinal);
        Assert.Equal(56, TestDatabase.Query<int>(_path, "SELECT COUNT(*) FROM plugin"));
        Assert.Equal(0, TestDatabase.Query<int>(_path, "SELECT COUNT(*) FROM plugin WHERE identifier = 'pca'"));
    }

    [Fact]
    public async Task A_Dry_Run_Of_The_Purge_Makes_No_Database()
    {
        await RunAsync("purge", "--dry-run");

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Makes a database that knows the runner as its seed.</summary>
    private async Task PrepareAsync()
    {
        await using var schema = typeof(Program).Assembly.GetManifestResourceStream("schema.sql")!;
        using var reader = new StreamReader(schema);
        TestDatabase.Execute(_path, $"""
            PRAGMA journal_mode = WAL;
            {await reader.ReadToEndAsync(TestContext.Current.CancellationToken)};
            INSERT INTO seed (url) VALUES ('{_runner.Url}');
            PRAGMA user_version = {DatabaseMigrator.CurrentVersion};
            """);
    }

    private async Task<ProgramEnd> RunAsync(params string[] words)
    {
        using var program = new RegistryProgram(_folder, words);
        return await program.RunAsync();
    }

    /// <summary>The names and contents of all files.</summary>
    private List<string> Files() =>
    [
        .. Directory.GetFileSystemEntries(_folder.Path).Order(StringComparer.Ordinal)
            .Select(f => $"{f} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}"),
    ];
}
