using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Attacks;

/// <summary>A database that the registry may read but not write: it serves what is there, and says what it cannot do.</summary>
public sealed class ReadOnlyFileTests : IAsyncLifetime
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Writable = Readable | UnixFileMode.UserWrite;
    private const UnixFileMode Enterable = UnixFileMode.UserExecute;

    private readonly TestFolder _folder = new();
    private readonly string _data;
    private readonly string _file;
    private FakeRunner _runner = null!;

    public ReadOnlyFileTests()
    {
        _data = _folder.File("data #%20");
        _file = Path.Combine(_data, "registry.db");
    }

    public async ValueTask InitializeAsync()
    {
        _runner = await FakeRunner.StartAsync();
        _runner.Offers(PluginDocument.Of("a"), PluginDocument.Of("b"));
        Directory.CreateDirectory(_data);
        using var registry = RegistryProcess.Start(_folder.Path, [.. Settings, ("INITIAL_PLUGIN_SEEDS", _runner.Url)]);
        using var client = new HttpClient { BaseAddress = new Uri(await registry.OriginAsync()) };
        await Eventually.EqualsAsync(2, () => CountAsync(client));
        Assert.Equal(0, (await registry.TerminateAsync()).Exit.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_Is_Served_And_Written_Again_When_It_May_Be(bool isFolderToo)
    {
        Protect(Readable, isFolderToo ? Readable | Enterable : Writable | Enterable);
        using var registry = Start(("QHANA_ENV_LATER", "1"), ("PLUGIN_PURGE_INTERVAL", "5"));
        using var client = new HttpClient { BaseAddress = new Uri(await registry.OriginAsync()) };

        Assert.Single(registry.Said, l => l.Contains(" warn:", StringComparison.Ordinal) && l.Contains("can only be read", StringComparison.Ordinal));
        Assert.Equal(2, await CountAsync(client));
        Assert.Equal("degraded not-writable", await HealthAsync(client));
        using (var refused = await SetAsync(client))
        {
            Assert.Equal(503, (int)refused.StatusCode);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.ToString());
        }

        // Discovery tries and tries again, each time with a line; the purge waits for a run that could ask everybody.
        await Eventually.IsAsync(() => Task.FromResult(Warnings(registry, "Discovery of")), count => count >= 2);
        Assert.Equal(0, Warnings(registry, "The purge"));
        Assert.Equal(2, await CountAsync(client));
        Assert.DoesNotContain(registry.Said, l => l.StartsWith("   at ", StringComparison.Ordinal));

        Protect(Writable, Writable | Enterable);

        await Eventually.EqualsAsync(200, async () =>
        {
            using var set = await SetAsync(client);
            return (int)set.StatusCode;
        });
        Assert.Equal("ok ok", await HealthAsync(client));
        using (var read = await client.GetAsync("/api/env/A/", TestContext.Current.CancellationToken))
            Assert.Equal(200, (int)read.StatusCode);
        Assert.Equal(0, (await registry.TerminateAsync()).Exit.Code);
        Assert.Equal(1, TestDatabase.Query<int>(_file, "SELECT COUNT(*) FROM env WHERE name = 'A'"));
    }

    [Fact]
    public async Task What_Cannot_Be_Read_Either_Ends_The_Start_With_A_Line()
    {
        Protect(UnixFileMode.None, Writable | Enterable);
        using var registry = Start();

        var exit = await registry.ExitAsync();

        Assert.Equal((1, 0), (exit.Code, exit.Output.Count));
        Assert.StartsWith($"The database {_file} cannot be used: ", Assert.Single(exit.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Log_That_Cannot_Be_Read_In_A_Folder_That_Is_Read_Only_Is_Not_Passed_Over()
    {
        // Whoever was killed leaves a log; without it the file is older than what was acknowledged.
        await File.WriteAllBytesAsync(_file + "-wal", new byte[32], TestContext.Current.CancellationToken);
        Protect(Readable, Readable | Enterable);
        using var registry = Start();

        var exit = await registry.ExitAsync();

        Assert.Equal(1, exit.Code);
        Assert.StartsWith($"The database {_file} cannot be used: ", Assert.Single(exit.Errors), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        Protect(Writable, Writable | Enterable);
        await _runner.DisposeAsync();
        _folder.Dispose();
    }

    private IEnumerable<(string, string)> Settings => [("SQLALCHEMY_DATABASE_URI", $"sqlite:///{_file}"), ("PLUGIN_DISCOVERY_INTERVAL", "5")];

    private RegistryProcess Start(params (string, string)[] settings)
    {
        Assert.SkipWhen(Unix.BoundByRights is null, "Root may do everything here, and cannot lay that down.");
        return RegistryProcess.StartBy(Unix.BoundByRights!, _folder.Path, [.. Settings, .. settings]);
    }

    private void Protect(UnixFileMode file, UnixFileMode folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        // First the folder opens and then the files, or they could not be seen. SQLite makes a log with the mode of its file.
        File.SetUnixFileMode(_data, Writable | Enterable);
        foreach (var path in Directory.GetFiles(_data))
            File.SetUnixFileMode(path, file);
        File.SetUnixFileMode(_data, folder);
    }

    private static int Warnings(RegistryProcess registry, string about) =>
        registry.Said.Count(l => l.Contains(" warn:", StringComparison.Ordinal) && l.Contains(about, StringComparison.Ordinal));

    private static Task<HttpResponseMessage> SetAsync(HttpClient client) =>
        client.PostAsJsonAsync("/api/env/", new { name = "A", value = "1" }, TestContext.Current.CancellationToken);

    private static async Task<int> CountAsync(HttpClient client) => (int)(await JsonAsync(client, "/api/plugins/"))["data"]!["collectionSize"]!;

    private static async Task<string> HealthAsync(HttpClient client) =>
        await JsonAsync(client, "/health") is var health ? $"{health["status"]} {health["database"]}" : "";

    private static async Task<JsonNode> JsonAsync(HttpClient client, string path) =>
        JsonNode.Parse(await client.GetStringAsync(path, TestContext.Current.CancellationToken))!;
}
