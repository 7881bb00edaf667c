using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace Qhana.Registry.Discovery;

/// <summary>What discovery is made of.</summary>
public static class DiscoveryServices
{
    /// <summary>Adds discovery and purge, with their loops.</summary>
    public static IServiceCollection AddDiscovery(this IServiceCollection services, DiscoveryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<UrlMaps>();
        services.AddSingleton<DiscoveryQueue>();
        services.AddSingleton<DiscoveryClock>();
        services.AddSingleton<DiscoveryMeters>();
        services.AddSingleton<PluginAnnouncements>();
        services.AddTransient<DiscoveryRun>();
        services.AddHostedService<DiscoveryScheduler>();
        services.AddHostedService<PurgeScheduler>();
        services.AddRunnerClient();
        return services;
    }

    private static void AddRunnerClient(this IServiceCollection services)
    {
        var client = services.AddHttpClient<RunnerClient>(http =>
        {
            // The client has its own limits, which differ by what is asked for.
            http.Timeout = Timeout.InfiniteTimeSpan;
            http.DefaultRequestHeaders.UserAgent.ParseAdd("qhana-plugin-registry");
            http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        });
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            // The client follows redirects itself, within its limits.
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = DiscoveryOptions.RequestsPerHost,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
        });
        // Connections age by themselves, so the handler need not be replaced.
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        client.RemoveAllLoggers();
        client.AddResilienceHandler("runner", pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 1,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Constant,
            UseJitter = true,
            ShouldRetryAfterHeader = false,
            ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome switch
            {
                { Exception: HttpRequestException } => true,
                { Result.StatusCode: >= HttpStatusCode.InternalServerError } => true,
                _ => false,
            }),
        }));
    }
}
