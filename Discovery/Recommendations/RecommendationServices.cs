using System.Reflection;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>What recommendations are made of.</summary>
public static class RecommendationServices
{
    /// <summary>Adds the voting, and every recommender that is there.</summary>
    public static IServiceCollection AddRecommendations(this IServiceCollection services, RecommendationOptions options)
    {
        services.AddSingleton(options);
        services.AddTransient<ContextGatherer>();
        services.AddSingleton<Voting>();
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(IsRecommender))
            services.AddSingleton(typeof(IRecommender), type);
        services.AddHttpClient<BackendClient>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                UseCookies = false,
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }

    private static bool IsRecommender(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IRecommender));
}
