using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Attacks;

/// <summary>Many writers and readers at once: nothing acknowledged is lost, and nobody reads what cannot be.</summary>
public sealed class ConcurrencyTests : IDisposable
{
    private const int Writers = 64;
    private const int Readers = 64;
    // Each does so much at least, however slow the machine is.
    private const int LeastRounds = 5;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    private readonly TestFolder _folder = new();

    // Templates only become more; services come, change and go, each in the hands of one writer.
    private readonly ConcurrentDictionary<string, bool> _templates = [];
    private readonly ConcurrentDictionary<string, string> _services = [];
    private readonly ConcurrentDictionary<string, bool> _deleted = [];
    private readonly Stopwatch _clock = new();
    private int _templateCount;

    [Fact]
    public async Task What_Was_Acknowledged_Is_There_For_Every_Reader_At_Once_And_For_Ever()
    {
        using var registry = RegistryProcess.Start(_folder.Path);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(await registry.OriginAsync()) };
        _clock.Start();

        await Task.WhenAll([
            .. Enumerable.Range(0, Writers).Select(w => w % 2 == 0 ? AddTemplatesAsync(client, w) : ChangeServicesAsync(client, w)),
            .. Enumerable.Range(0, Readers).Select(r => ReadAsync(client, r))]);

        Assert.Equal(_templates.Keys.Order(StringComparer.Ordinal), (await NamesAsync(client, "/api/templates/")).Order(StringComparer.Ordinal));
        Assert.Equal(_services.Keys.Order(StringComparer.Ordinal), (await NamesAsync(client, "/api/services/")).Order(StringComparer.Ordinal));
        await EachServiceIsAsItsWriterLeftItAsync(client);
    }

    /// <summary>One writer alone: no later write can cover up an answer that was kept too early.</summary>
    [Fact]
    public async Task A_Write_Shows_In_The_Next_Answer_However_Many_Ask_Meanwhile()
    {
        const string list = "/api/templates/?item-count=1";
        using var registry = RegistryProcess.Start(_folder.Path);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(await registry.OriginAsync()) };
        using var end = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 8).Select(_ => AskAsync()).ToList();

        for (var count = 1; count <= 500; count++)
        {
            await SendAsync(client, HttpMethod.Post, "/api/templates/", TemplateRequests.Template($"{count}"));
            Assert.Equal(count, (int)(await GetAsync(client, list))["data"]!["collectionSize"]!);
        }

        await end.CancelAsync();
        await Task.WhenAll(readers);

        async Task AskAsync()
        {
            while (!end.IsCancellationRequested)
                await GetAsync(client, list);
        }
    }

    public void Dispose() => _folder.Dispose();

    private bool GoesOn(int round) => round < LeastRounds || _clock.Elapsed < Duration;

    private async Task AddTemplatesAsync(HttpClient client, int writer)
    {
        for (var i = 0; GoesOn(i); i++)
        {
            var name = $"{writer}-{i}";
            await SendAsync(client, HttpMethod.Post, "/api/templates/", TemplateRequests.Template(name));
            _templates[name] = true;
            Interlocked.Increment(ref _templateCount);
        }
    }

    /// <summary>Adds a service, changes it, reads it back each time, and deletes every second one.</summary>
    private async Task ChangeServicesAsync(HttpClient client, int writer)
    {
        for (var i = 0; GoesOn(i); i++)
        {
            var id = $"{writer}-{i}";
            await SendAsync(client, HttpMethod.Post, "/api/services/", Service(id, "first"));
            Assert.Equal("first", await DescriptionAsync(client, id));
            await SendAsync(client, HttpMethod.Put, $"/api/services/{id}/", Service(id, "second"));
            Assert.Equal("second", await DescriptionAsync(client, id));
            if (i % 2 == 0)
            {
                await SendAsync(client, HttpMethod.Delete, $"/api/services/{id}/", null);
                Assert.Null(await DescriptionAsync(client, id));
                _deleted[id] = true;
            }
            else
            {
                _services[id] = "second";
            }
        }
    }

    private async Task ReadAsync(HttpClient client, int reader)
    {
        string[] templates = ["/api/templates/", "/api/templates/?item-count=3", "/api/templates/?item-count=100&sort=-id", $"/api/templates/?item-count={reader + 1}"];
        string[] others = ["/api/services/?item-count=100", "/api/services/?sort=-id", "/api/", "/health", "/api/plugins/", "/api/discovery/"];
        for (var i = reader; GoesOn(i - reader); i++)
        {
            var known = Volatile.Read(ref _templateCount);
            var list = await GetAsync(client, templates[i % templates.Length]);
            Assert.InRange((int)list["data"]!["collectionSize"]!, known, int.MaxValue);
            IsWhole(list);
            var other = await GetAsync(client, others[i % others.Length]);
            if (other["data"]?["items"] is not null)
                IsWhole(other);
        }
    }

    /// <summary>Each item of a list has the answer that it points to embedded, in the same order.</summary>
    private static void IsWhole(JsonNode list) => Assert.Equal(
        list["data"]!["items"]!.AsArray().Select(i => (string)i!["href"]!),
        (list["embedded"]?.AsArray() ?? []).Select(e => (string)e!["data"]!["self"]!["href"]!));

    private async Task EachServiceIsAsItsWriterLeftItAsync(HttpClient client)
    {
        foreach (var (id, description) in _services)
            Assert.Equal(description, await DescriptionAsync(client, id));
        foreach (var id in _deleted.Keys)
            Assert.Null(await DescriptionAsync(client, id));
    }

    /// <summary>The names of all items, page by page.</summary>
    private static async Task<List<string>> NamesAsync(HttpClient client, string path)
    {
        var names = new List<string>();
        for (var next = path + "?item-count=100"; next is not null;)
        {
            var page = await GetAsync(client, next);
            names.AddRange(page["embedded"]!.AsArray().Select(e => (string)(e!["data"]!["serviceId"] ?? e["data"]!["name"])!));
            next = (string?)page["links"]!.AsArray().FirstOrDefault(l => l!["rel"]!.AsArray().Any(r => (string)r! == "next"))?["href"];
        }

        return names;
    }

    /// <summary>The description of a service; null where there is no such service.</summary>
    private static async Task<string?> DescriptionAsync(HttpClient client, string id)
    {
        using var response = await client.GetAsync($"/api/services/{id}/", TestContext.Current.CancellationToken);
        if ((int)response.StatusCode == 404)
            return null;
        Assert.Equal(200, (int)response.StatusCode);
        return (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["data"]!["description"];
    }

    private static JsonObject Service(string id, string description) => new()
    {
        ["serviceId"] = id,
        ["name"] = id,
        ["description"] = description,
        ["url"] = "http://127.0.0.1:9/",
    };

    private static async Task<JsonNode> GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == 200, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task SendAsync(HttpClient client, HttpMethod method, string path, JsonNode? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == 200, $"{method} {path}: {(int)response.StatusCode}");
    }
}
