using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Qhana.Registry.Endpoints.Hypermedia;

namespace Qhana.Registry.Endpoints.OpenApi;

/// <summary>The names of the components of the OpenAPI document.</summary>
public static class SchemaNames
{
    // Types that are not here go by their own names.
    private static readonly Dictionary<Type, string> Names = new()
    {
        // The data of each kind of answer, by the names that links use.
        [typeof(ApiRootData)] = Schemas.Root,
        [typeof(PluginData)] = Schemas.Plugin,
        [typeof(SeedData)] = Schemas.Seed,
        [typeof(ServiceData)] = Schemas.Service,
        [typeof(EnvData)] = Schemas.Env,
        [typeof(CursorPageData)] = Schemas.CursorPage,
        [typeof(TemplateData)] = Schemas.Template,
        [typeof(TemplateTabData)] = Schemas.TemplateTab,
        [typeof(TemplateGroupData)] = Schemas.TemplateGroup,
        [typeof(RecommendationData)] = Schemas.RecommendationCollection,
        [typeof(DiscoveryData)] = Schemas.Discovery,
        // The data of answers to writes.
        [typeof(NewData)] = "NewObject",
        [typeof(ChangedData)] = "ChangedObject",
        [typeof(DeletedData)] = "DeletedObject",
        // What answers are made of.
        [typeof(ApiResponse)] = "EmbeddedAnswer",
        [typeof(HttpValidationProblemDetails)] = "ValidationProblem",
    };

    /// <summary>The name of the component for a type, or null for a type that is described where it is used.</summary>
    public static string? Find(JsonTypeInfo type) => Names.TryGetValue(type.Type, out var name) ? name
        : IsInline(type.Type) ? null
        : OpenApiOptions.CreateDefaultSchemaReferenceId(type);

    /// <summary>The name of the component for the data of an answer.</summary>
    public static string OfData(Type type) => Names[type];

    private static bool IsInline(Type type) =>
        type == typeof(ApiData)
        || (Nullable.GetUnderlyingType(type) ?? type).IsEnum
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ApiResponse<>));
}
