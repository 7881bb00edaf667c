using System.Diagnostics;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>
/// One pass of discovery over some seeds, and over whatever else asks to be visited while it goes on. Each seed has its
/// own time limit and its own outcome; a slow or failing one costs the others nothing. Used for one pass.
/// </summary>
public sealed class DiscoveryRun(
    RunnerClient client, UrlMaps maps, PluginStore store, PluginRepository plugins, SeedOutcomeRepository outcomes,
    DiscoveryOptions options, TimeProvider time, DiscoveryMeters meters, ILogger<DiscoveryRun> logger)
{
    private readonly AnsweredPlugins _answered = new();
    private PluginIntake.StoreBatch? _compare;

    private bool IsDryRun => _compare is not null;

    /// <summary>How far the pass is.</summary>
    public DiscoveryProgress Progress { get; } = new();

    /// <summary>Visits, and returns when nothing is left to visit.</summary>
    /// <param name="visits">What to visit first.</param>
    /// <param name="isFull">Whether these are all seeds.</param>
    /// <param name="queue">What else to visit while the run goes on; null for nothing.</param>
    /// <param name="due">When the next planned run is due, for which the queue has to wait; null for never.</param>
    /// <param name="cancellationToken">Stops the run at once; what was stored stays.</param>
    public async Task<RunSummary> RunAsync(
        IReadOnlyList<Visit> visits, bool isFull, DiscoveryQueue? queue, DateTimeOffset? due, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await using var intake = new PluginIntake(_compare ?? store.StoreAsync, options, time);
        using var scout = new RunnerScout(client, maps, intake, options);
        var site = new Site(scout, intake);
        var crawls = visits.Select(v => (Visit: v, Crawled: CrawlAsync(v, site, isLate: false, cancellationToken))).ToList();
        var allCrawled = isFull ? Task.WhenAll(crawls.Select(c => c.Crawled)) : null;
        var own = Task.WhenAll(crawls.Select(c => FinishAsync(c.Visit, c.Crawled, allCrawled)));
        var late = RunSummary.Nothing;
        if (queue is not null)
        {
            late = await new LateVisits(
                queue, v => FinishAsync(v, CrawlAsync(v, site, isLate: true, cancellationToken), null), options, time)
                .TakeInAsync(own, due, cancellationToken);
        }

        var outcomes = await own;
        var summary = outcomes.Aggregate(late, (sum, outcome) => sum.With(outcome)) with
        {
            Failures = [.. outcomes.SelectMany(o => o.Failures)],
        };
        if (summary.Visits > 0)
        {
            logger.LogInformation(
                "Discovery of {VisitCount} URLs took {ElapsedMs} ms: {Found} plugins, {Added} new, {Changed} changed, {Failed} URLs failed",
                summary.Visits, clock.ElapsedMilliseconds, summary.Found, summary.Added, summary.Changed, summary.Failed);
        }

        return summary;
    }

    /// <summary>Visits and compares without writing anything.</summary>
    /// <param name="visits">What to visit.</param>
    /// <param name="isFull">Whether these are all seeds.</param>
    /// <param name="hasDatabase">Whether there is a database to compare with; without one every plugin is new.</param>
    /// <param name="cancellationToken">Stops the run at once.</param>
    public Task<RunSummary> TryAsync(
        IReadOnlyList<Visit> visits, bool isFull, bool hasDatabase, CancellationToken cancellationToken)
    {
        _compare = hasDatabase
            ? store.CompareAsync
            : (found, _, _) => Task.FromResult<IReadOnlyList<StoreOutcome>>([.. found.Select(_ => StoreOutcome.Added)]);
        return RunAsync(visits, isFull, null, null, cancellationToken);
    }

    private sealed record Site(RunnerScout Scout, PluginIntake Intake);

    private sealed record CrawlEnd(Crawl Crawl, DateTimeOffset Started, TimeSpan Duration, SeedOutcomeKind? Mishap);

    private async Task<CrawlEnd> CrawlAsync(Visit visit, Site site, bool isLate, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var clock = Stopwatch.StartNew();
        var crawl = new Crawl(visit, isLate, site.Scout, site.Intake, _answered, Progress);
        SeedOutcomeKind? mishap = null;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.SeedTimeout);
        try
        {
            await crawl.RunAsync(await LookFirstAsync(visit, site.Scout, isLate, limit.Token), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            mishap = SeedOutcomeKind.TimedOut;
        }
        catch (Exception e) when (DatabaseFailures.IsUnavailable(e))
        {
            mishap = SeedOutcomeKind.Failed;
            logger.LogWarning("Discovery of {SeedUrl} cannot be stored: {Reason}", visit.Url, e.Message);
        }
#pragma warning disable CA1031 // Whatever it is, it is this seed's outcome and not the other seeds' end.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            mishap = SeedOutcomeKind.Failed;
            logger.LogError(e, "Discovery of {SeedUrl} failed", visit.Url);
        }

        return new CrawlEnd(crawl, started, clock.Elapsed, mishap);
    }

    /// <summary>
    /// What was announced, or became a seed, is looked at now, even where the run has seen it before; an announced plugin
    /// that is gone is deleted.
    /// </summary>
    private async Task<Look?> LookFirstAsync(Visit visit, RunnerScout scout, bool isLate, CancellationToken cancellationToken)
    {
        if (visit is not AnnouncedVisit && !isLate)
            return null;
        var look = await scout.LookAgainAsync(visit.Url, cancellationToken);
        if (visit is AnnouncedVisit && look is Look.Nothing { IsGone: true } && !IsDryRun)
        {
            var deleted = await plugins.DeleteByUrlAsync(maps.ForStorage(visit.Url));
            logger.LogInformation("Deleted {PluginCount} plugins of {Url}, which is announced and gone", deleted, visit.Url);
        }

        return look;
    }

    private async Task<SeedOutcome> FinishAsync(Visit visit, Task<CrawlEnd> crawled, Task? allCrawled)
    {
        var end = await crawled;
        if (end.Crawl.HasForeignRivals && allCrawled is not null)
            await allCrawled;
        await end.Crawl.SettleAsync(askedEverywhere: allCrawled is not null);
        var outcome = OutcomeOf(end);
        Log(visit, outcome);
        if (visit is SeedVisit && !IsDryRun)
        {
            meters.Record(outcome);
            await outcomes.RecordAsync(visit.SeedId, outcome);
        }

        return outcome;
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
            SeedOutcomeKind.TimedOut => $"not finished within {options.SeedTimeout.TotalSeconds} s",
            SeedOutcomeKind.Failed => "the registry failed; its log has the cause",
            _ when failures.Count > 0 => $"{failures[0].Url}: {failures[0].Reason}",
            _ => null,
        };
        return new SeedOutcome(
            end.Started, end.Duration, kind, crawl.Found, crawl.Added, crawl.Changed, crawl.Failed, error, failures);
    }

    /// <summary>A line for each seed. Of what is announced only that it failed: nobody waits for the answer to be told.</summary>
    private void Log(Visit visit, SeedOutcome outcome)
    {
        logger.Log(
            visit is SeedVisit ? LogLevel.Information : LogLevel.Debug,
            "Discovery of {Url}: {Outcome} in {ElapsedMs} ms, {Found} plugins, {Added} new, {Changed} changed, {Failed} failed",
            visit.Url, outcome.Kind, (long)outcome.Duration.TotalMilliseconds, outcome.Found, outcome.Added, outcome.Changed,
            outcome.Failed);
        foreach (var failure in outcome.Failures)
            logger.LogWarning("No plugin at {Url}: {Reason}", failure.Url, failure.Reason);
    }
}
