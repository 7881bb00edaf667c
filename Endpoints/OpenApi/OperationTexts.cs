using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints.OpenApi;

/// <summary>What operations say beyond what the framework finds: their parameters, and every answer in words.</summary>
public static class OperationTexts
{
    // The parameters of paths by name, and whether they are the number that the registry gave.
    private static readonly Dictionary<string, (bool IsNumber, string Text)> PathParameters = new()
    {
        ["pluginId"] = (true, "The id of the plugin."),
        ["seedId"] = (true, "The id of the seed."),
        ["serviceId"] = (false, "The id of the service, as its creator chose it."),
        ["envId"] = (false, "The name of the variable."),
        ["templateId"] = (true, "The id of the UI template."),
        ["tabId"] = (true, "The id of the tab."),
    };

    private static readonly Dictionary<string, string> Answers = new()
    {
        ["200"] = "The answer, with links to go on from.",
        ["204"] = "Done; there is nothing to tell.",
        ["400"] = "The request cannot be read, or does not fit its URL.",
        ["404"] = "There is no such resource.",
        ["409"] = "There is such a resource already.",
        ["422"] = "Some fields or parameters are not accepted.",
    };

    /// <summary>Completes an operation.</summary>
    public static Task TransformAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
            DescribePathParameter(parameter);
        foreach (var query in context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryMetadata>())
        {
            foreach (var parameter in query.Parameters)
                operation.Parameters.Add(QueryParameterOf(parameter));
        }

        var responses = operation.Responses ??= [];
        foreach (var (status, response) in responses)
            response.Description = Answers.GetValueOrDefault(status, response.Description ?? "");
        // Written in ordinal order, the default last.
        responses["default"] = new OpenApiResponseReference(DocumentTexts.AnyProblem, context.Document);
        operation.Responses = InOrder(responses);
        DescribeData(operation, context);
        // Anything else is taken in only to be told that it is not JSON.
        operation.RequestBody?.Content?.Remove("*/*");
        return Task.CompletedTask;
    }

    private static void DescribePathParameter(OpenApiParameter parameter)
    {
        if (parameter.Name is null || !PathParameters.TryGetValue(parameter.Name, out var known))
            return;
        parameter.Description = known.Text;
        if (known.IsNumber)
            parameter.Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "0" };
    }

    private static OpenApiParameter QueryParameterOf(QueryParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Required = parameter.Required,
        Schema = new OpenApiSchema
        {
            Type = parameter.Type switch
            {
                "integer" => JsonSchemaType.Integer,
                "number" => JsonSchemaType.Number,
                _ => JsonSchemaType.String,
            },
            Minimum = parameter.Minimum?.ToString(CultureInfo.InvariantCulture),
            Maximum = parameter.Maximum?.ToString(CultureInfo.InvariantCulture),
            Default = parameter.Default?.DeepClone(),
        },
    };

    /// <summary>Tells of every kind of data, where an endpoint declares several; the framework knows only the last.</summary>
    private static void DescribeData(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var kinds = context.Description.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>()
            .Where(m => m is { StatusCode: StatusCodes.Status200OK, Type.IsGenericType: true })
            .Select(m => SchemaNames.OfData(m.Type!.GetGenericArguments()[0]))
            .Distinct()
            .ToList();
        var schema = operation.Responses?.GetValueOrDefault("200")?.Content?.Values.FirstOrDefault()?.Schema;
        if (kinds.Count > 1 && schema?.Properties is { } properties)
        {
            properties[AnswerShapes.Data] = new OpenApiSchema
            {
                AnyOf = [.. kinds.Select(name => new OpenApiSchemaReference(name, context.Document))],
            };
        }
    }

    private static OpenApiResponses InOrder(OpenApiResponses responses)
    {
        var ordered = new OpenApiResponses();
        foreach (var (status, response) in responses.OrderBy(r => r.Key, StringComparer.Ordinal))
            ordered.Add(status, response);
        return ordered;
    }
}
