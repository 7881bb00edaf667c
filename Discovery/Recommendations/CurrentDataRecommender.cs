using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>Votes the share of a plugin's required inputs that the data matches which the client asks about.</summary>
public sealed class CurrentDataRecommender(InputMatchRepository inputs) : IRecommender
{
    /// <inheritdoc />
    public string Name => nameof(CurrentDataRecommender);

    /// <inheritdoc />
    public async Task<IReadOnlyList<Vote>> VoteAsync(RecommendationContext context, CancellationToken cancellationToken) =>
        context.CurrentData is { } data ? await inputs.MatchingShareAsync([data]) : [];
}
