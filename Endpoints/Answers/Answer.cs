using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.Extensions.Primitives;

namespace Qhana.Registry.Endpoints.Answers;

/// <summary>
/// The bytes of an answer with everything that is sent with them. Made once, sent often: compressed at most once for each
/// encoding, and not at all to a client that has it already (If-None-Match, RFC 9110 section 13.1.2).
/// </summary>
public sealed class Answer
{
    /// <summary>
    /// The content type of every successful answer: the web UI compares the whole header and drops anything else, a
    /// charset included.
    /// </summary>
    public const string ContentType = "application/json";

    private const int WorthCompressing = 1024;
    private static readonly StringValues AnyOrigin = "*";
    private static readonly StringValues Revalidate = "no-cache";
    private static readonly StringValues ByEncoding = "Accept-Encoding";
    private static readonly StringValues Json = ContentType;

    private readonly Variant _plain;
    private Variant? _brotli;
    private Variant? _gzip;

    /// <summary>An answer of these bytes, which must not change as long as the answer is used.</summary>
    public Answer(ReadOnlyMemory<byte> body)
    {
        var hash = Convert.ToHexStringLower(XxHash128.Hash(body.Span));
        _plain = new Variant(body, $"\"{hash}\"", null);
    }

    /// <summary>How much memory the answer takes, about, in bytes.</summary>
    public int Size => 512 + (_plain.Body.Length * 3 / 2);

    /// <summary>Sends the answer, or 304 where the client has it.</summary>
    public Task WriteAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var variant = Choose(request.Headers.AcceptEncoding);
        var headers = response.Headers;
        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        // What a write answers names no state that a client could have.
        if (isRead)
            headers.ETag = variant.ETag;
        headers.CacheControl = Revalidate;
        headers.Vary = ByEncoding;
        headers.AccessControlAllowOrigin = AnyOrigin;
        if (isRead && Has(request.Headers.IfNoneMatch, variant.ETag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        headers.ContentType = Json;
        headers.ContentLength = variant.Body.Length;
        if (variant.Encoding is { } encoding)
            headers.ContentEncoding = encoding;
        return HttpMethods.IsHead(request.Method)
            ? Task.CompletedTask
            : response.BodyWriter.WriteAsync(variant.Body).AsTask();
    }

    private sealed record Variant(ReadOnlyMemory<byte> Body, StringValues ETag, string? Encoding);

    private Variant Choose(StringValues accepted)
    {
        if (accepted.Count == 0 || _plain.Body.Length < WorthCompressing)
            return _plain;
        if (AcceptedEncodings.Accepts(accepted, "br"))
            return _brotli ??= Compress("br", stream => new BrotliStream(stream, CompressionLevel.Fastest));
        return AcceptedEncodings.Accepts(accepted, "gzip")
            ? _gzip ??= Compress("gzip", stream => new GZipStream(stream, CompressionLevel.Fastest))
            : _plain;
    }

    private Variant Compress(string encoding, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed))
            stream.Write(_plain.Body.Span);
        // Other bytes, other tag: a strong one names one sequence of bytes.
        return new Variant(compressed.ToArray(), $"{_plain.ETag.ToString()[..^1]}-{encoding}\"", encoding);
    }

    private static bool Has(StringValues ifNoneMatch, StringValues tag)
    {
        foreach (var list in ifNoneMatch)
        {
            if (list is not null && (list == "*" || list.Contains(tag.ToString(), StringComparison.Ordinal)))
                return true;
        }

        return false;
    }
}
