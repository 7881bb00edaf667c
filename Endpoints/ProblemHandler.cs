using Microsoft.AspNetCore.Diagnostics;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints;

/// <summary>
/// Turns what went wrong under way into a problem: 503 where the database cannot be used, the status of the framework for
/// requests that could not be read. Anything else is a bug of ours, which the framework logs and answers.
/// </summary>
public sealed class ProblemHandler(TimeProvider time, ILogger<ProblemHandler> logger) : IExceptionHandler
{
    private readonly LogPace _pace = new(time);

    /// <inheritdoc />
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        IResult? problem = exception switch
        {
            _ when DatabaseFailures.IsUnavailable(exception) => Problems.DatabaseUnavailable(),
            BadHttpRequestException bad => Problems.UnreadableRequest(bad.StatusCode),
            _ => null,
        };
        if (problem is null)
            return false;
        if (exception is not BadHttpRequestException && _pace.IsDue())
            logger.LogError("The database cannot be used: {Reason}", exception.Message);
        await problem.ExecuteAsync(httpContext);
        return true;
    }
}
