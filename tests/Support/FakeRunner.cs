using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Qhana.Registry.Tests.Support;

/// <summary>
/// A plugin runner on a loopback port. It lists its plugins at <c>/plugins/</c> and, like the real one, sends whoever
/// forgets the slash there. Any path can be given another answer; what has none is answered with 404.
/// </summary>
public sealed class FakeRunner : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RequestDelegate> _answers = [];
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly List<(string ApiRoot, JsonObject? Document)> _plugins = [];
    private readonly WebApplication _server;

    private FakeRunner(WebApplication server) => _server = server;

    /// <summary>The address, without a slash at the end.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The paths that were asked for, in the order in which they came.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    /// <summary>Starts a runner without plugins.</summary>
    public static async Task<FakeRunner> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var runner = new FakeRunner(builder.Build());
        runner._server.Run(runner.AnswerAsync);
        await runner._server.StartAsync();
        runner.Url = runner._server.Urls.First();
        return runner.Serves("/", """{"title": "QHAna plugin runner api"}""");
    }

    /// <summary>Adds plugins to the list, each at a path made of its name and version.</summary>
    public FakeRunner Offers(params ReadOnlySpan<JsonObject> plugins)
    {
        foreach (var plugin in plugins)
            OffersAt(PluginDocument.Path(plugin), plugin);
        return this;
    }

    /// <summary>Adds a plugin to the list, at a path of its own.</summary>
    public FakeRunner OffersAt(string path, JsonObject plugin)
    {
        Remember(Url + path, plugin);
        return Serves(path, plugin.ToJsonString());
    }

    /// <summary>Adds entries to the list; what is there is not said.</summary>
    public FakeRunner Lists(params ReadOnlySpan<string> apiRoots)
    {
        foreach (var apiRoot in apiRoots)
            Remember(apiRoot, null);
        return this;
    }

    /// <summary>Takes a plugin off the list and answers 404 at its path.</summary>
    public FakeRunner Withdraws(string path)
    {
        lock (_plugins)
            _plugins.RemoveAll(p => p.ApiRoot == Url + path);
        _answers.TryRemove(path, out _);
        return this;
    }

    /// <summary>Answers a path with a text.</summary>
    public FakeRunner Serves(string path, string text, string contentType = "application/json") => Serves(path, context =>
    {
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(text, context.RequestAborted);
    });

    /// <summary>Answers a path in any way.</summary>
    public FakeRunner Serves(string path, RequestDelegate answer)
    {
        _answers[path] = answer;
        return this;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private void Remember(string apiRoot, JsonObject? document)
    {
        lock (_plugins)
        {
            _plugins.RemoveAll(p => p.ApiRoot == apiRoot);
            _plugins.Add((apiRoot, document));
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        _requests.Enqueue(path);
        if (_answers.TryGetValue(path, out var answer))
            return answer(context);
        switch (path)
        {
            case "/plugins":
                context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
                context.Response.Headers.Location = "/plugins/";
                return Task.CompletedTask;
            case "/plugins/":
                context.Response.ContentType = "application/json";
                return context.Response.WriteAsync(List().ToJsonString(), context.RequestAborted);
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private JsonObject List()
    {
        lock (_plugins)
        {
            return new JsonObject
            {
                ["plugins"] = new JsonArray([.. _plugins.Select(p => new JsonObject
                {
                    ["name"] = p.Document?["name"]?.DeepClone() ?? "unknown",
                    ["version"] = p.Document?["version"]?.DeepClone() ?? "v0",
                    ["apiRoot"] = p.ApiRoot,
                })]),
            };
        }
    }
}
