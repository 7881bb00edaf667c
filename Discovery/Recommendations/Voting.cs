using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>What the votes came to.</summary>
/// <param name="Best">The best plugins, best first; equal ones by id, so that an answer is repeatable.</param>
/// <param name="IsComplete">False where a recommender failed or was late; another time there may be more votes.</param>
public sealed record Tally(IReadOnlyList<Vote> Best, bool IsComplete);

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

    private readonly IReadOnlyList<IRecommender> _recommenders = [.. recommenders];

    /// <summary>The best plugins, at most <paramref name="limit"/>, by the votes that come within the time given.</summary>
    public async Task<Tally> VoteAsync(
        RecommendationContext context, TimeSpan timeout, int limit, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<long, double>();
        var collected = await CollectAsync(context, timeout, cancellationToken);
        foreach (var (name, votes) in collected)
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

        return new Tally([.. best.Take(limit)], collected.Count == _recommenders.Count);
    }

    /// <summary>Weights may be so large that their sums are not numbers any more; JSON has no word for those.</summary>
    private static double Finite(double number) =>
        double.IsNaN(number) ? 0 : Math.Clamp(number, double.MinValue, double.MaxValue);

    private async Task<IReadOnlyList<(string Name, IReadOnlyList<Vote> Votes)>> CollectAsync(
        RecommendationContext context, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // On threads of their own: a recommender may well compute instead of waiting.
        var ballots = _recommenders
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

        return [.. ballots.Where(b => b.Votes.IsCompletedSuccessfully).Select(b => (b.Name, b.Votes.Result))];
    }
}
