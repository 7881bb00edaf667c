using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Qhana.Registry.Endpoints.OpenApi;

/// <summary>The OpenAPI document as it is sent. It is made once; only the server differs from request to request.</summary>
public sealed class SpecificationText(IOpenApiDocumentProvider provider)
{
    private readonly Lazy<Task<string>> _document = new(() => WriteAsync(provider));

    /// <summary>The document for a client that reaches the registry at an origin.</summary>
    public async Task<byte[]> ForAsync(string origin)
    {
        var document = await _document.Value;
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

    private static async Task<string> WriteAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    }
}
