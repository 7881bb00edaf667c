using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Benchmarks.Seeding;
using Qhana.Registry.Data;

namespace Qhana.Registry.Benchmarks.Runners;

/// <summary>
/// Plugin runners in this process, each on a loopback port of its own, that say what they have as the real ones do. A
/// discovery makes two requests to a runner, and one for each plugin.
/// </summary>
public sealed class FakeRunners : IAsyncDisposable
{
    private static readonly byte[] Root = """{"title": "QHAna plugin runner api"}"""u8.ToArray();

    private readonly WebApplication _server;
    private readonly PluginVariety _plugins;
    private readonly int _pluginsEach;
    private readonly Dictionary<int, int> _runnersByPort = [];
    private readonly byte[][] _documents;
    private volatile TaskCompletionSource _open = new();
    private long _requests;
    private long _first;

    private FakeRunners(WebApplication server, PluginVariety plugins, int count, int pluginsEach)
    {
        _server = server;
        _plugins = plugins;
        _pluginsEach = pluginsEach;
        _documents = [.. Enumerable.Range(0, count * pluginsEach).Select(n => Document(plugins.At(n)))];
        _open.SetResult();
    }

    /// <summary>The addresses, which are the seeds.</summary>
    public IReadOnlyList<string> Urls { get; private set; } = [];

    /// <summary>The same as INITIAL_PLUGIN_SEEDS.</summary>
    public string Seeds => string.Join('\n', Urls);

    /// <summary>How long an answer takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>Whether plugins are described otherwise each time.</summary>
    public bool IsFickle { get; set; }

    /// <summary>Which runners never answer, by number from 0.</summary>
    public Func<int, bool> Hangs { get; set; } = static _ => false;

    /// <summary>How many requests came since the last <see cref="Forget"/>.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>How long ago the first of these requests came.</summary>
    public TimeSpan SinceFirst => Stopwatch.GetElapsedTime(Interlocked.Read(ref _first));

    /// <summary>How many requests the discovery of some runners needs.</summary>
    public int Needed(int runners) => runners * (_pluginsEach + 2);

    /// <summary>Starts runners.</summary>
    public static async Task<FakeRunners> StartAsync(PluginVariety plugins, int count, int pluginsEach)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            for (var i = 0; i < count; i++)
                kestrel.Listen(IPAddress.Loopback, 0);
        });
        var runners = new FakeRunners(builder.Build(), plugins, count, pluginsEach);
        runners._server.Run(runners.AnswerAsync);
        await runners._server.StartAsync();
        runners.Urls = [.. runners._server.Urls];
        foreach (var (number, url) in runners.Urls.Index())
            runners._runnersByPort[new Uri(url).Port] = number;
        return runners;
    }

    /// <summary>Counts requests, and time, from the next one on.</summary>
    public void Forget() => Interlocked.Exchange(ref _requests, 0);

    /// <summary>Answers nothing until <see cref="Resume"/>.</summary>
    public void Pause() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers again, what waits included.</summary>
    public void Resume() => _open.TrySetResult();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Resume();
        // Requests that hang would keep the server for half a minute.
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _server.StopAsync(atOnce.Token);
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _requests) == 1)
            Interlocked.Exchange(ref _first, Stopwatch.GetTimestamp());
        var runner = _runnersByPort[context.Connection.LocalPort];
        var aborted = context.RequestAborted;
        if (Hangs(runner))
            await Task.Delay(Timeout.Infinite, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _open.Task;
        if (Latency > TimeSpan.Zero)
            await Task.Delay(Latency, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (aborted.IsCancellationRequested)
            return;
        var body = Body(context.Request.Path.Value!, runner);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, aborted);
    }

    private byte[] Body(string path, int runner) => path switch
    {
        "/" => Root,
        "/plugins" or "/plugins/" => List(runner),
        _ => Plugin(int.Parse(path.AsSpan()["/plugins/".Length..].TrimEnd('/'), CultureInfo.InvariantCulture)),
    };

    private byte[] List(int runner) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        plugins =
            from number in Enumerable.Range(runner * _pluginsEach, _pluginsEach)
            let plugin = _plugins.At(number)
            select new { name = plugin.Identifier, version = plugin.Version, apiRoot = $"/plugins/{number.ToString(CultureInfo.InvariantCulture)}/" },
    });

    private byte[] Plugin(int number)
    {
        if (!IsFickle)
            return _documents[number];
        var plugin = _plugins.At(number);
        return Document(plugin with { Description = $"{Guid.NewGuid()} {plugin.Description}" });
    }

    private static byte[] Document(Plugin plugin) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        name = plugin.Identifier,
        plugin.Version,
        plugin.Title,
        plugin.Description,
        plugin.Type,
        plugin.Tags,
        plugin.EntryPoint,
    }, JsonSerializerOptions.Web);
}
