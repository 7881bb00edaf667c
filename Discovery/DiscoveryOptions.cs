using System.Globalization;
using Qhana.Registry.Data.Configuration;

namespace Qhana.Registry.Discovery;

/// <summary>How discovery and purge work: what can be set (CONTRACT section 7), and limits that cannot.</summary>
public sealed record DiscoveryOptions
{
    /// <summary>When all seeds are discovered (PLUGIN_DISCOVERY_INTERVAL).</summary>
    public Schedule Discovery { get; init; } = Schedule.Every(TimeSpan.FromSeconds(900));

    /// <summary>When plugins that are long gone are purged (PLUGIN_PURGE_INTERVAL).</summary>
    public Schedule Purge { get; init; } = Schedule.Every(TimeSpan.FromSeconds(900));

    /// <summary>How long a plugin may be gone (PLUGIN_PURGE_AFTER).</summary>
    public PurgeAge PurgeAfter { get; init; } = PurgeAge.After(TimeSpan.FromDays(7));

    /// <summary>How many requests are under way at once, and plugins stored in one transaction (PLUGIN_BATCH_SIZE).</summary>
    public int BatchSize { get; init; } = 50;

    /// <summary>Applied to every URL just before it is requested (URL_MAP_FROM_LOCALHOST).</summary>
    public UrlMap FromLocalhost { get; init; } = UrlMap.Empty;

    /// <summary>Applied to URLs before they are stored (URL_MAP_TO_LOCALHOST).</summary>
    public UrlMap ToLocalhost { get; init; } = UrlMap.Empty;

    /// <summary>How long a document may take, retry included.</summary>
    public TimeSpan DocumentTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a list of plugins may take, retry included.</summary>
    public TimeSpan ListTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a whole seed may take.</summary>
    public TimeSpan SeedTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a batch waits for more plugins before it is stored.</summary>
    public TimeSpan BatchDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How many requests are under way at one host at once.</summary>
    public const int RequestsPerHost = 8;

    /// <summary>After so many requests in a row that it did not answer, a host is left alone for the rest of the run.</summary>
    public const int MaxSilence = 16;

    /// <summary>The largest document, in bytes.</summary>
    public const int MaxDocumentBytes = 4 << 20;

    /// <summary>The most names, values and brackets in the document of a seed or plugin.</summary>
    public const int MaxDocumentTokens = 100_000;

    /// <summary>The most names, values and brackets in a list of plugins.</summary>
    public const int MaxListTokens = 500_000;

    /// <summary>How deep a document may be nested.</summary>
    public const int MaxDocumentDepth = 64;

    /// <summary>The most plugins in a list, and URLs visited for a seed.</summary>
    public const int MaxPlugins = 10_000;

    /// <summary>The most redirects from a URL.</summary>
    public const int MaxRedirects = 5;

    /// <summary>How deep lists may lead to lists: the seed is level 0.</summary>
    public const int MaxLevel = 3;

    /// <summary>Reads what can be set.</summary>
    public static DiscoveryOptions Read(SettingsReader settings)
    {
        var defaults = new DiscoveryOptions();
        return defaults with
        {
            Discovery = settings.Read<Schedule>(
                "PLUGIN_DISCOVERY_INTERVAL", defaults.Discovery, Schedule.TryParse, Schedule.Allowed),
            Purge = settings.Read<Schedule>("PLUGIN_PURGE_INTERVAL", defaults.Purge, Schedule.TryParse, Schedule.Allowed),
            PurgeAfter = settings.Read<PurgeAge>("PLUGIN_PURGE_AFTER", defaults.PurgeAfter, PurgeAge.TryParse, PurgeAge.Allowed),
            BatchSize = settings.Read<int>(
                "PLUGIN_BATCH_SIZE", defaults.BatchSize, TryParseBatchSize, "a whole number from 1 to 1000"),
            FromLocalhost = ReadMap(settings, "URL_MAP_FROM_LOCALHOST"),
            ToLocalhost = ReadMap(settings, "URL_MAP_TO_LOCALHOST"),
        };
    }

    private static UrlMap ReadMap(SettingsReader settings, string variable)
    {
        if (settings.Text(variable) is not { } text)
            return UrlMap.Empty;
        if (UrlMap.TryParse(text, out var map, out var error))
            return map;
        settings.Refuse(variable, text, $"a JSON object of regular expressions and replacements ({error})");
        return UrlMap.Empty;
    }

    private static bool TryParseBatchSize(string text, out int size) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is >= 1 and <= 1000;
}
