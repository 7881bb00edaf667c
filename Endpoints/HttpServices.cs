using Qhana.Registry.Endpoints.Answers;
using Qhana.Registry.Endpoints.Pages;

namespace Qhana.Registry.Endpoints;

/// <summary>What all endpoints share: problems, CORS, limits, documentation.</summary>
public static class HttpServices
{
    /// <summary>Adds what the endpoints need.</summary>
    public static IServiceCollection AddRegistryHttp(this IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.AddLocalhostProxy();
        services.AddLocalization();
        services.AddSingleton<AnswerCache>();
        services.AddProblemDetails();
        services.AddExceptionHandler<ProblemHandler>();
        // The web UI runs on another port, and may run anywhere.
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod()));
        // Whoever is slower than this to finish is cut off, so that a stop takes less than ten seconds.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        services.Configure<Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.Body;
        });
        services.AddRegistryOpenApi();
        return services;
    }

    /// <summary>What happens to every request before its endpoint, and to every answer after it.</summary>
    public static void UseRegistryHttp(this WebApplication app, ServerOptions options)
    {
        app.UseLocalhostProxy(options);
        app.UseReverseProxies(options);
        app.UseAnswerCache();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        // A problem whatever the client accepts: the framework's own page would be plain text for browsers.
        app.UseStatusCodePages(static context => Problems.Unserved(context.HttpContext).ExecuteAsync(context.HttpContext));
        // Not before the cache, where it would be by itself: what is kept needs no route.
        app.UseRouting();
        app.UseOptionsMethod();
        app.UseCors();
    }

    /// <summary>Maps every endpoint.</summary>
    public static void MapRegistry(this WebApplication app)
    {
        app.MapPages();
        app.MapHealth();
        app.MapApiRoot();
        app.MapPlugins();
        app.MapSeeds();
        app.MapServices();
        app.MapEnv();
        app.MapTemplates();
        app.MapTemplateTabs();
        app.MapRecommendations();
        app.MapDiscovery();
        app.MapDocumentation();
    }
}
