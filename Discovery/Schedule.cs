using System.Globalization;
using Cronos;

namespace Qhana.Registry.Discovery;

/// <summary>
/// When something happens again and again: at a fixed pace, by a cron expression (UTC), or never.
/// </summary>
public sealed class Schedule
{
    /// <summary>The shortest pace, in seconds.</summary>
    public const int MinSeconds = 5;

    /// <summary>What a setting may be, for messages.</summary>
    public const string Allowed = "a number of seconds from 5, a cron expression of 5 or 6 fields, or -1 for never";

    private readonly TimeSpan? _pace;
    private readonly CronExpression? _cron;
    private readonly string _text;

    private Schedule(TimeSpan? pace, CronExpression? cron, string text)
    {
        _pace = pace;
        _cron = cron;
        _text = text;
    }

    /// <summary>Never.</summary>
    public static Schedule Never { get; } = new(null, null, "never");

    /// <summary>At a fixed pace, first at start-up.</summary>
    public static Schedule Every(TimeSpan pace) =>
        new(pace, null, string.Create(CultureInfo.InvariantCulture, $"every {pace.TotalSeconds} s"));

    /// <summary>Understands <see cref="Allowed"/>.</summary>
    public static bool TryParse(string text, out Schedule schedule)
    {
        schedule = Never;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            if (seconds == -1)
                return true;
            schedule = Every(TimeSpan.FromSeconds(Math.Clamp(seconds, 1, int.MaxValue)));
            return seconds >= MinSeconds;
        }

        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var format = fields.Length == 6 ? CronFormat.IncludeSeconds : CronFormat.Standard;
        if (fields.Length is not (5 or 6) || !CronExpression.TryParse(text, format, out var cron))
            return false;
        schedule = new Schedule(null, cron, text);
        return true;
    }

    /// <summary>
    /// The first time: now at a fixed pace, the next occurrence of a cron expression; null for never.
    /// </summary>
    public DateTimeOffset? First(DateTimeOffset now) => _pace is null ? Next(now, now) : now;

    /// <summary>The next time after now; null for never, also where a cron expression has no further occurrence.</summary>
    /// <param name="lastStart">When it happened last; a fixed pace counts from there.</param>
    /// <param name="now">The moment.</param>
    public DateTimeOffset? Next(DateTimeOffset lastStart, DateTimeOffset now)
    {
        if (_pace is { } pace)
            return lastStart > now ? now + pace : lastStart + pace > now ? lastStart + pace : now;
        return _cron?.GetNextOccurrence(now, TimeZoneInfo.Utc);
    }

    /// <summary>
    /// A planned time, moved forward where a clock that was set back has put it further away than the schedule ever does.
    /// </summary>
    public DateTimeOffset Corrected(DateTimeOffset planned, DateTimeOffset now) =>
        planned > now && Next(now, now) is { } next && next < planned ? next : planned;

    /// <summary>The time between two occurrences that come after now; null where there are not two.</summary>
    public TimeSpan? Interval(DateTimeOffset now)
    {
        if (_pace is not null)
            return _pace;
        return _cron?.GetNextOccurrence(now, TimeZoneInfo.Utc) is { } first
            && _cron.GetNextOccurrence(first, TimeZoneInfo.Utc) is { } second
            ? second - first
            : null;
    }

    /// <summary>For people.</summary>
    public override string ToString() => _text;
}
