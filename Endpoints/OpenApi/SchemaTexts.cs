using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints.OpenApi;

/// <summary>
/// What schemas say beyond what the framework finds: which properties may be missing or null, and in which words they
/// are described.
/// </summary>
public static class SchemaTexts
{
    private static readonly Dictionary<Type, string> Texts = new()
    {
        [typeof(ApiData)] = "The data of the answer, of the schema that the link to itself names.",
        [typeof(ApiResponse)] = "An answer within another one.",
        [typeof(ProblemDetails)] = "What went wrong (RFC 9457); detail is a sentence to act on.",
        [typeof(HttpValidationProblemDetails)] =
            "What is not accepted (RFC 9457); errors has sentences to act on, by field or parameter.",
    };

    // The framework does not describe the properties of its problems.
    private static readonly Dictionary<string, string> ProblemTexts = new()
    {
        ["type"] = "A URI that stands for the kind of problem.",
        ["title"] = "The kind of problem, in a few words.",
        ["status"] = "The HTTP status.",
        ["detail"] = "This very problem, in a sentence to act on.",
        ["instance"] = "A URI that stands for this very problem.",
        ["errors"] = "Sentences to act on, by field or parameter.",
    };

    /// <summary>Completes a schema.</summary>
    public static Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // A component is described as such; a property that refers to it keeps its doc comment.
        var inline = SchemaNames.Find(context.JsonTypeInfo) is null ? context.JsonPropertyInfo : null;
        if (TextOf(inline, context.JsonTypeInfo.Type) is { } text)
            schema.Description = text;
        if (context.JsonPropertyInfo is { } property && MayBeMissing(property) && !IsOfBody(property))
            schema.Type &= ~JsonSchemaType.Null;
        if (schema.Enum is { } values)
        {
            // The framework says neither that these are texts, nor that an answer never has the null among them.
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. values.Where(v => v?.GetValueKind() == JsonValueKind.String)];
        }

        foreach (var optional in context.JsonTypeInfo.Properties.Where(MayBeMissing))
            schema.Required?.Remove(optional.Name);
        return Task.CompletedTask;
    }

    private static string? TextOf(JsonPropertyInfo? property, Type type) =>
        WordsOf(property?.AttributeProvider) ?? WordsOf(type) ?? Texts.GetValueOrDefault(type) ?? ProblemTextOf(property);

    private static string? ProblemTextOf(JsonPropertyInfo? property) =>
        property?.DeclaringType.IsAssignableTo(typeof(ProblemDetails)) == true
            ? ProblemTexts.GetValueOrDefault(property.Name) : null;

    /// <summary>Descriptions are for clients, doc comments for those who work on the registry.</summary>
    private static string? WordsOf(ICustomAttributeProvider? provider) =>
        provider?.GetCustomAttributes(typeof(DescriptionAttribute), true) is [DescriptionAttribute words, ..]
            ? words.Description : null;

    /// <summary>Answers leave out what has no value; bodies may leave out what may be null or has a default.</summary>
    private static bool MayBeMissing(JsonPropertyInfo property) =>
        (property.IsGetNullable && !IsAlwaysWritten(property))
        || property.AttributeProvider?.IsDefined(typeof(DefaultValueAttribute), true) == true;

    private static bool IsAlwaysWritten(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true)
            is [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.Never }, ..];

    private static bool IsOfBody(JsonPropertyInfo property) => Array.Exists(
        property.DeclaringType.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IBody<>));
}
