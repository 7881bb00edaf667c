namespace Qhana.Registry.Data;

/// <summary>How long texts may be, in characters, wherever they come from (CONTRACT section 8).</summary>
public static class TextLimits
{
    /// <summary>Names, ids and locations.</summary>
    public const int Name = 255;

    /// <summary>The icon of a tab.</summary>
    public const int Icon = 64;

    /// <summary>The group key of a tab.</summary>
    public const int GroupKey = 32;
}
