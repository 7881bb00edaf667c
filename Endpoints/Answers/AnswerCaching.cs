using Microsoft.AspNetCore.Http.Features;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints.Answers;

/// <summary>What a request takes along to where its answer is made, so that the answer can be kept.</summary>
/// <param name="Key">What is asked.</param>
/// <param name="Before">The revisions from before anything was read.</param>
public sealed record AnswerTicket(AnswerKey Key, RevisionSnapshot Before);

/// <summary>Answers from the cache, ahead of everything else that a request goes through.</summary>
public static class AnswerCaching
{
    /// <summary>Answers GET and HEAD from the cache, where the answer is kept.</summary>
    public static void UseAnswerCache(this WebApplication app)
    {
        var cache = app.Services.GetRequiredService<AnswerCache>();
        var revisions = app.Services.GetRequiredService<Revisions>();
        app.Use(next => context =>
        {
            var request = context.Request;
            if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
                return next(context);
            // Servers other than Kestrel need not tell the request line.
            var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw
                ? raw
                : $"{request.Path}{request.QueryString}";
            var key = new AnswerKey(request.Scheme, request.Host.Value ?? "", request.PathBase.Value ?? "", target);
            if (cache.Find(key) is { } answer)
                return answer.WriteAsync(context);
            context.Features.Set(new AnswerTicket(key, revisions.Snapshot()));
            return next(context);
        });
    }
}
