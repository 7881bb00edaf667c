using System.Text.Json.Serialization;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery;
using Qhana.Registry.Endpoints.Answers;

namespace Qhana.Registry.Endpoints;

/// <summary>Whether the registry can do its work: for containers and those who watch over them.</summary>
public static class HealthEndpoints
{
    /// <summary>Maps <c>/health</c> (503 where the database fails) and <c>/health/live</c> (the process answers).</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").ExcludeFromDescription();
        group.MapMethods("/", ReadMethods.GetAndHead, GetHealthAsync);
        group.MapMethods("/live", ReadMethods.GetAndHead, () => TypedResults.Json(new Liveness("ok"), HealthJson.Default.Liveness, Answer.ContentType));
    }

    private static async Task<IResult> GetHealthAsync(
        Database database, PluginRepository plugins, SeedOutcomeRepository outcomes, DiscoveryClock clock)
    {
        try
        {
            await database.CheckAsync();
            // Reads go on where writes do not, and another process would fare no better: told, but no reason to fail.
            var (status, data) = database.TakesWrites ? ("ok", "ok") : ("degraded", "not-writable");
            var health = new Health(
                status, data, await plugins.CountAsync(), await outcomes.CountFailingAsync(), clock.LastRun, clock.NextRun);
            return TypedResults.Json(health, HealthJson.Default.Health, Answer.ContentType);
        }
        catch (Exception e) when (DatabaseFailures.IsUnavailable(e))
        {
            return TypedResults.Json(
                new Health("failing", "failing", null, null, clock.LastRun, clock.NextRun), HealthJson.Default.Health,
                Answer.ContentType, StatusCodes.Status503ServiceUnavailable);
        }
    }
}

/// <summary>That the process answers.</summary>
public sealed record Liveness(string Status);

/// <summary>How the registry is.</summary>
/// <param name="Status">ok, degraded or failing.</param>
/// <param name="Database">ok, not-writable from a write that failed until one that did not, or failing.</param>
/// <param name="Plugins">How many plugins are known; null where the database fails.</param>
/// <param name="FailingSeeds">How many seeds gave no plugin at their last discovery; told, but no reason to fail.</param>
/// <param name="LastDiscovery">When the last run began; null before the first.</param>
/// <param name="NextDiscovery">When the next planned run begins; null for never.</param>
public sealed record Health(
    string Status, string Database, int? Plugins, int? FailingSeeds, DateTimeOffset? LastDiscovery, DateTimeOffset? NextDiscovery);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(Liveness))]
internal sealed partial class HealthJson : JsonSerializerContext;
