namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>What a recommender thinks of a plugin; larger is better.</summary>
public readonly record struct Vote(long PluginId, double Weight);

/// <summary>
/// Casts votes for plugins. To add a recommender, add a class beside these: every one that is there votes.
/// </summary>
public interface IRecommender
{
    /// <summary>The name by which its weight is set (PLUGIN_RECOMMENDER_WEIGHTS).</summary>
    string Name { get; }

    /// <summary>
    /// The votes in a context; none where the context is not one for this recommender. A plugin may get several votes,
    /// which are summed.
    /// </summary>
    Task<IReadOnlyList<Vote>> VoteAsync(RecommendationContext context, CancellationToken cancellationToken);
}
