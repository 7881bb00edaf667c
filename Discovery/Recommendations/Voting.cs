using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>
/// Lets every recommender vote within the time given, weighs and sums the votes, and drops plugins that cannot be used now.
/// A recommender that fails or is late costs only its own votes.
/// </summary>
public sealed class Voting(
    IEnumerable<IRecommender> recommenders, InputMatchRepository inputs, RecommendationOptions options, TimeProvider time,
    ILogger<Voting> logger)
{
    // Some of the best may not be eligible; so more of them are looked at together than are wanted.
    private const int Spare = 20;

    /// <summary>The best plugins, best first; equal ones by id, so that an answer is repeatable.</summary>
    public async Task<IReadOnlyList<Vote>> VoteAsync(
        RecommendationContext context, TimeSpan timeout, int limit, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<long, double>();
        foreach (var (name, votes) in await CollectAsync(context, timeout, cancellationToken))
        {
            var weight = options.Weights.GetValueOrDefault(name, 1);
            foreach (var vote in votes)
                sums[vote.PluginId] = Finite(sums.GetValueOrDefault(vote.PluginId) + Finite(vote.Weight * weight));
        }

        var best = new List<Vote>();
        foreach (var chunk in sums.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Chunk(limit + Spare))
        {
            var eligible = await inputs.EligibleAsync([.. chunk.Select(s => s.Key)], context.AvailableData);
            best.AddRange(chunk.Where(s => eligible.Contains(s.Key)).Select(s => new Vote(s.Key, s.Value)));
            if (best.Count >= limit)
                break;
        }

        return [.. best.Take(limit)];
    }

    /// <summary>Weights may be so large that their sums are not numbers any more; JSON has no word for those.</summary>
    private static double Finite(double number) =>
        double.IsNaN(number) ? 0 : Math.Clamp(number, double.MinValue, double.MaxValue);

    private async Task<IEnumerable<(string Name, IReadOnlyList<Vote> Votes)>> CollectAsync(
        RecommendationContext context, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // On threads of their own: a recommender may well compute instead of waiting.
        var ballots = recommenders
            .Select(r => (r.Name, Votes: Task.Run(() => r.VoteAsync(context, limit.Token), limit.Token)))
            .ToList();
        var all = Task.WhenAll(ballots.Select(b => b.Votes));
        await Task.WhenAny(all, Task.Delay(timeout, time, limit.Token));
        await limit.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (name, votes) in ballots.Where(b => !b.Votes.IsCompletedSuccessfully))
        {
            if (votes.IsFaulted)
                logger.LogWarning(votes.Exception, "{Recommender} failed; the others' votes count", name);
            else
                logger.LogWarning("{Recommender} did not vote within {Timeout}", name, timeout);
        }

        return ballots.Where(b => b.Votes.IsCompletedSuccessfully).Select(b => (b.Name, b.Votes.Result));
    }
}
