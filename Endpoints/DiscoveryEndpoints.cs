using Qhana.Registry.Data;
using Qhana.Registry.Discovery;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints;

/// <summary>What discovery does and how it went for each seed: our addition to the original.</summary>
public static class DiscoveryEndpoints
{
    /// <summary>Maps <c>/api/discovery/</c>.</summary>
    public static void MapDiscovery(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Routes.Discovery, ReadMethods.GetAndHead, GetDiscovery)
            .WithTags("Discovery")
            .WithName(nameof(GetDiscovery))
            .WithSummary("What discovery does, and how it went for each seed")
            .Produces<ApiResponse<DiscoveryData>>();

    private static async Task<IResult> GetDiscovery(
        Query<DiscoveryQuery> query, SeedOutcomeRepository outcomes, DiscoveryClock clock, Representations representations)
    {
        if (query.Problem is { } problem)
            return problem;
        var page = await outcomes.ListAsync(query.Value.Page.Request);
        var times = new DiscoveryTimes(clock.Running, clock.LastRun, clock.NextRun, clock.NextPurge);
        return new ApiResult<DiscoveryData>(representations.Discovery(query.Value.Page, page, times));
    }

    internal sealed record DiscoveryQuery(PageQuery Page) : IQuery<DiscoveryQuery>
    {
        public static IReadOnlyList<QueryParameter> Parameters => PageQuery.Parameters(SeedRepository.Sorting);

        public static DiscoveryQuery Read(QueryReader reader) => new(PageQuery.Read(reader, SeedRepository.Sorting));
    }
}
