using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>
/// Votes the share of a plugin's required inputs that the inputs of the current step match, and again for its outputs if
/// the step succeeded and nobody called the result unusable.
/// </summary>
public sealed class StepDataRecommender(InputMatchRepository inputs) : IRecommender
{
    private static readonly string[] UsableQualities = ["UNKNOWN", "BAD", "NEUTRAL", "GOOD"];

    /// <inheritdoc />
    public string Name => nameof(StepDataRecommender);

    /// <inheritdoc />
    public async Task<IReadOnlyList<Vote>> VoteAsync(RecommendationContext context, CancellationToken cancellationToken)
    {
        if (context.Step is not { } step)
            return [];
        var votes = new List<Vote>();
        if (step.Input.Count > 0)
            votes.AddRange(await inputs.MatchingShareAsync(step.Input));
        if (step.IsSuccess && step.Output.Count > 0 && UsableQualities.Contains(step.Quality))
            votes.AddRange(await inputs.MatchingShareAsync(step.Output));
        return votes;
    }
}
