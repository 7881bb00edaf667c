namespace Qhana.Registry.Endpoints;

/// <summary>How much a request may bring (CONTRACT section 8).</summary>
public static class Limits
{
    /// <summary>Names, ids and locations, in characters.</summary>
    public const int Name = 255;

    /// <summary>The icon of a tab, in characters.</summary>
    public const int Icon = 64;

    /// <summary>The group key of a tab, in characters.</summary>
    public const int GroupKey = 32;

    /// <summary>A whole body, in bytes: far more than any real one.</summary>
    public const long Body = 1 << 20;

    /// <summary>How deep a body may be nested.</summary>
    public const int BodyDepth = 64;
}
