using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Attacks;

/// <summary>Whatever runners send, discovery ends, the API goes on, and honest plugins among them are found.</summary>
public sealed class RunnerFuzzTests : IAsyncLifetime
{
    private const int Plugins = 1800;
    private const int Lists = 200;
    private const int HonestEach = 10;

    private static readonly string[] ContentTypes = ["application/json", "application/json; charset=utf-16", "text/html", "image/png", "nonsense"];

    private readonly RegistryApp _app = new();
    private FakeRunner _runner = null!;

    public async ValueTask InitializeAsync() => _runner = await FakeRunner.StartAsync();

    /// <summary>Plugins one by one in a list, and whole runners as seeds, half of which lead to plugins.</summary>
    [Theory]
    [InlineData(20260102)]
    public async Task No_Document_However_Odd_Costs_More_Than_Itself(int seed)
    {
        var odd = new OddValues(seed);
        var honest = ServePlugins(odd).Concat(await ServeListsAsync(odd)).ToList();
        using var stop = new CancellationTokenSource();
        var watching = WatchAsync(stop.Token);

        await _app.DiscoverAsync();

        await stop.CancelAsync();
        Assert.InRange(await watching, 1, int.MaxValue);
        var stored = await ReadAllAsync(seed);
        Assert.Empty(honest.Except(stored));
        // The generator did what it is for: much was refused, and some of what was spoilt was taken.
        Assert.InRange(stored.Count - honest.Count, 100, Plugins);
        Assert.DoesNotContain(_app.Log.All, l => l.Level >= LogLevel.Error);
        // Once more, with everything known.
        await _app.DiscoverAsync();
        Assert.Equal(stored.Order(StringComparer.Ordinal), (await ReadAllAsync(seed)).Order(StringComparer.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _runner.DisposeAsync();
    }

    /// <summary>Serves spoilt documents in the list of one runner, an honest one after every tenth, and returns those.</summary>
    private List<string> ServePlugins(OddValues odd)
    {
        var honest = new List<string>();
        for (var i = 0; i < Plugins; i++)
        {
            var path = $"/spoilt/{i}";
            Serve(path, odd, Spoil(PluginDocument.Of($"spoilt-{i}", $"1.0.{i}", AddEverything), odd));
            _runner.Lists(_runner.Url + path);
            if (i % HonestEach == 0)
            {
                honest.Add($"honest-{i}");
                _runner.Offers(PluginDocument.Of($"honest-{i}", change: AddEverything));
            }
        }

        return honest;
    }

    /// <summary>Serves spoilt lists, each at a seed of its own and each with an honest plugin, where it can be read at all.</summary>
    private async Task<List<string>> ServeListsAsync(OddValues odd)
    {
        await _app.AddSeedAsync(_runner.Url);
        var honest = new List<string>();
        for (var i = 0; i < Lists; i++)
        {
            var plugin = PluginDocument.Of($"listed-{i}");
            _runner.Serves($"/list/{i}/plugin", plugin.ToJsonString()).Serves($"/list/{i}", "{}");
            var entry = $$"""{"name": "listed", "version": "1", "apiRoot": "{{_runner.Url}}/list/{{i}}/plugin"}""";
            if (i % 2 == 0)
            {
                // Only the other entries are spoilt, so the plugin has to be found.
                _runner.Serves($"/list/{i}/plugins", $$"""{"plugins": [{{Entry(odd)}}, {{entry}}, {{Entry(odd)}}]}""");
                honest.Add($"listed-{i}");
            }
            else
            {
                Serve($"/list/{i}/plugins", odd, odd.Garble($$"""{"plugins": [{{entry}}, {{odd.Token()}}], "a": {{odd.Token()}}}"""));
            }

            await _app.AddSeedAsync($"{_runner.Url}/list/{i}");
        }

        return honest;
    }

    private string Entry(OddValues odd) => odd.Below(4) switch
    {
        0 => odd.Of("null", "1", "\"a\"", "[]", "{}", "[[{}]]"),
        1 => """{"apiRoot": "\ud800"}""",
        2 => $$"""{"apiRoot": {{odd.Of("null", "17", "{}", "\"\"", "\"/\"", "\"http://[::1\"", "\"..\"", "\"ftp://127.0.0.1/\"")}}, "name": []}""",
        _ => $$"""{"apiRoot": "{{_runner.Url}}/spoilt/{{odd.Below(Plugins)}}"}""",
    };

    private void Serve(string path, OddValues odd, byte[] body)
    {
        var contentType = odd.Percent(80) ? "application/json" : odd.Of(ContentTypes);
        var status = odd.Percent(99) ? 200 : odd.Of(204, 404, 410, 451);
        _runner.Serves(path, context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            return status == 204 ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
        });
    }

    /// <summary>Puts something else into one to three places of a document, and perhaps garbles what comes of it.</summary>
    private static byte[] Spoil(JsonObject plugin, OddValues odd)
    {
        const string marker = "\"here goes something else\"";
        var json = plugin.ToJsonString();
        for (var times = odd.Of(1, 1, 2, 3); times > 0; times--)
        {
            var document = TryParse(json);
            if (document is null)
                break;
            var places = Places(document).ToList();
            var (parent, key) = odd.Of(places);
            if (odd.Percent(15) && parent is JsonObject holder)
                holder.Remove(key);
            else
                Put(parent, key, JsonNode.Parse(marker));
            json = document.ToJsonString().Replace(marker, odd.Token(), StringComparison.Ordinal);
        }

        return odd.Garble(json);
    }

    private static JsonObject? TryParse(string json)
    {
        try
        {
            var document = JsonNode.Parse(json) as JsonObject;
            // Reads all of it: names that are no text, or that come twice, are found late.
            return document is null || document.ToJsonString().Length == 0 ? null : document;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<(JsonNode Parent, string Key)> Places(JsonNode? node) => node switch
    {
        JsonObject fields => fields.SelectMany(f => Places(f.Value).Prepend(((JsonNode)fields, f.Key))),
        JsonArray items => items.SelectMany((item, i) => Places(item).Prepend(((JsonNode)items, $"{i}"))),
        _ => [],
    };

    private static void Put(JsonNode parent, string key, JsonNode? value)
    {
        if (parent is JsonArray items)
            items[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] = value;
        else
            parent[key] = value;
    }

    private static void AddEverything(JsonObject plugin) => plugin["entryPoint"]!["pluginDependencies"] = new JsonArray(
        new JsonObject { ["parameter"] = "by", ["required"] = true, ["name"] = "mapper", ["version"] = ">=1", ["tags"] = new JsonArray("!old") });

    /// <summary>Uses the API until the end, and says how often.</summary>
    private async Task<int> WatchAsync(CancellationToken ended)
    {
        string[] paths =
            ["/api/plugins/?item-count=100&sort=-id", "/api/discovery/?item-count=100", "/api/recommendations/?data-type=entity/list", "/health", "/api/plugins/?tags=test&version=>=1"];
        var times = 0;
        for (; !ended.IsCancellationRequested; times++)
        {
            foreach (var path in paths)
            {
                var answer = await _app.GetAsync(path);
                Assert.True(answer.Code == 200 && answer.Json is JsonObject, $"{path}: {answer.Code} {answer.Text}");
            }
        }

        return times;
    }

    /// <summary>Reads all plugins, in lists and one by one, and returns their identifiers.</summary>
    private async Task<List<string>> ReadAllAsync(int seed)
    {
        var identifiers = new List<string>();
        var page = await _app.GetAsync("/api/plugins/?item-count=100");
        while (true)
        {
            foreach (var item in page.Data["items"]!.AsArray())
            {
                var href = (string)item!["href"]!;
                var plugin = await _app.GetAsync(href);
                Assert.True(plugin.Code == 200, $"Seed {seed}: {href} is {plugin.Code}: {plugin.Text}");
                identifiers.Add((string)plugin.Data["identifier"]!);
            }

            Assert.Equal(page.Data["items"]!.AsArray().Count, page.Embedded.Count);
            if (page.FindLink("plugin", "next") is not { } next)
                break;
            page = await _app.GetAsync((string)next["href"]!);
        }

        Assert.Equal(page.CollectionSize, identifiers.Count);
        return identifiers;
    }
}
