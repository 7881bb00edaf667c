using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>
/// Votes 1 for each plugin all of whose required inputs are covered by the data of the experiment; only where nothing more
/// specific is asked about, neither current data nor what a step gave.
/// </summary>
public sealed class AvailableDataRecommender(InputMatchRepository inputs) : IRecommender
{
    /// <inheritdoc />
    public string Name => nameof(AvailableDataRecommender);

    /// <inheritdoc />
    public async Task<IReadOnlyList<Vote>> VoteAsync(RecommendationContext context, CancellationToken cancellationToken)
    {
        if (context.AvailableData.Count == 0 || context.CurrentData is not null || context.Step?.Output.Count > 0)
            return [];
        return [.. (await inputs.CoveredAsync(context.AvailableData)).Select(id => new Vote(id, 1))];
    }
}
