namespace Qhana.Registry.Endpoints;

/// <summary>Answers OPTIONS (RFC 9110 section 9.3.7), as the original does; preflights of browsers are CORS' business.</summary>
public static class OptionsMethod
{
    /// <summary>Answers 200 with the methods that a path takes in Allow, where it takes any.</summary>
    public static void UseOptionsMethod(this WebApplication app) => app.Use(static (context, next) =>
        HttpMethods.IsOptions(context.Request.Method) ? AnswerAsync(context, next) : next(context));

    private static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        // Routing has found the path, and says which methods would do.
        if (context.Response is not { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed } response)
            return;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentLength = 0;
        response.Headers.Allow = $"{response.Headers.Allow}, {HttpMethods.Options}";
    }
}
