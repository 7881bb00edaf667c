using System.Text.Json.Nodes;
using Qhana.Registry.Data;

namespace Qhana.Registry.Tests.Support;

/// <summary>Plugins as runners describe them, and as they are stored.</summary>
public static class PluginDocument
{
    /// <summary>A description with everything in it that must be there; <paramref name="change"/> makes it another one.</summary>
    public static JsonObject Of(string name, string version = "1.0.0", Action<JsonObject>? change = null)
    {
        var plugin = new JsonObject
        {
            ["name"] = name,
            ["version"] = version,
            ["title"] = $"The {name}",
            ["description"] = $"Does what {name} does.",
            ["type"] = "processing",
            ["tags"] = new JsonArray("test"),
            ["entryPoint"] = new JsonObject
            {
                ["href"] = "./process/",
                ["uiHref"] = "./ui/",
                ["dataInput"] = new JsonArray(Data("entityUrl", "entity/list", "application/json")),
                ["dataOutput"] = new JsonArray(Data(null, "entity/vector", "text/csv")),
                ["pluginDependencies"] = new JsonArray(),
            },
        };
        change?.Invoke(plugin);
        return plugin;
    }

    /// <summary>What a plugin takes or gives.</summary>
    public static JsonObject Data(string? parameter, string dataType, params string[] contentTypes)
    {
        var data = new JsonObject
        {
            ["dataType"] = dataType,
            ["contentType"] = new JsonArray([.. contentTypes.Select(t => (JsonNode)t)]),
            ["required"] = true,
        };
        if (parameter is not null)
            data["parameter"] = parameter;
        return data;
    }

    /// <summary>Where the runner offers a plugin.</summary>
    public static string Path(JsonObject plugin) => $"/plugins/{plugin["name"]}@{plugin["version"]}/";

    /// <summary>A plugin for the store, for tests to which discovery does not matter.</summary>
    public static Plugin Stored(string name, string version = "1.0.0", string? url = null) => new(
        name, version, $"The {name}", "", "processing", url ?? $"http://runner.test/plugins/{name}@{version}/", ["test"],
        new EntryPoint("http://runner.test/process/", "http://runner.test/ui/", [], [], []));
}
