using System.Globalization;
using System.Net;
using System.Text.Json;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>
/// Asks runners for documents, within limits of time, size, depth and redirects. Whatever a runner does becomes a
/// <see cref="Fetched"/>; only the caller's own cancellation is an exception.
/// </summary>
public sealed class RunnerClient(HttpClient http, DiscoveryOptions options, UrlMaps maps)
{
    private const int LongestDetail = 200;

    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = DiscoveryOptions.MaxDocumentDepth };

    /// <summary>The document of a seed or plugin.</summary>
    public Task<Fetched> GetDocumentAsync(string url, CancellationToken cancellationToken) =>
        GetAsync(url, options.DocumentTimeout, DiscoveryOptions.MaxDocumentTokens, cancellationToken);

    /// <summary>The list of a runner's plugins.</summary>
    public Task<Fetched> GetListAsync(string url, CancellationToken cancellationToken) =>
        GetAsync(url, options.ListTimeout, DiscoveryOptions.MaxListTokens, cancellationToken);

    private async Task<Fetched> GetAsync(string url, TimeSpan timeout, int maxTokens, CancellationToken cancellationToken)
    {
        var mapped = maps.ForRequest(url);
        if (!WebUrl.TryParse(mapped, out var address))
            return new Fetched.Unreadable($"{ShortText.Of(mapped, LongestDetail)} is no absolute http or https URL");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            return await FollowAsync(address, maxTokens, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Fetched.TimedOut(string.Create(CultureInfo.InvariantCulture, $"no answer within {timeout.TotalSeconds} s"));
        }
        catch (HttpRequestException e)
        {
            return e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                ? new Fetched.NobodyThere($"no connection ({ShortText.Of(e.Message, LongestDetail)})")
                : new Fetched.Broken($"broken answer ({ShortText.Of(e.Message, LongestDetail)})");
        }
        catch (IOException e)
        {
            return new Fetched.Broken($"the answer broke off ({ShortText.Of(e.Message, LongestDetail)})");
        }
        catch (UriFormatException)
        {
            return new Fetched.Unreadable($"{ShortText.Of(mapped, LongestDetail)} names no host");
        }
    }

    /// <summary>Asks, and follows redirects (RFC 9110 section 15.4) as long as they lead to somewhere on the web.</summary>
    private async Task<Fetched> FollowAsync(Uri address, int maxTokens, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= DiscoveryOptions.MaxRedirects; redirects++)
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.IsSuccessStatusCode)
                return await ReadAsync(response, maxTokens, cancellationToken);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } location)
                return Refusal(response.StatusCode);
            if (!Uri.TryCreate(address, location, out var next) || !WebUrl.TryParse(next.AbsoluteUri, out address))
                return new Fetched.Broken("redirected to something that is neither http nor https");
        }

        return new Fetched.Broken($"redirected more than {DiscoveryOptions.MaxRedirects} times");
    }

    private static async Task<Fetched> ReadAsync(HttpResponseMessage response, int maxTokens, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var text = new DocumentBuffer();
        Fetched? fetched = null;
        try
        {
            return fetched = await text.TryReadAsync(stream, cancellationToken)
                ? Parse(text, maxTokens)
                : new Fetched.Unreadable($"more than {DiscoveryOptions.MaxDocumentBytes >> 20} MiB");
        }
        // The decoders have one each.
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return new Fetched.Broken("the answer is compressed wrongly");
        }
        finally
        {
            if (fetched is not Fetched.Reached)
                text.Dispose();
        }
    }

    private static Fetched Parse(DocumentBuffer text, int maxTokens)
    {
        var bytes = JsonText.WithoutMark(text.Bytes);
        if (bytes.IsEmpty)
            return new Fetched.Unreadable("an empty answer");
        try
        {
            // The document that is made of a text may take many times its memory, depending on how much there is in it.
            if (!HasAtMost(maxTokens, bytes.Span))
                return new Fetched.Unreadable($"more than {maxTokens} names and values");
            var document = JsonDocument.Parse(bytes, Limits);
            if (JsonText.HasReadableNames(document.RootElement))
                return new Fetched.Reached(document, text);
            document.Dispose();
            return new Fetched.Unreadable("property names that are not valid Unicode");
        }
        catch (JsonException)
        {
            return new Fetched.Unreadable($"no JSON, or nested deeper than {DiscoveryOptions.MaxDocumentDepth}");
        }
    }

    private static bool HasAtMost(int tokens, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DiscoveryOptions.MaxDocumentDepth });
        while (reader.Read())
        {
            if (tokens-- == 0)
                return false;
        }

        return true;
    }

    private static Fetched Refusal(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.Gone => new Fetched.Missing($"answered {(int)status}"),
        _ => new Fetched.Broken($"answered {(int)status}"),
    };

}
