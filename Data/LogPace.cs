namespace Qhana.Registry.Data;

/// <summary>
/// Says whether something that clients can bring about again and again is to be logged once more: one line a minute says
/// it as well as thousands. Safe for use by many threads.
/// </summary>
public sealed class LogPace(TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    private long _last;

    /// <summary>True the first time, and the first time after a minute.</summary>
    public bool IsDue()
    {
        // 0 is "never"; the clock may begin there.
        var now = Math.Max(1, time.GetTimestamp());
        var last = Interlocked.Read(ref _last);
        return (last == 0 || time.GetElapsedTime(last, now) > Pace) && Interlocked.CompareExchange(ref _last, now, last) == last;
    }
}
