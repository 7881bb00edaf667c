using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qhana.Registry.Data;

/// <summary>A plugin as its runner describes it, with every URL made absolute.</summary>
/// <param name="Identifier">Its name for machines; unique together with the version.</param>
/// <param name="Version">Usually, but not always, a PEP 440 version.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">Markdown; may be empty.</param>
/// <param name="Type">For instance processing, conversion, dataloader, visualization, interaction.</param>
/// <param name="Url">Its API root.</param>
/// <param name="Tags">Without repetitions.</param>
/// <param name="EntryPoint">How it is used.</param>
public sealed record Plugin(
    string Identifier,
    string Version,
    string Title,
    string Description,
    string Type,
    string Url,
    IReadOnlyList<string> Tags,
    EntryPoint EntryPoint)
{
    /// <summary>Equal for equal content; differs where anything that is stored differs.</summary>
    public string Hash() =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, DataJson.Default.Plugin)));
}

/// <summary>How a plugin is used: where it is called, and what it takes, gives and needs.</summary>
/// <param name="Href">Where a job is posted to.</param>
/// <param name="UiHref">The micro frontend that belongs to it.</param>
/// <param name="DataInput">What it takes.</param>
/// <param name="DataOutput">What it gives.</param>
/// <param name="PluginDependencies">Plugins that it needs.</param>
public sealed record EntryPoint(
    [property: Description("The URL of the REST entry point.")] string Href,
    [property: Description("The URL of the micro frontend of the entry point.")] string UiHref,
    IReadOnlyList<DataInput> DataInput,
    IReadOnlyList<DataOutput> DataOutput,
    IReadOnlyList<PluginDependency> PluginDependencies);

/// <summary>Data that a plugin takes.</summary>
/// <param name="Parameter">The name of the form field for it; empty where the plugin names none.</param>
/// <param name="Required">Whether the plugin cannot do without it.</param>
/// <param name="DataType">A pair start/end, a half that may be anything is a star.</param>
/// <param name="ContentType">Media types, pairs of the same kind.</param>
public sealed record DataInput(string Parameter, bool Required, string DataType, IReadOnlyList<string> ContentType);

/// <summary>Data that a plugin gives.</summary>
/// <param name="Required">Whether every result has it.</param>
/// <param name="DataType">A pair start/end, a half that may be anything is a star.</param>
/// <param name="ContentType">Media types, pairs of the same kind.</param>
public sealed record DataOutput(bool Required, string DataType, IReadOnlyList<string> ContentType);

/// <summary>A plugin that another one needs; what is missing is not asked for.</summary>
/// <param name="Parameter">The name of the form field for its URL.</param>
/// <param name="Required">Whether the plugin cannot do without it.</param>
/// <param name="Name">The identifier of the plugin needed.</param>
/// <param name="Version">A version or a specifier set.</param>
/// <param name="Type">The type of the plugin needed.</param>
/// <param name="Tags">Tags of the plugin needed; one that begins with an exclamation mark is forbidden.</param>
public sealed record PluginDependency(
    string Parameter, bool Required, string? Name, string? Version, string? Type, IReadOnlyList<string>? Tags);

/// <summary>How the parts of a plugin are kept as JSON.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Plugin))]
internal sealed partial class DataJson : JsonSerializerContext;
