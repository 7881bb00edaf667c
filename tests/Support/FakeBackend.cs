using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Qhana.Registry.Tests.Support;

/// <summary>A QHAna backend on a loopback port. It answers 404 to everything that it was not told.</summary>
public sealed class FakeBackend : IAsyncDisposable
{
    private readonly FakeRunner _server;

    private FakeBackend(FakeRunner server) => _server = server;

    /// <summary>The address, without a slash at the end.</summary>
    public string Url => _server.Url;

    /// <summary>The paths that were asked for, in the order in which they came.</summary>
    public IReadOnlyList<string> Requests => _server.Requests;

    /// <summary>Starts a backend without experiments.</summary>
    public static async Task<FakeBackend> StartAsync() => new(await FakeRunner.StartAsync());

    /// <summary>Answers what data an experiment has.</summary>
    public FakeBackend HasData(long experiment, string json) => Answers(DataPath(experiment), json);

    /// <summary>Answers how a step of an experiment went.</summary>
    public FakeBackend HasStep(long experiment, long step, string json) => Answers(StepPath(experiment, step), json);

    /// <summary>Answers a path with a text.</summary>
    public FakeBackend Answers(string path, string text, int status = 200, string contentType = "application/json") =>
        Answers(path, context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            return context.Response.WriteAsync(text, context.RequestAborted);
        });

    /// <summary>Answers a path in any way.</summary>
    public FakeBackend Answers(string path, RequestDelegate answer)
    {
        _server.Serves(path, answer);
        return this;
    }

    /// <summary>Where the backend tells of an experiment's data.</summary>
    public static string DataPath(long experiment) =>
        string.Create(CultureInfo.InvariantCulture, $"/experiments/{experiment}/data-summary");

    /// <summary>Where the backend tells of a step.</summary>
    public static string StepPath(long experiment, long step) =>
        string.Create(CultureInfo.InvariantCulture, $"/experiments/{experiment}/timeline/{step}");

    /// <summary>Never answers, and gives up with the client.</summary>
    public static Task HangAsync(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
