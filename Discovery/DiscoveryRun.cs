using System.Diagnostics;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>
/// One pass of discovery over some seeds, and over whatever else asks to be visited while it goes on. Each seed has its
/// own time limit and its own outcome; a slow or failing one costs the others nothing. Used for one pass.
/// </summary>
public sealed class DiscoveryRun : IAsyncDisposable
{
    private readonly RunnerScout _scout;
    private readonly PluginIntake _intake;
    private readonly AnsweredPlugins _answered = new();
    private readonly PluginRepository _plugins;
    private readonly SeedOutcomeRepository _outcomes;
    private readonly DiscoveryOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<DiscoveryRun> _logger;

    /// <summary>Asks nobody yet.</summary>
    public DiscoveryRun(
        RunnerClient client, PluginStore store, PluginRepository plugins, SeedOutcomeRepository outcomes,
        DiscoveryOptions options, TimeProvider time, ILogger<DiscoveryRun> logger)
    {
        _scout = new RunnerScout(client, options);
        _intake = new PluginIntake(store, options, time);
        _plugins = plugins;
        _outcomes = outcomes;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Visits, and returns when nothing is left to visit.</summary>
    /// <param name="visits">What to visit first.</param>
    /// <param name="isFull">Whether these are all seeds.</param>
    /// <param name="queue">What else to visit while the run goes on.</param>
    /// <param name="cancellationToken">Stops the run at once; what was stored stays.</param>
    public async Task RunAsync(
        IReadOnlyList<Visit> visits, bool isFull, DiscoveryQueue queue, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var crawls = visits.Select(v => (Visit: v, Crawled: CrawlAsync(v, cancellationToken))).ToList();
        var allCrawled = isFull ? Task.WhenAll(crawls.Select(c => c.Crawled)) : null;
        var tasks = crawls.Select(c => FinishAsync(c.Visit, c.Crawled, allCrawled)).ToList();
        await JoinAsync(queue, tasks, cancellationToken);
        var results = await Task.WhenAll(tasks);
        _logger.LogInformation(
            "Discovery of {VisitCount} URLs took {ElapsedMs} ms: {Found} plugins, {Added} new, {Changed} changed, {Failed} URLs failed",
            results.Length, clock.ElapsedMilliseconds, results.Sum(c => c.Found), results.Sum(c => c.Added),
            results.Sum(c => c.Changed), results.Sum(c => c.Failed));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _intake.DisposeAsync();
        _scout.Dispose();
    }

    private sealed record CrawlEnd(Crawl Crawl, DateTimeOffset Started, TimeSpan Duration, SeedOutcomeKind? Mishap);

    /// <summary>Takes visits from the queue until the last task has ended.</summary>
    private async Task JoinAsync(DiscoveryQueue queue, List<Task<Crawl>> tasks, CancellationToken cancellationToken)
    {
        while (true)
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var more = queue.WaitAsync(ended.Token).AsTask();
            var first = await Task.WhenAny(more, Task.WhenAll(tasks));
            if (first != more)
            {
                await ended.CancelAsync();
                await more.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
                return;
            }

            await more;
            while (queue.TryTake(out var visit))
                tasks.Add(FinishAsync(visit, CrawlAsync(visit, cancellationToken), null));
        }
    }

    private async Task<CrawlEnd> CrawlAsync(Visit visit, CancellationToken cancellationToken)
    {
        var started = _time.GetUtcNow();
        var clock = Stopwatch.StartNew();
        var crawl = new Crawl(visit.SeedId, visit.Url, _scout, _intake, _answered);
        SeedOutcomeKind? mishap = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.SeedTimeout);
        try
        {
            await crawl.RunAsync(await LookFirstAsync(visit, limit.Token), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            mishap = SeedOutcomeKind.TimedOut;
        }
#pragma warning disable CA1031 // Whatever it is, it is this seed's outcome and not the other seeds' end.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            mishap = SeedOutcomeKind.Failed;
            _logger.LogError(e, "Discovery of {SeedUrl} failed", visit.Url);
        }

        return new CrawlEnd(crawl, started, clock.Elapsed, mishap);
    }

    /// <summary>An announced URL is looked at now, even where the run has seen it before; a plugin that is gone is deleted.</summary>
    private async Task<Look?> LookFirstAsync(Visit visit, CancellationToken cancellationToken)
    {
        if (visit is not AnnouncedVisit)
            return null;
        var look = await _scout.LookAgainAsync(visit.Url, cancellationToken);
        if (look is Look.Nothing { IsGone: true })
        {
            var deleted = await _plugins.DeleteByUrlAsync(_options.ToLocalhost.Apply(visit.Url));
            _logger.LogInformation("Deleted {PluginCount} plugins of {Url}, which is announced and gone", deleted, visit.Url);
        }

        return look;
    }

    private async Task<Crawl> FinishAsync(Visit visit, Task<CrawlEnd> crawled, Task? allCrawled)
    {
        var end = await crawled;
        if (end.Crawl.HasForeignRivals && allCrawled is not null)
            await allCrawled;
        await end.Crawl.SettleAsync(askedEverywhere: allCrawled is not null);
        var outcome = OutcomeOf(end);
        Log(visit, outcome);
        if (visit is SeedVisit)
            await _outcomes.RecordAsync(visit.SeedId, outcome);
        return end.Crawl;
    }

    private SeedOutcome OutcomeOf(CrawlEnd end)
    {
        var crawl = end.Crawl;
        var kind = end.Mishap ?? crawl.RootFailure?.Cause switch
        {
            Fetched.NobodyThere or Fetched.TimedOut or Fetched.Broken => SeedOutcomeKind.Unreachable,
            null when crawl.RootFailure is null => crawl.Failed > 0 ? SeedOutcomeKind.Partial : SeedOutcomeKind.Ok,
            _ => SeedOutcomeKind.NotARunner,
        };
        var failures = crawl.Failures;
        var error = kind switch
        {
            SeedOutcomeKind.Ok => null,
            SeedOutcomeKind.TimedOut => $"not finished within {_options.SeedTimeout.TotalSeconds} s",
            SeedOutcomeKind.Failed => "the registry failed; its log has the cause",
            _ when failures.Count > 0 => $"{failures[0].Url}: {failures[0].Reason}",
            _ => null,
        };
        return new SeedOutcome(
            end.Started, end.Duration, kind, crawl.Found, crawl.Added, crawl.Changed, crawl.Failed, error, failures);
    }

    private void Log(Visit visit, SeedOutcome outcome)
    {
        _logger.LogInformation(
            "Discovery of {Url}: {Outcome} in {ElapsedMs} ms, {Found} plugins, {Added} new, {Changed} changed, {Failed} failed",
            visit.Url, outcome.Kind, (long)outcome.Duration.TotalMilliseconds, outcome.Found, outcome.Added, outcome.Changed,
            outcome.Failed);
        foreach (var failure in outcome.Failures)
            _logger.LogWarning("No plugin at {Url}: {Reason}", failure.Url, failure.Reason);
    }
}
