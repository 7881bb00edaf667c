using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>Tells in the log that the QHAna backend does not answer, however many recommendations are asked for meanwhile.</summary>
public sealed class BackendTroubles(TimeProvider time, ILogger<BackendTroubles> logger)
{
    private readonly LogPace _pace = new(time);

    /// <summary>The backend did not tell what was asked for at a path.</summary>
    public void Tell(string path, string reason)
    {
        if (_pace.IsDue())
            logger.LogWarning("The backend does not tell {Path}: {Reason}", path, reason);
    }
}
