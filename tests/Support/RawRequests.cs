using System.Net.Http.Headers;
using System.Text;

namespace Qhana.Registry.Tests.Support;

/// <summary>An answer as it came: nothing decompressed, no redirect followed.</summary>
public sealed record RawAnswer(int Code, byte[] Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The value of a header, or null where it did not come.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>Requests with headers of their own.</summary>
public static class RawRequests
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });

    /// <summary>GET of a path of a registry.</summary>
    public static Task<RawAnswer> GetRawAsync(this RegistryApp app, string path, params (string Name, string Value)[] headers) =>
        SendRawAsync(HttpMethod.Get, app.Origin + path, headers);

    /// <summary>GET of a URL.</summary>
    public static Task<RawAnswer> GetRawAsync(string url, params (string Name, string Value)[] headers) =>
        SendRawAsync(HttpMethod.Get, url, headers);

    /// <summary>A request without a body.</summary>
    public static async Task<RawAnswer> SendRawAsync(HttpMethod method, string url, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await SendRawAsync(request);
    }

    /// <summary>Any request.</summary>
    public static async Task<RawAnswer> SendRawAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        return new RawAnswer((int)response.StatusCode, body, Headers(response.Headers.NonValidated, response.Content.Headers.NonValidated));
    }

    private static Dictionary<string, string> Headers(params ReadOnlySpan<HttpHeadersNonValidated> all)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var some in all)
        {
            foreach (var (name, values) in some)
                headers[name] = values.ToString();
        }

        return headers;
    }
}
