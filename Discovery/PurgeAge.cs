using System.Globalization;

namespace Qhana.Registry.Discovery;

/// <summary>How long a plugin may be gone before it is purged (CONTRACT section 7, PLUGIN_PURGE_AFTER).</summary>
public sealed class PurgeAge
{
    /// <summary>What a setting may be, for messages.</summary>
    public const string Allowed = "a number of seconds from 1, auto, never or -1";

    // The original allows ten failures to reach a plugin.
    private const int Intervals = 10;

    private readonly TimeSpan? _age;
    private readonly bool _automatic;

    private PurgeAge(TimeSpan? age, bool automatic)
    {
        _age = age;
        _automatic = automatic;
    }

    /// <summary>Never purge.</summary>
    public static PurgeAge Never { get; } = new(null, false);

    /// <summary>Purge what was gone for this long.</summary>
    public static PurgeAge After(TimeSpan age) => new(age, false);

    /// <summary>Understands <see cref="Allowed"/>.</summary>
    public static bool TryParse(string text, out PurgeAge age)
    {
        age = Never;
        if (text is "never" or "-1")
            return true;
        if (text == "auto")
        {
            age = new PurgeAge(null, true);
            return true;
        }

        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < 1)
            return false;
        age = After(TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue)));
        return true;
    }

    /// <summary>The age in force; null for never, also where it follows a discovery that never runs.</summary>
    public TimeSpan? Effective(Schedule discovery, DateTimeOffset now) =>
        _automatic ? discovery.Interval(now) * Intervals : _age;

    /// <summary>For people.</summary>
    public override string ToString() => _automatic
        ? "10 discovery intervals"
        : _age is { } age ? string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds} s") : "never";
}
