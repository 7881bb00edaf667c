using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>Takes what runners announce, and looks only at URLs below a known seed (CONTRACT section 3).</summary>
public sealed class PluginAnnouncements(SeedRepository seeds, DiscoveryQueue queue)
{
    /// <summary>
    /// Queues a look at the URL, or does nothing where it is below no seed; false where too many are waiting already.
    /// </summary>
    public async Task<bool> TryAnnounceAsync(string url) =>
        await FindSeedAsync(url) is not { } seed || queue.TryEnqueue(new AnnouncedVisit(seed.Id, url));

    /// <summary>The seed that a URL is below, the longest where there are several; null for none.</summary>
    public async Task<SeedRow?> FindSeedAsync(string url)
    {
        if (url.Length > WebUrl.MaxLength || !WebUrl.TryParse(url, out var announced))
            return null;
        return (await seeds.AllAsync())
            .Where(s => WebUrl.TryParse(s.Url, out var seed) && IsBelow(announced, seed))
            .MaxBy(s => s.Url.Length);
    }

    /// <summary>Same host and port, and a path that begins with all segments of the seed's.</summary>
    private static bool IsBelow(Uri url, Uri seed)
    {
        var path = seed.AbsolutePath.TrimEnd('/');
        return url.Authority == seed.Authority
            && (url.AbsolutePath == path || url.AbsolutePath.StartsWith(path + "/", StringComparison.Ordinal));
    }
}
