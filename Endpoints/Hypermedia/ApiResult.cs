using System.Buffers;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Answers;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>Sends an answer, and keeps it for the next one who asks where that is allowed. Describes itself to OpenAPI.</summary>
/// <param name="response">The answer.</param>
/// <param name="shown">What the answer shows; null for one that is not to be kept.</param>
public sealed class ApiResult<T>(ApiResponse<T> response, Shown? shown = null) : IResult, IEndpointMetadataProvider
    where T : ApiData
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = RegistryJson.Answers.Options.Encoder,
        SkipValidation = true,
    };

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var text = Serialize();
        if (shown is not { } kinds || httpContext.Features.Get<AnswerTicket>() is not { } ticket)
            return WriteOnceAsync(httpContext, text);
        var cache = httpContext.RequestServices.GetRequiredService<AnswerCache>();
        if (!cache.WasAskedBefore(ticket.Key))
            return WriteOnceAsync(httpContext, text);
        var answer = new Answer(text.ToArray());
        cache.Keep(ticket.Key, answer, kinds, ticket.Before);
        return answer.WriteAsync(httpContext);
    }

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(
        new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(ApiResponse<T>), [Answer.ContentType]));

    private static Task WriteOnceAsync(HttpContext context, ReadOnlySpan<byte> text)
    {
        // Answers are large: new memory for each would be most of what they cost.
        var rented = ArrayPool<byte>.Shared.Rent(text.Length);
        text.CopyTo(rented);
        return WriteAndReturnAsync(context, rented, text.Length);
    }

    private static async Task WriteAndReturnAsync(HttpContext context, byte[] rented, int length)
    {
        await new Answer(rented.AsMemory(0, length)).WriteAsync(context);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private ReadOnlySpan<byte> Serialize()
    {
        var buffer = AnswerBuffer.Take();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            JsonSerializer.Serialize(writer, response, RegistryJson.Answers.ApiResponse);
        return buffer.WrittenSpan;
    }
}
