using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Benchmarks.Load;

namespace Qhana.Registry.Benchmarks.Servers;

/// <summary>
/// What the registry is compared with: Kestrel with nothing on it but a table of ready answers. PUT adds an answer to the
/// table, GET sends it.
/// </summary>
public static class BareKestrel
{
    /// <summary>The argument that makes this program such a server.</summary>
    public const string Command = "--serve-bare";

    /// <summary>Serves until the process is ended.</summary>
    public static async Task<int> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var app = builder.Build();
        var answers = new ConcurrentDictionary<string, ReadyAnswer> { ["/api/"] = new("application/json", "{}"u8.ToArray()) };
        app.Run(context => AnswerAsync(context, answers));
        await app.RunAsync();
        return 0;
    }

    /// <summary>Starts a bare server that answers as a registry does.</summary>
    public static async Task<ServerProcess> StartCopyAsync(Bench bench, ServerProcess registry, IEnumerable<Subject> subjects)
    {
        var bare = await bench.StartSelfAsync(Command);
        try
        {
            foreach (var subject in subjects)
                await CopyAsync(registry, bare, subject);
            return bare;
        }
        catch
        {
            await bare.DisposeAsync();
            throw;
        }
    }

    private sealed record ReadyAnswer(string ContentType, byte[] Body);

    private static Task AnswerAsync(HttpContext context, ConcurrentDictionary<string, ReadyAnswer> answers)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        if (HttpMethods.IsPut(context.Request.Method))
            return LearnAsync(context, target, answers);
        var response = context.Response;
        if (!answers.TryGetValue(target, out var answer))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;
        return response.BodyWriter.WriteAsync(answer.Body).AsTask();
    }

    private static async Task LearnAsync(HttpContext context, string target, ConcurrentDictionary<string, ReadyAnswer> answers)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        answers[target] = new ReadyAnswer(context.Request.ContentType!, body.ToArray());
    }

    private static async Task CopyAsync(ServerProcess registry, ServerProcess bare, Subject subject)
    {
        // Compressed bodies stay so: what counts is the bytes.
        using var http = new HttpClient();
        foreach (var target in subject.Targets)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(registry.Origin, target));
            foreach (var (name, value) in subject.Headers)
                request.Headers.TryAddWithoutValidation(name, value);
            using var answer = (await http.SendAsync(request)).EnsureSuccessStatusCode();
            var body = new ByteArrayContent(await answer.Content.ReadAsByteArrayAsync());
            body.Headers.ContentType = answer.Content.Headers.ContentType;
            using var learned = (await http.PutAsync(new Uri(bare.Origin, target), body)).EnsureSuccessStatusCode();
        }
    }
}
