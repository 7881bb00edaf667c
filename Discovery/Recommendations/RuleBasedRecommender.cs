using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>
/// After a successful step with a known plugin, votes for what usually comes next in the experiments that QHAna was made
/// for (CONTRACT section 6). A plugin's vote is the larger of what its identifier and what its tags get.
/// </summary>
public sealed class RuleBasedRecommender(PluginRepository plugins) : IRecommender
{
    private static readonly Rule[] Rules =
    [
        new("costume-loader", null, "wu-palmer", null, 5),
        new("costume-loader", null, null, "data-cleaning", 1),
        new("muse-for-music-loader", null, "wu-palmer", null, 5),
        new("muse-for-music-loader", null, null, "data-cleaning", 1),
        new(null, "data-cleaning", "wu-palmer", null, 5),
        new("wu-palmer", null, "sym-max-mean", null, 5),
        new("sym-max-mean", null, "sim-to-dist-transformers", null, 5),
        new("sim-to-dist-transformers", null, "distance-aggregator", null, 5),
        new("distance-aggregator", null, "mds", null, 5),
        new("mds", null, null, "clustering", 2),
    ];

    /// <inheritdoc />
    public string Name => nameof(RuleBasedRecommender);

    /// <inheritdoc />
    public async Task<IReadOnlyList<Vote>> VoteAsync(RecommendationContext context, CancellationToken cancellationToken)
    {
        if (context.Step is not { IsSuccess: true } || context.CurrentPlugin is not { } id
            || await plugins.FindTraitsAsync(id) is not { } current)
        {
            return [];
        }

        var rules = Rules.Where(r => r.IsAfter(current)).ToList();
        var byIdentifier = Sum(rules, r => r.NextIdentifier);
        var byTag = Sum(rules, r => r.NextTag);
        var votes = new Dictionary<long, double>();
        foreach (var (identifier, weight) in byIdentifier)
            Raise(votes, await plugins.IdsWithIdentifierAsync(identifier), weight);
        var ofTags = new Dictionary<long, double>();
        foreach (var (tag, weight) in byTag)
        {
            foreach (var plugin in await plugins.IdsWithTagAsync(tag))
                ofTags[plugin] = ofTags.GetValueOrDefault(plugin) + weight;
        }

        foreach (var (plugin, weight) in ofTags)
            Raise(votes, [plugin], weight);
        return [.. votes.Select(v => new Vote(v.Key, v.Value))];
    }

    /// <summary>What comes after a plugin with this identifier or tag: a plugin, or plugins with a tag.</summary>
    private sealed record Rule(string? Identifier, string? Tag, string? NextIdentifier, string? NextTag, double Weight)
    {
        public bool IsAfter(PluginTraits plugin) =>
            Identifier is not null ? plugin.Identifier == Identifier : plugin.Tags.Contains(Tag!);
    }

    private static Dictionary<string, double> Sum(IEnumerable<Rule> rules, Func<Rule, string?> next) => rules
        .Where(r => next(r) is not null)
        .GroupBy(r => next(r)!)
        .ToDictionary(g => g.Key, g => g.Sum(r => r.Weight));

    private static void Raise(Dictionary<long, double> votes, IEnumerable<long> ids, double weight)
    {
        foreach (var id in ids)
            votes[id] = Math.Max(votes.GetValueOrDefault(id), weight);
    }
}
