using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.OpenApi;

namespace Qhana.Registry.Endpoints;

/// <summary>
/// How the OpenAPI document is made: the framework describes the endpoints, and the transformers beside this add what
/// only this API knows.
/// </summary>
public static class OpenApiDocument
{
    private const string Name = "registry";

    /// <summary>Adds the document.</summary>
    public static IServiceCollection AddRegistryOpenApi(this IServiceCollection services)
    {
        services.AddOpenApi(Name, document =>
        {
            document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            // HEAD answers what GET does, without the body.
            document.ShouldInclude = endpoint => endpoint.HttpMethod != HttpMethods.Head;
            document.CreateSchemaReferenceId = SchemaNames.Find;
            document.AddSchemaTransformer(SchemaTexts.TransformAsync);
            document.AddOperationTransformer(OperationTexts.TransformAsync);
            document.AddDocumentTransformer(DocumentTexts.TransformAsync);
        });
        services.ConfigureHttpJsonOptions(json => DescribeAnswers(json.SerializerOptions));
        services.AddSingleton(provider =>
            new SpecificationText(provider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name)));
        return services;
    }

    /// <summary>
    /// Schemas are made from the framework's JSON options, which nothing else of importance uses: here they take the
    /// shape of what <see cref="RegistryJson"/> writes.
    /// </summary>
    private static void DescribeAnswers(JsonSerializerOptions json)
    {
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new JsonStringEnumConverter<SeedOutcomeKind>(JsonNamingPolicy.KebabCaseLower));
        json.TypeInfoResolver = json.TypeInfoResolver?.WithAddedModifier(AnswerShapes.Modify);
    }
}
