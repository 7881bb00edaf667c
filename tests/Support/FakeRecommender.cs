using Qhana.Registry.Discovery.Recommendations;

namespace Qhana.Registry.Tests.Support;

/// <summary>A recommender that does what a test wants.</summary>
public sealed class FakeRecommender(string name, Func<CancellationToken, Task<IReadOnlyList<Vote>>> vote) : IRecommender
{
    /// <inheritdoc />
    public string Name => name;

    /// <summary>Votes at once.</summary>
    public static FakeRecommender Voting(string name, params (long PluginId, double Weight)[] votes) =>
        new(name, _ => Task.FromResult<IReadOnlyList<Vote>>([.. votes.Select(v => new Vote(v.PluginId, v.Weight))]));

    /// <summary>Never finishes, whether asked to stop or not.</summary>
    public static FakeRecommender Hanging(string name) => new(name, _ => new TaskCompletionSource<IReadOnlyList<Vote>>().Task);

    /// <summary>Fails at once.</summary>
    public static FakeRecommender Throwing(string name) => new(name, _ => throw new InvalidOperationException($"{name} is broken"));

    /// <inheritdoc />
    public Task<IReadOnlyList<Vote>> VoteAsync(RecommendationContext context, CancellationToken cancellationToken) =>
        vote(cancellationToken);
}
