using Qhana.Registry.Data;

namespace Qhana.Registry.Tests.Support;

/// <summary>Plugins for recommendations, said shortly.</summary>
public static class RecommendationPlugins
{
    /// <summary>A plugin of type processing, titled like its identifier, that takes nothing.</summary>
    public static Plugin Plugin(string identifier, string version = "1.0.0") =>
        PluginDocument.Stored(identifier, version) with { Title = identifier, Tags = [] };

    /// <summary>The plugin with another type.</summary>
    public static Plugin OfType(this Plugin plugin, string type) => plugin with { Type = type };

    /// <summary>The plugin with these tags.</summary>
    public static Plugin Tagged(this Plugin plugin, params string[] tags) => plugin with { Tags = tags };

    /// <summary>The plugin with one more required input.</summary>
    public static Plugin Takes(this Plugin plugin, string dataType, params string[] contentTypes) =>
        plugin.WithInput(new DataInput("", Required: true, dataType, contentTypes));

    /// <summary>The plugin with one more input that it can do without.</summary>
    public static Plugin MayTake(this Plugin plugin, string dataType, params string[] contentTypes) =>
        plugin.WithInput(new DataInput("", Required: false, dataType, contentTypes));

    private static Plugin WithInput(this Plugin plugin, DataInput input) => plugin with
    {
        EntryPoint = plugin.EntryPoint with { DataInput = [.. plugin.EntryPoint.DataInput, input] },
    };
}
