using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>The URL maps of the configuration (CONTRACT section 4). A rule that is left out for a URL is told in the log.</summary>
public sealed class UrlMaps(DiscoveryOptions options, TimeProvider time, ILogger<UrlMaps> logger)
{
    private readonly LogPace _pace = new(time);

    /// <summary>What to request instead of a URL.</summary>
    public string ForRequest(string url) => options.FromLocalhost.Apply(url, Tell);

    /// <summary>What to store instead of a URL.</summary>
    public string ForStorage(string url) => options.ToLocalhost.Apply(url, Tell);

    private void Tell(string skipped)
    {
        if (_pace.IsDue())
            logger.LogWarning("URL map: {Reason}", skipped);
    }
}
