using Qhana.Registry.Data;
using Qhana.Registry.Discovery.Recommendations;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints;

/// <summary>Ranked plugins for a context.</summary>
public static class RecommendationEndpoints
{
    /// <summary>Maps <c>/api/recommendations/</c>.</summary>
    public static void MapRecommendations(this IEndpointRouteBuilder routes) =>
        routes.MapMethods(Routes.Recommendations, ReadMethods.GetAndHead, GetRecommendations)
            .WithTags("Recommendations")
            .WithName(nameof(GetRecommendations))
            .WithSummary("Recommended plugins")
            .WithDescription("""
                Plugins of type processing and conversion that fit the data at hand and what was done last, best first.
                With an experiment, and a step, the QHAna backend is asked about them; what the query says wins.
                """)
            .Produces<ApiResponse<RecommendationData>>();

    private static async Task<IResult> GetRecommendations(
        Query<RecommendationQuery> query, ContextGatherer gatherer, Voting voting, PluginRepository plugins,
        RecommendationOptions options, Representations representations, CancellationToken cancellationToken)
    {
        if (query.Problem is { } problem)
            return problem;
        var asked = query.Value;
        var context = await gatherer.GatherAsync(asked.Request, cancellationToken);
        var tally = await voting.VoteAsync(
            context, asked.Timeout ?? options.Timeout, asked.Limit ?? options.Limit, cancellationToken);
        var rows = (await plugins.FindAllAsync([.. tally.Best.Select(v => v.PluginId)])).ToDictionary(p => p.Id);
        // A plugin that went meanwhile is not recommended.
        var shown = tally.Best.Where(v => rows.ContainsKey(v.PluginId)).ToList();
        // What the backend says may be different the next time, and a recommender that was late may be in time.
        return new ApiResult<RecommendationData>(
            representations.Recommendations([.. shown.Select(v => rows[v.PluginId])], [.. shown.Select(v => v.Weight)]),
            asked.Request.Experiment is null && tally.IsComplete ? Shown.Plugins : null);
    }

    internal sealed record RecommendationQuery(RecommendationRequest Request, TimeSpan? Timeout, int? Limit)
        : IQuery<RecommendationQuery>
    {
        public static IReadOnlyList<QueryParameter> Parameters =>
        [
            new("plugin-id", "integer", "The id of the plugin used last."),
            new("experiment", "integer", "The experiment, as the QHAna backend numbers it."),
            new("step", "integer", "The current step of the experiment."),
            new("data-type", "string", "The data type start/end of the data at hand."),
            new("content-type", "string", "The content type start/end of the data at hand."),
            new("data-name", "string", "The name of the data at hand."),
            new("timeout", "number", "How many seconds may be spent; 5 where not given or out of range.")
            {
                Minimum = RecommendationOptions.MinTimeout,
                Maximum = RecommendationOptions.MaxTimeout,
            },
            new("limit", "integer", "How many plugins at most; 5 where not given or out of range.")
            {
                Minimum = 1,
                Maximum = RecommendationOptions.MaxLimit,
            },
        ];

        public static RecommendationQuery Read(QueryReader reader)
        {
            var request = new RecommendationRequest(
                reader.Integer("plugin-id"), reader.Integer("experiment"), reader.Integer("step"),
                Type(reader.Text("data-type")), Type(reader.Text("content-type")));
            var timeout = reader.Number("timeout") is >= RecommendationOptions.MinTimeout and <= RecommendationOptions.MaxTimeout and var seconds
                ? TimeSpan.FromSeconds(seconds)
                : (TimeSpan?)null;
            var limit = reader.Integer("limit") is >= 1 and <= RecommendationOptions.MaxLimit and var count ? (int)count : (int?)null;
            return new RecommendationQuery(request, timeout, limit);
        }

        private static MediaType? Type(string? text) => text is null ? null : MediaType.Parse(text);
    }
}
