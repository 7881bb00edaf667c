using Microsoft.AspNetCore.Diagnostics;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints;

/// <summary>
/// Turns what went wrong under way into a problem: 503 where the database cannot be used, the status of the framework for
/// requests that could not be read. Anything else is a bug of ours, which the framework logs and answers.
/// </summary>
public sealed class ProblemHandler(TimeProvider time, ILogger<ProblemHandler> logger) : IExceptionHandler
{
    private static readonly TimeSpan LogPace = TimeSpan.FromMinutes(1);

    private long _lastLogged;

    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        IResult? problem = exception switch
        {
            _ when Database.IsUnavailable(exception) => Problems.DatabaseUnavailable(),
            BadHttpRequestException bad => Problems.UnreadableRequest(bad.StatusCode),
            _ => null,
        };
        if (problem is null)
            return false;
        if (exception is not BadHttpRequestException)
            LogOnce(exception);
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    /// <summary>A full disk fails every write; one line in a while says it as well as thousands.</summary>
    private void LogOnce(Exception exception)
    {
        var now = time.GetTimestamp();
        var last = Interlocked.Read(ref _lastLogged);
        if ((last == 0 || time.GetElapsedTime(last, now) > LogPace) && Interlocked.CompareExchange(ref _lastLogged, now, last) == last)
            logger.LogError("The database cannot be used: {Reason}", exception.Message);
    }
}
