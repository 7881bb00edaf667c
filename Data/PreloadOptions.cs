using System.Text.Json;
using Qhana.Registry.Data.Configuration;

namespace Qhana.Registry.Data;

/// <summary>A service from the configuration; what is null was not given.</summary>
public sealed record PreconfiguredService(string? ServiceId, string? Url, string? Name, string? Description);

/// <summary>What is loaded into the database at start-up (CONTRACT section 7).</summary>
public sealed record PreloadOptions
{
    /// <summary>The prefix of variables that become environment variables of the platform.</summary>
    public const string EnvPrefix = "QHANA_ENV_";

    /// <summary>Environment variables, without the prefix, in the order in which they are set.</summary>
    public IReadOnlyList<EnvRow> Env { get; init; } = [];

    /// <summary>Seeds for a registry that has none (INITIAL_PLUGIN_SEEDS).</summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];

    /// <summary>Services that are added where their ids are free (PRECONFIGURED_SERVICES).</summary>
    public IReadOnlyList<PreconfiguredService> Services { get; init; } = [];

    /// <summary>Files and folders of UI templates (UI_TEMPLATE_PATHS).</summary>
    public IReadOnlyList<string> TemplatePaths { get; init; } = [];

    /// <summary>Reads the variables.</summary>
    public static PreloadOptions Read(SettingsReader settings) => new()
    {
        Env = [.. ShellOrder.Sort(settings.WithPrefix(EnvPrefix), v => EnvPrefix + v.Key).Select(v => new EnvRow(v.Key, v.Value))],
        Seeds = settings.Read<IReadOnlyList<string>>(
            "INITIAL_PLUGIN_SEEDS", [], TryParseSeeds, $"a JSON list of http or https URLs of at most {WebUrl.MaxLength} characters, or one URL a line"),
        Services = settings.Read<IReadOnlyList<PreconfiguredService>>(
            "PRECONFIGURED_SERVICES", [], TryParseServices, "a JSON list of objects {serviceId, url, name, description}"),
        TemplatePaths = settings.Text("UI_TEMPLATE_PATHS")?.Split(
            ':', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
    };

    private static bool TryParseSeeds(string text, out IReadOnlyList<string> seeds)
    {
        seeds = text.StartsWith('[')
            ? Json(text, list => list.EnumerateArray().Select(e => e.GetString() ?? "").ToList()) ?? [""]
            : text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        seeds = [.. seeds.Distinct()];
        return seeds.All(s => s.Length <= WebUrl.MaxLength && WebUrl.IsAbsolute(s));
    }

    private static bool TryParseServices(string text, out IReadOnlyList<PreconfiguredService> services)
    {
        var parsed = Json(text, list => list.EnumerateArray().Select(ReadService).ToList());
        services = parsed ?? [];
        return parsed is not null;
    }

    private static PreconfiguredService ReadService(JsonElement service)
    {
        return new PreconfiguredService(Text("serviceId"), Text("url"), Text("name"), Text("description"));

        string? Text(string name) => service.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    private static T? Json<T>(string text, Func<JsonElement, T> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
