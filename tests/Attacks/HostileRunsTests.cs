using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Attacks;

/// <summary>A hostile runner that is visited for months costs no more memory than a small container has.</summary>
public sealed class HostileRunsTests : IDisposable
{
    private const int Runs = 100;

    // What .NET takes as the heap's limit in a container of 256 MiB. One answer of 3 MiB that is kept in each run is more.
    private const string HeapLimit = "C000000";
    private const long MostMemory = 256 << 20;

    private static readonly byte[] Blank = Encoding.ASCII.GetBytes(new string(' ', 64 << 10));

    private readonly TestFolder _folder = new();
    private int _run;

    [Fact]
    public async Task A_Container_Of_256_Mebibytes_Is_Enough_For_A_Hundred_Runs()
    {
        await using var runner = await FakeRunner.StartAsync();
        IsHostile(runner);
        using var registry = RegistryProcess.Start(_folder.Path, ("DOTNET_GCHeapHardLimit", HeapLimit));
        using var client = new HttpClient { BaseAddress = new Uri(await registry.OriginAsync()) };

        for (_run = 1; _run <= Runs; _run++)
            await DiscoverAsync(client, runner.Url);

        Assert.True(registry.IsAlive);
        Assert.InRange(MemoryOf(registry.Id), 0, MostMemory);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Large, deep, many, broken and endless answers, and a plugin that is another one in each run.</summary>
    private void IsHostile(FakeRunner runner)
    {
        var large = PluginDocument.Of("large", change: p =>
        {
            p["description"] = new string('x', 100_000);
            p["ignored"] = new string('y', 3 << 20);
        }).ToJsonString();
        runner.Serves("/large", large);
        runner.Serves("/deep", new string('[', 1 << 20));
        runner.Serves("/nested", """{"name": """ + string.Concat(Enumerable.Repeat("""{"a": """, 60)) + "1" + new string('}', 61));
        runner.Serves("/junk", $$"""{"plugins": [{{string.Join(',', Enumerable.Range(0, 5000).Select(i => $$"""{"apiRoot": {{i}}, "name": "{{i}}"}"""))}}]}""");
        runner.Serves("/long", PluginDocument.Of("long", change: p => p["entryPoint"]!["dataInput"] =
            new JsonArray(PluginDocument.Data(new string('p', 4_000_000), "a/b"))).ToJsonString());
        runner.Serves("/wide", PluginDocument.Of("wide", change: p => p["entryPoint"]!["dataInput"] =
            new JsonArray(PluginDocument.Data("p", "a/b", [.. Enumerable.Repeat("", 1_000_000)]))).ToJsonString());
        runner.Serves("/packed", context =>
        {
            context.Response.Headers.ContentEncoding = "br";
            return context.Response.WriteAsync("not brotli at all", context.RequestAborted);
        });
        runner.Serves("/endless", EndlessAsync);
        runner.Serves("/broken", BrokenAsync);
        runner.Serves("/changing", context => context.Response.WriteAsync(PluginDocument.Of($"changing-{_run}", change: p => p["tags"] = new JsonArray($"tag-{_run}")).ToJsonString()));
        string[] paths = ["/large", "/deep", "/nested", "/junk", "/long", "/wide", "/packed", "/endless", "/broken", "/changing"];
        for (var i = 0; i < 60; i++)
            paths = [.. paths, $"/nobody/{i}"];
        // One list has thousands of entries, most of them the same.
        runner.Serves("/plugins", context => context.Response.WriteAsync(new JsonObject
        {
            ["plugins"] = new JsonArray([.. Enumerable.Range(0, 5000).Select(i => new JsonObject { ["apiRoot"] = $"{runner.Url}{paths[i % paths.Length]}?run={_run}" })]),
        }.ToJsonString()));
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(Blank, context.RequestAborted);
    }

    private static async Task BrokenAsync(HttpContext context)
    {
        context.Response.ContentLength = 1 << 20;
        await context.Response.Body.WriteAsync(Blank, context.RequestAborted);
        context.Abort();
    }

    /// <summary>Adds the runner as a seed, waits for the outcome of its discovery, and deletes it with all that was found.</summary>
    private static async Task DiscoverAsync(HttpClient client, string url)
    {
        using var added = await client.PostAsJsonAsync("/api/seeds/", new { url }, TestContext.Current.CancellationToken);
        var seed = JsonNode.Parse(await added.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        var status = await Eventually.IsAsync(
            async () => JsonNode.Parse(await client.GetStringAsync("/api/discovery/", TestContext.Current.CancellationToken))!["data"]!["seeds"]![0]!,
            s => s["outcome"] is not null);
        // Two plugins are found and the others are told of, in each run.
        Assert.True((string)status["outcome"]! == "partial" && (int)status["found"]! == 2, status.ToJsonString());
        using var deleted = await client.DeleteAsync((string)seed["data"]!["new"]!["href"]!, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)deleted.StatusCode);
    }

    /// <summary>Memory of the process that is not files.</summary>
    private static long MemoryOf(int process)
    {
        if (!File.Exists($"/proc/{process}/status"))
            return System.Diagnostics.Process.GetProcessById(process).PrivateMemorySize64;
        var line = File.ReadLines($"/proc/{process}/status").Single(l => l.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }
}
