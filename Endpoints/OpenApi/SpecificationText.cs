using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Qhana.Registry.Endpoints.OpenApi;

/// <summary>The OpenAPI document as it is sent. It is made once; only the server differs from request to request.</summary>
public sealed class SpecificationText(IOpenApiDocumentProvider provider)
{
    private readonly Lock _making = new();
    private Task<string>? _document;

    /// <summary>The document for a client that reaches the registry at an origin.</summary>
    public async Task<byte[]> ForAsync(string origin)
    {
        var document = await DocumentAsync();
        var allButTheLastBrace = document.AsSpan(0, document.LastIndexOf('}')).TrimEnd();
        return Encoding.UTF8.GetBytes($$"""
            {{allButTheLastBrace}},
              "servers": [
                {
                  "url": "{{JsonEncodedText.Encode(origin)}}"
                }
              ]
            }
            """);
    }

    private Task<string> DocumentAsync()
    {
        // What failed is tried again.
        lock (_making)
            return _document is null or { IsFaulted: true } or { IsCanceled: true } ? _document = WriteAsync() : _document;
    }

    private async Task<string> WriteAsync()
    {
        var document = await provider.GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    }
}
