using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints.Requests;

/// <summary>The body of a request, as one endpoint understands it.</summary>
public interface IBody<TSelf>
    where TSelf : IBody<TSelf>
{
    /// <summary>Reads the fields. What is wrong with them goes to the reader's errors.</summary>
    static abstract TSelf Read(FieldReader reader);
}

/// <summary>
/// A body that was read: its value, or the problem to answer with: 400 for what is no JSON, 422 for what is no object or
/// has a wrong, missing or unknown field.
/// </summary>
public sealed class Body<T> : IEndpointParameterMetadataProvider
    where T : IBody<T>
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Limits.BodyDepth };

    // Whatever was sent gets as far as here, where the answer says what is wrong with it.
    private const string AnyMediaType = "*/*";

    private readonly T? _value;

    private Body(T? value, IResult? problem)
    {
        _value = value;
        Problem = problem;
    }

    /// <summary>What was read; of use only where <see cref="Problem"/> is null.</summary>
    public T Value => _value ?? throw new InvalidOperationException("The body was refused.");

    /// <summary>What to answer where the body was refused, or null.</summary>
    public IResult? Problem { get; }

    /// <summary>Reads the body of a request.</summary>
    public static async ValueTask<Body<T>> BindAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            return new Body<T>(default, Problems.NotSentAsJson());
        try
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, Strict, context.RequestAborted);
            if (!JsonText.HasReadableNames(document.RootElement))
                return new Body<T>(default, Problems.UnreadableJson());
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return new Body<T>(default, Problems.NotAnObject());
            var reader = new FieldReader(document.RootElement);
            var value = T.Read(reader);
            reader.RefuseOthers();
            return reader.Errors.IsEmpty ? new Body<T>(value, null) : new Body<T>(default, Problems.Invalid(reader.Errors));
        }
        catch (JsonException e)
        {
            return new Body<T>(default, Problems.MalformedJson(e));
        }
    }

    /// <inheritdoc />
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata(["application/json", AnyMediaType], typeof(T)));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(Microsoft.AspNetCore.Mvc.ProblemDetails), ["application/problem+json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status422UnprocessableEntity, typeof(HttpValidationProblemDetails), ["application/problem+json"]));
    }
}
