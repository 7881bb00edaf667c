using System.Globalization;
using Qhana.Registry.Discovery;

namespace Qhana.Registry.Tests.Discovery;

public sealed class ScheduleTests
{
    private static readonly DateTimeOffset Now = At("2024-05-01T12:34:56Z");

    [Theory]
    // A pace: at once, then so many seconds after the last start.
    [InlineData("5", "2024-05-01T12:34:56Z", "2024-05-01T12:35:01Z")]
    [InlineData("900", "2024-05-01T12:34:56Z", "2024-05-01T12:49:56Z")]
    // Longer than anyone means, and still no overflow.
    [InlineData("99999999999999", "2024-05-01T12:34:56Z", "2092-05-19T15:49:03Z")]
    // Cron, in UTC: the next occurrence, with five fields and with six.
    [InlineData("0 * * * *", "2024-05-01T13:00:00Z", "2024-05-01T13:00:00Z")]
    [InlineData("*/15 * * * *", "2024-05-01T12:45:00Z", "2024-05-01T12:45:00Z")]
    [InlineData("30 3 * * MON", "2024-05-06T03:30:00Z", "2024-05-06T03:30:00Z")]
    [InlineData("  0   0  1 1  * ", "2025-01-01T00:00:00Z", "2025-01-01T00:00:00Z")]
    [InlineData("*/10 * * * * *", "2024-05-01T12:35:00Z", "2024-05-01T12:35:00Z")]
    // Never: switched off, and a date that does not come.
    [InlineData("-1", null, null)]
    [InlineData("0 0 30 2 *", null, null)]
    public void TryParse_GivesTheTimes_WhenTheTextIsAllowed(string text, string? first, string? next)
    {
        var parsed = Schedule.TryParse(text, out var schedule);

        Assert.True(parsed);
        Assert.Equal(first, Text(schedule.First(Now)));
        Assert.Equal(next, Text(schedule.Next(Now, Now)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("4")]
    [InlineData("-2")]
    [InlineData("5.5")]
    [InlineData("1e3")]
    [InlineData("never")]
    [InlineData("auto")]
    [InlineData("hourly")]
    [InlineData("* * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("a b c d e")]
    [InlineData("99999999999999999999999")]
    public void TryParse_IsFalse_WhenTheTextIsNotAllowed(string text) => Assert.False(Schedule.TryParse(text, out _));

    [Theory]
    // Counted from the last start, not from its end.
    [InlineData("2024-05-01T12:34:00Z", "2024-05-01T12:34:56Z", "2024-05-01T12:35:40Z")]
    // A run that took longer than the pace: at once, and not as many times as were missed.
    [InlineData("2024-05-01T12:30:00Z", "2024-05-01T12:34:56Z", "2024-05-01T12:34:56Z")]
    [InlineData("2024-05-01T12:33:16Z", "2024-05-01T12:34:56Z", "2024-05-01T12:34:56Z")]
    // A clock that was set back.
    [InlineData("2024-05-01T12:40:00Z", "2024-05-01T12:34:56Z", "2024-05-01T12:36:36Z")]
    public void Next_CountsFromTheLastStart_WhenThereIsAPace(string lastStart, string now, string expected)
    {
        var schedule = Schedule.Every(TimeSpan.FromSeconds(100));

        Assert.Equal(At(expected), schedule.Next(At(lastStart), At(now)));
    }

    [Theory]
    [InlineData("900", "2024-05-01T12:40:00Z", "2024-05-01T12:40:00Z")]
    [InlineData("900", "2024-05-01T12:00:00Z", "2024-05-01T12:00:00Z")]
    [InlineData("0 13 * * *", "2024-05-01T13:00:00Z", "2024-05-01T13:00:00Z")]
    // The clock was set back by a day.
    [InlineData("900", "2024-05-02T12:40:00Z", "2024-05-01T12:49:56Z")]
    [InlineData("0 13 * * *", "2024-05-02T13:00:00Z", "2024-05-01T13:00:00Z")]
    public void Corrected_IsNeverFurtherAwayThanTheScheduleIs(string text, string planned, string expected) =>
        Assert.Equal(At(expected), Parsed(text).Corrected(At(planned), At("2024-05-01T12:34:56Z")));

    [Fact]
    public void Next_IsAfterNow_WhenNowIsAnOccurrence()
    {
        var schedule = Parsed("0 * * * *");

        Assert.Equal(At("2024-05-01T14:00:00Z"), schedule.Next(At("2024-05-01T13:00:00Z"), At("2024-05-01T13:00:00Z")));
    }

    [Theory]
    [InlineData("900", 900)]
    [InlineData("*/15 * * * *", 900)]
    [InlineData("0 0 * * *", 86400)]
    [InlineData("-1", null)]
    [InlineData("0 0 30 2 *", null)]
    public void Interval_IsTheTimeBetweenTwo_WhenThereAreTwo(string text, int? seconds)
    {
        var schedule = Parsed(text);

        Assert.Equal(seconds, (int?)schedule.Interval(Now)?.TotalSeconds);
    }

    [Theory]
    [InlineData("never", "900", null)]
    [InlineData("-1", "900", null)]
    [InlineData("1", "900", 1)]
    [InlineData("604800", "900", 604800)]
    [InlineData("99999999999999", "900", int.MaxValue)]
    [InlineData("auto", "900", 9000)]
    [InlineData("auto", "*/15 * * * *", 9000)]
    // Without discovery nobody knows what is gone.
    [InlineData("auto", "-1", null)]
    public void Effective_IsTheAge_WhenTheTextIsAllowed(string text, string discovery, int? seconds)
    {
        var parsed = PurgeAge.TryParse(text, out var age);

        Assert.True(parsed);
        Assert.Equal(seconds, (int?)age.Effective(Parsed(discovery), Now)?.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-2")]
    [InlineData("1.5")]
    [InlineData("Never")]
    [InlineData("7 days")]
    [InlineData("99999999999999999999999")]
    public void PurgeAge_TryParse_IsFalse_WhenTheTextIsNotAllowed(string text) => Assert.False(PurgeAge.TryParse(text, out _));

    private static Schedule Parsed(string text)
    {
        Assert.True(Schedule.TryParse(text, out var schedule));
        return schedule;
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string? Text(DateTimeOffset? instant) =>
        instant?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
