namespace Qhana.Registry.Benchmarks;

/// <summary>How thoroughly to measure: how long, how often, and with how much data.</summary>
public sealed record Effort
{
    /// <summary>What numbers are worth something with, on a quiet machine.</summary>
    public static Effort Full { get; } = new();

    /// <summary>Just enough to go through every line once; the numbers mean nothing.</summary>
    public static Effort Quick { get; } = new()
    {
        IsQuick = true,
        Rounds = 2,
        Window = TimeSpan.FromMilliseconds(100),
        WarmUp = TimeSpan.FromMilliseconds(100),
        Medium = 1_000,
        Large = 2_000,
        Starts = 2,
        Idle = TimeSpan.FromMilliseconds(500),
        MemoryLoad = TimeSpan.FromMilliseconds(300),
        DiscoveryRounds = 1,
        PluginsPerRunner = 50,
        TrickleLatency = TimeSpan.FromMilliseconds(50),
        Seeds = 60,
        Tabs = 40,
        StoreRounds = 4,
        FilterRounds = 2,
    };

    /// <summary>Whether the numbers mean nothing.</summary>
    public bool IsQuick { get; private init; }

    /// <summary>How often each side of a race runs.</summary>
    public int Rounds { get; private init; } = 11;

    /// <summary>How long each side of a race runs in a round.</summary>
    public TimeSpan Window { get; private init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>How long each side of a race runs before the first round: time for the compiler to do its best.</summary>
    public TimeSpan WarmUp { get; private init; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>The plugins of a small installation: those of the example database.</summary>
    public int Small { get; private init; } = 57;

    /// <summary>The plugins of a large installation.</summary>
    public int Medium { get; private init; } = 5_000;

    /// <summary>More plugins than anybody has.</summary>
    public int Large { get; private init; } = 100_000;

    /// <summary>How often processes are started to time it.</summary>
    public int Starts { get; private init; } = 15;

    /// <summary>How long a registry is left alone before its memory is read.</summary>
    public TimeSpan Idle { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long each kind of load lasts before memory is read.</summary>
    public TimeSpan MemoryLoad { get; private init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a discovery is timed.</summary>
    public int DiscoveryRounds { get; private init; } = 3;

    /// <summary>How many runners share the plugins in a timed discovery.</summary>
    public int Runners { get; private init; } = 10;

    /// <summary>How many plugins each of these runners has.</summary>
    public int PluginsPerRunner { get; private init; } = 500;

    /// <summary>How long these runners take for an answer.</summary>
    public TimeSpan RunnerLatency { get; private init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long the runner takes whose discovery goes on while others read; makes a run longer than its interval.</summary>
    public TimeSpan TrickleLatency { get; private init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many seeds there are where a tenth of them hangs.</summary>
    public int Seeds { get; private init; } = 500;

    /// <summary>How many tabs there are where many are.</summary>
    public int Tabs { get; private init; } = 200;

    /// <summary>How often a batch of plugins is stored.</summary>
    public int StoreRounds { get; private init; } = 60;

    /// <summary>How often the filter of a tab is changed.</summary>
    public int FilterRounds { get; private init; } = 15;
}
