using Microsoft.Extensions.Time.Testing;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>Visits that are asked for while a run is under way, with a clock that each of them turns by a second.</summary>
public sealed class LateVisitTests
{
    private static readonly SeedOutcome Outcome = new(default, default, SeedOutcomeKind.Ok, 1, 0, 0, 0, null, []);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly DiscoveryQueue _queue = new();
    private readonly TaskCompletionSource _own = new();
    private TaskCompletionSource _next = new();
    private int _count;

    [Theory]
    // Not longer than until the next planned run is due.
    [InlineData(10, 10)]
    [InlineData(1, 1)]
    // Nor than a seed may take, which are five minutes.
    [InlineData(1000, 300)]
    [InlineData(null, 300)]
    public async Task Clients_That_Never_Stop_Asking_Cannot_Hold_A_Run_For_Ever(int? dueIn, int taken)
    {
        var end = _time.GetUtcNow().AddSeconds(taken);
        Ask();

        var sum = await Late(_ => AnswerAndAskAgain(end)).TakeInAsync(
            _own.Task, dueIn is { } seconds ? _time.GetUtcNow().AddSeconds(seconds) : null, TestContext.Current.CancellationToken);

        // The next may have been taken before the clock was looked at.
        Assert.InRange(sum.Visits, taken, taken + 2);
    }

    [Fact]
    public async Task As_Long_As_The_Runs_Own_Visits_Last_Others_Join_Even_Where_The_Next_Run_Is_Due()
    {
        var joined = new TaskCompletionSource();
        var taking = Late(_ =>
        {
            joined.TrySetResult();
            return Task.FromResult(Outcome);
        }).TakeInAsync(_own.Task, _time.GetUtcNow(), TestContext.Current.CancellationToken);

        Ask();
        await joined.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        _own.SetResult();

        Assert.Equal(1, (await taking).Visits);
    }

    [Fact]
    public async Task A_Seed_Joins_Even_Where_Only_The_Next_Run_Would_Take_Announcements()
    {
        var release = new TaskCompletionSource();
        var visited = new List<string>();
        var seedJoined = new TaskCompletionSource();
        _queue.Enqueue(new SeedVisit(1, "slow"));
        var taking = Late(async visit =>
        {
            visited.Add(visit.Url);
            if (visit.Url == "slow")
            {
                // The run's own visits are over, and the next run is due.
                _own.SetResult();
                _queue.TryEnqueue(new AnnouncedVisit(1, "announced"));
                _queue.Enqueue(new SeedVisit(2, "seed"));
                await release.Task;
            }
            else
            {
                seedJoined.TrySetResult();
            }

            return Outcome;
        }).TakeInAsync(_own.Task, _time.GetUtcNow(), TestContext.Current.CancellationToken);

        await seedJoined.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        release.SetResult();
        await taking;

        Assert.Contains("seed", visited);
    }

    [Fact]
    public async Task A_Visit_That_Fails_Takes_No_Place_And_Is_Told_When_All_Have_Ended()
    {
        for (var i = 0; i < LateVisits.MostAtOnce + 20; i++)
            Ask();
        var visits = 0;
        var taking = Late(async _ =>
        {
            await Task.Yield();
            if (Interlocked.Increment(ref visits) == LateVisits.MostAtOnce + 20)
                _own.SetResult();
            throw new InvalidOperationException("the disk is full");
        }).TakeInAsync(_own.Task, null, TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => taking.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));

        Assert.Equal("the disk is full", failure.Message);
        Assert.Equal(LateVisits.MostAtOnce + 20, visits);
    }

    [Fact]
    public async Task No_More_Than_A_Hundred_Are_Under_Way_At_Once()
    {
        var release = new TaskCompletionSource();
        var underWay = 0;
        var most = 0;
        var ended = 0;
        var full = new TaskCompletionSource();
        for (var i = 0; i < 250; i++)
            Ask();
        var taking = Late(async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            if (underWay == LateVisits.MostAtOnce)
                full.TrySetResult();
            await release.Task;
            Interlocked.Decrement(ref underWay);
            if (Interlocked.Increment(ref ended) == 250)
                _own.SetResult();
            return Outcome;
        }).TakeInAsync(_own.Task, null, TestContext.Current.CancellationToken);

        await full.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        release.SetResult();

        Assert.Equal(250, (await taking).Visits);
        Assert.Equal(LateVisits.MostAtOnce, most);
    }

    private LateVisits Late(Func<Visit, Task<SeedOutcome>> visit) => new(_queue, visit, new DiscoveryOptions(), _time);

    private void Ask() => _queue.TryEnqueue(new AnnouncedVisit(1, $"http://a.test/{_count++}"));

    /// <summary>Asks for the next visit, and ends when that one has begun, so that there always is one under way.</summary>
    private async Task<SeedOutcome> AnswerAndAskAgain(DateTimeOffset end)
    {
        await Task.Yield();
        _own.TrySetResult();
        var next = new TaskCompletionSource();
        var before = Interlocked.Exchange(ref _next, next);
        _time.Advance(TimeSpan.FromSeconds(1));
        Ask();
        before.TrySetResult();
        if (_time.GetUtcNow() < end)
            await next.Task;
        return Outcome;
    }
}
