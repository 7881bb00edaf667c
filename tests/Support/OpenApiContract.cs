using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qhana.Registry.Tests.Support;

/// <summary>
/// What the OpenAPI document of a registry promises, and a check that JSON keeps it. The check knows the part of JSON Schema
/// that the document uses; a keyword that it does not know is a fault, so that nothing goes unchecked.
/// </summary>
public sealed class OpenApiContract(JsonNode document)
{
    private static readonly HashSet<string> Silent = ["description", "format", "default"];

    /// <summary>The whole document.</summary>
    public JsonNode Document { get; } = document;

    /// <summary>The components that data is made of, by name.</summary>
    public JsonObject Schemas => Document["components"]!["schemas"]!.AsObject();

    /// <summary>Every operation, with its method and path.</summary>
    public IEnumerable<(string Method, string Path, JsonNode Operation)> Operations =>
        from path in Document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key, path.Key, operation.Value);

    /// <summary>Reads the document of a registry.</summary>
    public static async Task<OpenApiContract> OfAsync(RegistryApp app) => new((await app.GetAsync("/api/api-spec.json")).Json);

    /// <summary>What a reference within the document, or a link to a place in it, points to; null for nothing.</summary>
    public JsonNode? Find(string reference)
    {
        var node = Document;
        foreach (var step in reference[(reference.IndexOf('#', StringComparison.Ordinal) + 2)..].Split('/'))
            node = (node as JsonObject)?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)];
        return node;
    }

    /// <summary>The schema of an answer, as the operation for this URL has it; null where there is none.</summary>
    public JsonNode? FindAnswer(string method, string url, int status)
    {
        var path = url.Split('?')[0].Split('/');
        var operation = Operations.SingleOrDefault(
            o => o.Method == method && Matches(o.Path.Split('/'), path)).Operation;
        var answer = operation?["responses"]?[$"{status}"];
        return answer?["content"]?.AsObject().Single().Value!["schema"];
    }

    /// <summary>What is wrong with a value, a sentence for each; nothing where it is as the schema says.</summary>
    public IReadOnlyList<string> Faults(JsonNode? value, JsonNode schema) => [.. Check(value, schema, "")];

    /// <summary>The paths of operations with their parameters filled in are those of requests.</summary>
    private static bool Matches(string[] template, string[] path) => template.Length == path.Length
        && template.Zip(path).All(p => p.First == p.Second || (p.First.StartsWith('{') && p.Second.Length > 0));

    private IEnumerable<string> Check(JsonNode? value, JsonNode schema, string at) =>
        schema.AsObject().SelectMany(keyword => Check(value, schema, keyword.Key, keyword.Value!, at));

    private IEnumerable<string> Check(JsonNode? value, JsonNode schema, string keyword, JsonNode argument, string at) => keyword switch
    {
        "$ref" => Check(value, Find((string)argument!) ?? throw new KeyNotFoundException($"{argument} is nowhere"), at),
        "type" => CheckType(value, argument, at),
        "enum" => Wrong(!argument.AsArray().Any(a => JsonNode.DeepEquals(a, value)), at, $"is {Show(value)}, none of {Show(argument)}"),
        "anyOf" => Wrong(!argument.AsArray().Any(s => !Check(value, s!, at).Any()), at, "is none of several"),
        "required" => value is JsonObject whole
            ? argument.AsArray().SelectMany(name => Wrong(!whole.ContainsKey((string)name!), $"{at}/{name}", "is missing"))
            : [],
        "properties" => CheckProperties(value, argument, at),
        "additionalProperties" => value is JsonObject map
            ? map.Where(p => schema["properties"]?[p.Key] is null).SelectMany(p => Check(p.Value, argument, $"{at}/{p.Key}"))
            : [],
        "items" => value is JsonArray list ? list.SelectMany((item, i) => Check(item, argument, $"{at}/{i}")) : [],
        _ => Wrong(!Silent.Contains(keyword), at, $"has a schema with the unknown keyword {keyword}"),
    };

    private static IEnumerable<string> CheckType(JsonNode? value, JsonNode type, string at)
    {
        var allowed = type is JsonArray several ? several.Select(t => (string)t!) : [(string)type!];
        return Wrong(!allowed.Any(t => IsOf(value, t)), at, $"is {Show(value)}, but must be {Show(type)}");
    }

    private IEnumerable<string> CheckProperties(JsonNode? value, JsonNode properties, string at) =>
        from property in (value as JsonObject) ?? []
        where properties[property.Key] is not null
        from fault in Check(property.Value, properties[property.Key]!, $"{at}/{property.Key}")
        select fault;

    private static bool IsOf(JsonNode? value, string type) => type switch
    {
        "integer" => value?.GetValueKind() == JsonValueKind.Number && value.GetValue<double>() % 1 == 0,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "null" => value is null,
        _ => false,
    };

    private static IEnumerable<string> Wrong(bool isWrong, string at, string what) => isWrong ? [$"{at} {what}"] : [];

    private static string Show(JsonNode? value) => value?.ToJsonString() ?? "null";
}
