using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Attacks;

/// <summary>SIGTERM, as containers are stopped with, in the middle of everything.</summary>
public sealed class ShutdownTests : IDisposable
{
    private const int Writers = 16;
    private const int Readers = 16;
    private const int Rounds = 3;
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(10);

    private readonly TestFolder _folder = new();
    private readonly ConcurrentDictionary<string, bool> _acknowledged = [];
    private int _reads;

    [Fact]
    public async Task A_Registry_That_Is_Told_To_Stop_Under_Load_Ends_Well_And_Loses_Nothing()
    {
        await using var runner = await FakeRunner.StartAsync();
        HasManySlowPlugins(runner);

        for (var round = 0; round < Rounds; round++)
        {
            var path = _folder.File($"registry-{round}.db");
            _acknowledged.Clear();
            _reads = 0;
            var visited = runner.Requests.Count;
            using var registry = RegistryProcess.Start(
                _folder.Path, ("SQLALCHEMY_DATABASE_URI", $"sqlite:///{path}"), ("PLUGIN_DISCOVERY_INTERVAL", "3600"), ("INITIAL_PLUGIN_SEEDS", runner.Url));
            using var client = new HttpClient { BaseAddress = new Uri(await registry.OriginAsync()) };
            Task[] clients = [
                .. Enumerable.Range(0, Writers).Select(w => WriteAsync(client, w)),
                .. Enumerable.Range(0, Readers).Select(_ => ReadAsync(client))];
            // All are at it: every writer, the readers, and discovery, which has plugins for half a minute.
            await Eventually.IsAsync(
                () => Task.FromResult((Written: _acknowledged.Count, Read: _reads, Visited: runner.Requests.Count - visited)),
                s => s is { Written: > 100, Read: > 100, Visited: > 20 });

            var (exit, duration) = await registry.TerminateAsync();

            await Task.WhenAll(clients);
            Assert.True(exit.Code == 0, $"Exit code {exit.Code}: {string.Join('\n', [.. exit.Output, .. exit.Errors])}");
            Assert.InRange(duration, TimeSpan.Zero, InTime);
            Assert.DoesNotContain(exit.Output, l => l.Contains(" fail:", StringComparison.Ordinal) || l.Contains(" crit:", StringComparison.Ordinal));
            Assert.Empty(exit.Errors);
            IsWhole(path);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void HasManySlowPlugins(FakeRunner runner)
    {
        for (var i = 0; i < 4000; i++)
        {
            var plugin = PluginDocument.Of($"p{i}");
            var text = plugin.ToJsonString();
            runner.Offers(plugin).Serves(PluginDocument.Path(plugin), async context =>
            {
                await Task.Delay(50, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                await context.Response.WriteAsync(text);
            });
        }
    }

    private Task WriteAsync(HttpClient client, int writer) => RepeatAsync(async i =>
    {
        var id = $"{writer}-{i}";
        using var response = await client.PostAsJsonAsync("/api/services/", new { serviceId = id, name = id, description = new string('x', 500), url = "" });
        Assert.Equal(200, (int)response.StatusCode);
        _acknowledged[id] = true;
    });

    private Task ReadAsync(HttpClient client) => RepeatAsync(async i =>
    {
        using var response = await client.GetAsync(i % 2 == 0 ? "/api/services/?item-count=100" : "/api/plugins/?item-count=100");
        Assert.Equal(200, (int)response.StatusCode);
        Interlocked.Increment(ref _reads);
    });

    /// <summary>Goes on until there is nobody to ask.</summary>
    private static async Task RepeatAsync(Func<int, Task> request)
    {
        try
        {
            for (var i = 0; ; i++)
                await request(i);
        }
        catch (HttpRequestException)
        {
            // The registry has stopped.
        }
    }

    private void IsWhole(string path)
    {
        Assert.Equal("ok", TestDatabase.Query<string>(path, "PRAGMA integrity_check"));
        Assert.Empty(TestDatabase.QueryAll<string>(path, "PRAGMA foreign_key_check"));
        Assert.Empty(_acknowledged.Keys.Except(TestDatabase.QueryAll<string>(path, "SELECT service_id FROM service")));
    }
}
