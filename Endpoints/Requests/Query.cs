using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;

namespace Qhana.Registry.Endpoints.Requests;

/// <summary>A query parameter, as the documentation tells of it.</summary>
/// <param name="Name">As it stands in a URL.</param>
/// <param name="Type">string, integer or number.</param>
/// <param name="Description">What it does.</param>
/// <param name="Required">Whether the request is refused without it.</param>
public sealed record QueryParameter(string Name, string Type, string Description, bool Required = false)
{
    /// <summary>The least number that is accepted; null for any.</summary>
    public double? Minimum { get; init; }

    /// <summary>The greatest number that is accepted; null for any.</summary>
    public double? Maximum { get; init; }

    /// <summary>What holds where it is not given; null for nothing.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>
    /// Whether some values are not accepted. Of the texts, only the sort and versions are ever refused, and these stand
    /// beside numbers.
    /// </summary>
    public bool MayBeRefused => Required || Type != "string";
}

/// <summary>The query of a request, as one endpoint understands it.</summary>
public interface IQuery<TSelf>
    where TSelf : IQuery<TSelf>
{
    /// <summary>The parameters, for the documentation.</summary>
    static abstract IReadOnlyList<QueryParameter> Parameters { get; }

    /// <summary>Reads the parameters. What is wrong with them goes to the reader's errors.</summary>
    static abstract TSelf Read(QueryReader reader);
}

/// <summary>The parameters of an endpoint, for the documentation.</summary>
public sealed record QueryMetadata(IReadOnlyList<QueryParameter> Parameters);

/// <summary>A query that was read: its value, or the problem to answer with.</summary>
public sealed class Query<T> : IEndpointParameterMetadataProvider
    where T : IQuery<T>
{
    private Query(T value, IResult? problem)
    {
        Value = value;
        Problem = problem;
    }

    /// <summary>What was read; of use only where <see cref="Problem"/> is null.</summary>
    public T Value { get; }

    /// <summary>422 with every parameter that is wrong, or null.</summary>
    public IResult? Problem { get; }

    /// <summary>Reads the query of a request. Never fails.</summary>
    public static ValueTask<Query<T>> BindAsync(HttpContext context)
    {
        var reader = new QueryReader(context.Request.Query);
        var value = T.Read(reader);
        return ValueTask.FromResult(new Query<T>(value, reader.Errors.IsEmpty ? null : Problems.Invalid(reader.Errors)));
    }

    /// <inheritdoc />
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new QueryMetadata(T.Parameters));
        if (T.Parameters.Any(p => p.MayBeRefused))
        {
            builder.Metadata.Add(new ProducesResponseTypeMetadata(
                StatusCodes.Status422UnprocessableEntity, typeof(HttpValidationProblemDetails), ["application/problem+json"]));
        }
    }
}
