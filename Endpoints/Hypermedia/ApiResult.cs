using System.Buffers;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>
/// Sends an answer as exactly <c>application/json</c>: the web UI compares the whole header and drops anything else,
/// a charset included. Describes itself to OpenAPI.
/// </summary>
public sealed class ApiResult<T>(ApiResponse<T> response) : IResult, IEndpointMetadataProvider
    where T : ApiData
{
    private const string ContentType = "application/json";

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        await using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Encoder = RegistryJson.Answers.Options.Encoder,
            SkipValidation = true,
        }))
        {
            JsonSerializer.Serialize(writer, response, RegistryJson.Answers.ApiResponse);
        }

        httpContext.Response.ContentType = ContentType;
        httpContext.Response.ContentLength = buffer.WrittenCount;
        await httpContext.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, httpContext.RequestAborted);
    }

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ApiResponse<T>), [ContentType]));
}
