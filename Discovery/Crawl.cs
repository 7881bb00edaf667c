using System.Collections.Concurrent;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>
/// Follows one URL to everything that it leads to: at most three lists deep, each URL once. What is found is stored under
/// way; what gives no plugin is a reason, and its neighbours go on.
/// </summary>
/// <param name="visit">What to follow.</param>
/// <param name="isLate">Whether the run was under way already: what failed before is tried again then.</param>
/// <param name="scout">Looks at URLs.</param>
/// <param name="intake">Stores plugins.</param>
/// <param name="answered">The plugins that answered in the run.</param>
/// <param name="progress">Told of every URL.</param>
public sealed class Crawl(
    Visit visit, bool isLate, RunnerScout scout, PluginIntake intake, AnsweredPlugins answered, DiscoveryProgress progress)
{
    private readonly ConcurrentDictionary<string, bool> _visited = [];
    private readonly ConcurrentQueue<SeedFailure> _failures = [];
    private readonly ConcurrentDictionary<FoundPlugin, KnownPlugin> _contested = new(ReferenceEqualityComparer.Instance);
    private int _found;
    private int _added;
    private int _changed;
    private int _failed;
    private int _urls;

    /// <summary>How many plugins answered.</summary>
    public int Found => _found;

    /// <summary>How many of these were not known.</summary>
    public int Added => _added;

    /// <summary>How many of these were known with other metadata.</summary>
    public int Changed => _changed;

    /// <summary>How many URLs gave no plugin.</summary>
    public int Failed => _failed;

    /// <summary>What came of the first URL, where it gave nothing; null otherwise.</summary>
    public Look.Nothing? RootFailure { get; private set; }

    /// <summary>The first of the URLs that gave no plugin, with the reasons, by URL, so that runs can be compared.</summary>
    public IReadOnlyList<SeedFailure> Failures => [.. _failures.OrderBy(f => f.Url, StringComparer.Ordinal)];

    /// <summary>True where a plugin that was found is stored for another seed.</summary>
    public bool HasForeignRivals => _contested.Values.Any(known => known.SeedId != visit.SeedId);

    /// <summary>Follows the URL. What is stored with another URL is left as it is; see <see cref="SettleAsync"/>.</summary>
    /// <param name="first">What there is at the URL, where that is known already.</param>
    /// <param name="cancellationToken">Ends the crawl; what was found stays.</param>
    public Task RunAsync(Look? first, CancellationToken cancellationToken) =>
        VisitAsync(visit.Url, 0, first, cancellationToken);

    /// <summary>
    /// Decides about the plugins that are stored with another URL: one that no longer answers there moves to where it was
    /// found. Called when nothing of this crawl is under way any more.
    /// </summary>
    /// <param name="askedEverywhere">
    /// Whether all seeds were asked. Otherwise nobody knows whether a plugin of another seed still answers; it stays.
    /// </param>
    public async Task SettleAsync(bool askedEverywhere)
    {
        foreach (var found in _contested.Keys)
        {
            var outcome = await intake.StoreAsync(found, known =>
            {
                _contested[found] = known;
                return (known.SeedId == visit.SeedId || askedEverywhere) && !answered.Has(known.Url, found.Plugin);
            });
            if (outcome == StoreOutcome.KnownElsewhere)
                Fail(found.Plugin.Url, $"{found.Plugin.Identifier} {found.Plugin.Version} is known from {_contested[found].Url} already");
            else
                Count(outcome);
        }
    }

    private async Task VisitAsync(string url, int level, Look? known, CancellationToken cancellationToken)
    {
        if (_visited.ContainsKey(url))
            return;
        // Counted before it is remembered, so that lists of lists cannot fill the memory.
        if (Interlocked.Increment(ref _urls) > DiscoveryOptions.MaxPlugins + 1)
        {
            Fail(url, $"not visited: more than {DiscoveryOptions.MaxPlugins} URLs");
            return;
        }

        if (!_visited.TryAdd(url, true))
            return;
        progress.Add();
        // An announced plugin is looked at again by itself; with a seed, whatever failed is.
        if (isLate && visit is SeedVisit && level > 0)
            scout.ForgetFailure(url);
        var look = known ?? await scout.LookAsync(url, cancellationToken);
        progress.Complete();
        switch (look)
        {
            case Look.APlugin(var plugin, _):
                await StoreAsync(plugin);
                break;
            case Look.ARunner when level == DiscoveryOptions.MaxLevel:
                Fail(url, $"a list more than {DiscoveryOptions.MaxLevel} lists deep");
                break;
            case Look.ARunner(var addresses, var skipped):
                if (skipped > 0)
                    Fail(url, $"{skipped} entries of the list have no usable apiRoot");
                await Task.WhenAll(addresses.Select(a => VisitAsync(a, level + 1, null, cancellationToken)));
                break;
            case Look.Nothing nothing:
                if (level == 0)
                    RootFailure = nothing;
                Fail(url, nothing.Reason);
                break;
        }
    }

    private async Task StoreAsync(Plugin plugin)
    {
        var found = new FoundPlugin(visit.SeedId, plugin);
        Interlocked.Increment(ref _found);
        answered.Add(plugin);
        Count(await intake.StoreAsync(found, known =>
        {
            _contested[found] = known;
            return false;
        }));
    }

    private void Count(StoreOutcome outcome)
    {
        if (outcome == StoreOutcome.Added)
            Interlocked.Increment(ref _added);
        else if (outcome == StoreOutcome.Changed)
            Interlocked.Increment(ref _changed);
    }

    private void Fail(string url, string reason)
    {
        if (Interlocked.Increment(ref _failed) <= SeedOutcome.MaxFailures)
            _failures.Enqueue(new SeedFailure(url, reason));
    }
}
