using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Data;

/// <summary>Kills the registry (SIGKILL) while it writes, again and again, and looks at what is left of its file.</summary>
public sealed class DurabilityTests : IDisposable
{
    private const int Rounds = 20;

    private readonly TestFolder _folder = new();
    private readonly string _path;
    private readonly Random _random = new(20240501);

    public DurabilityTests() => _path = _folder.File("registry.db");

    [Fact]
    public async Task What_Was_Acknowledged_Survives_A_Kill_At_Any_Moment()
    {
        await using var runner = await FakeRunner.StartAsync();
        RenamesItsPluginsAllTheTime(runner);
        var acknowledged = new Acknowledged();

        for (var round = 1; round <= Rounds; round++)
        {
            using var registry = Start();
            using var client = new HttpClient { BaseAddress = new Uri(await registry.OriginAsync()) };
            if (round == 1)
                await client.PostAsJsonAsync("/api/seeds/", new { url = runner.Url }, TestContext.Current.CancellationToken);
            Task[] writers = [WriteSeedsAsync(client, acknowledged, round), WriteServicesAsync(client, acknowledged, round), WriteEnvAsync(client, acknowledged, round)];
            // However slow the machine is: something of each kind was acknowledged in every round.
            await Eventually.IsAsync(() => Task.FromResult(acknowledged.Rounds), rounds => rounds >= round);
            await Task.Delay(_random.Next(0, 300), TestContext.Current.CancellationToken);
            await registry.KillAsync();
            await Task.WhenAll(writers);
            IsWhole(round, acknowledged);
        }

        // The rounds did what they are for: writes of every kind were under way, those of discovery too.
        Assert.Equal(Rounds, acknowledged.Rounds);
        Assert.NotEqual("The p0", TestDatabase.Query<string>(_path, "SELECT title FROM plugin WHERE identifier = 'p0'"));
    }

    [Fact]
    public async Task A_Registry_That_Was_Killed_While_It_Made_Its_File_Starts_Again()
    {
        for (var round = 1; round <= 5; round++)
        {
            using var killed = Start();
            await Task.Delay(_random.Next(100, 600), TestContext.Current.CancellationToken);
            await killed.KillAsync();
        }

        using var registry = Start();
        using var client = new HttpClient { BaseAddress = new Uri(await registry.OriginAsync()) };

        var set = await client.PostAsJsonAsync("/api/env/", new { name = "A", value = "1" }, TestContext.Current.CancellationToken);

        Assert.True(set.IsSuccessStatusCode);
        Assert.Equal("ok", TestDatabase.Query<string>(_path, "PRAGMA integrity_check"));
    }

    public void Dispose() => _folder.Dispose();

    // Discovery begins with the start, so that it is under way when the kill comes.
    private RegistryProcess Start() => RegistryProcess.Start(
        _folder.Path, ("SQLALCHEMY_DATABASE_URI", $"sqlite:///{_path}"), ("PLUGIN_DISCOVERY_INTERVAL", "5"));

    private static void RenamesItsPluginsAllTheTime(FakeRunner runner)
    {
        var times = 0;
        for (var i = 0; i < 30; i++)
        {
            var plugin = PluginDocument.Of($"p{i}");
            runner.Offers(plugin);
            runner.Serves(PluginDocument.Path(plugin), context =>
            {
                var renamed = plugin.DeepClone();
                renamed["title"] = $"Number {Interlocked.Increment(ref times)}";
                return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(renamed.ToJsonString())).AsTask();
            });
        }
    }

    private static Task WriteSeedsAsync(HttpClient client, Acknowledged acknowledged, int round) => RepeatAsync(async i =>
    {
        var url = $"http://127.0.0.1:9/{round}/{i}";
        await AcknowledgeAsync(client.PostAsJsonAsync("/api/seeds/", new { url }));
        acknowledged.Seeds.Add(url);
        acknowledged.Note("seed", round);
        // Each is crawled; some are enough.
        await Task.Delay(5);
    });

    private static Task WriteServicesAsync(HttpClient client, Acknowledged acknowledged, int round) => RepeatAsync(async i =>
    {
        var id = $"{round}-{i}";
        await AcknowledgeAsync(client.PostAsJsonAsync("/api/services/", new { serviceId = id, name = id, description = new string('x', 2000), url = "" }));
        acknowledged.Services.Add(id);
        acknowledged.Note("service", round);
    });

    private static Task WriteEnvAsync(HttpClient client, Acknowledged acknowledged, int round) => RepeatAsync(async i =>
    {
        await AcknowledgeAsync(client.PostAsJsonAsync("/api/env/", new { name = $"ROUND_{round}_{i % 7}", value = "" }));
        await AcknowledgeAsync(client.PostAsJsonAsync("/api/env/", new { name = "COUNTER", value = $"{acknowledged.Counter + 1}" }));
        acknowledged.Counter++;
        acknowledged.Variables.Add($"ROUND_{round}_{i % 7}");
        acknowledged.Note("env", round);
    });

    /// <summary>Writes on and on, until there is nobody to write to.</summary>
    private static async Task RepeatAsync(Func<int, Task> write)
    {
        try
        {
            for (var i = 0; ; i++)
                await write(i);
        }
        catch (HttpRequestException)
        {
            // The registry was killed.
        }
    }

    private static async Task AcknowledgeAsync(Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        Assert.Equal(200, (int)response.StatusCode);
    }

    /// <summary>Looks at a copy of the file and its log, so that the next start has to recover by itself.</summary>
    private void IsWhole(int round, Acknowledged acknowledged)
    {
        var copy = _folder.File($"copy-{round}.db");
        File.Copy(_path, copy);
        if (File.Exists(_path + "-wal"))
            File.Copy(_path + "-wal", copy + "-wal");

        Assert.Equal("ok", TestDatabase.Query<string>(copy, "PRAGMA integrity_check"));
        Assert.Empty(TestDatabase.QueryAll<string>(copy, "PRAGMA foreign_key_check"));
        Assert.Empty(acknowledged.Seeds.Except(TestDatabase.QueryAll<string>(copy, "SELECT url FROM seed")));
        Assert.Empty(acknowledged.Services.Except(TestDatabase.QueryAll<string>(copy, "SELECT service_id FROM service")));
        Assert.Empty(acknowledged.Variables.Except(TestDatabase.QueryAll<string>(copy, "SELECT name FROM env")));
        // One more may have been written than could be acknowledged; never one less.
        var counter = TestDatabase.Query<int>(copy, "SELECT coalesce(max(value + 0), 0) FROM env WHERE name = 'COUNTER'");
        Assert.InRange(counter, acknowledged.Counter, acknowledged.Counter + 1);
    }

    private sealed class Acknowledged
    {
        private static readonly string[] Kinds = ["seed", "service", "env"];

        private readonly ConcurrentDictionary<(string Kind, int Round), bool> _seen = [];

        /// <summary>In how many rounds there was an acknowledged write of every kind.</summary>
        public int Rounds => Kinds.Min(kind => _seen.Keys.Count(k => k.Kind == kind));

        public void Note(string kind, int round) => _seen[(kind, round)] = true;

        public HashSet<string> Seeds { get; } = [];
        public HashSet<string> Services { get; } = [];
        public HashSet<string> Variables { get; } = [];
        public int Counter { get; set; }
    }
}
