namespace Qhana.Registry.Endpoints;

/// <summary>How much a request may bring; how long its texts may be is said by <see cref="Data.TextLimits"/>.</summary>
public static class Limits
{
    /// <summary>A whole body, in bytes: far more than any real one.</summary>
    public const long Body = 1 << 20;

    /// <summary>How deep a body may be nested.</summary>
    public const int BodyDepth = 64;
}
