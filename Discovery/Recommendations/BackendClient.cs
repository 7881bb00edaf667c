using System.Globalization;
using System.Text.Json;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>
/// Asks the QHAna backend about an experiment. Whatever the backend does (refuses, hangs, answers with an error or with
/// nonsense), the answer is null and the log has a line: recommendations go on with what is known.
/// </summary>
public sealed class BackendClient(
    HttpClient http, ServiceRepository services, UrlMaps maps, RecommendationOptions options, ILogger<BackendClient> logger)
{
    private const string BackendServiceId = "qhana-backend";

    /// <summary>The summary of an experiment's data.</summary>
    public Task<JsonElement?> GetDataSummaryAsync(long experiment, CancellationToken cancellationToken) =>
        GetAsync($"/experiments/{Text(experiment)}/data-summary", cancellationToken);

    /// <summary>A step of an experiment.</summary>
    public Task<JsonElement?> GetStepAsync(long experiment, long step, CancellationToken cancellationToken) =>
        GetAsync($"/experiments/{Text(experiment)}/timeline/{Text(step)}", cancellationToken);

    private async Task<JsonElement?> GetAsync(string path, CancellationToken cancellationToken)
    {
        if (await services.FindAsync(BackendServiceId) is not { } backend)
            return null;
        var url = maps.ForRequest(backend.Url.TrimEnd('/') + path);
        if (!WebUrl.TryParse(url, out var address))
        {
            logger.LogWarning("The service {ServiceId} has no http or https URL", BackendServiceId);
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.BackendTimeout);
        try
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            response.EnsureSuccessStatusCode();
            await response.Content.LoadIntoBufferAsync(DiscoveryOptions.MaxDocumentBytes, limit.Token);
            await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
            using var document = await JsonDocument.ParseAsync(stream, cancellationToken: limit.Token);
            return JsonText.HasReadableNames(document.RootElement) ? document.RootElement.Clone() : null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && e is HttpRequestException or OperationCanceledException or JsonException or IOException or InvalidDataException
                // What is wrongly compressed, in some of the ways; what names no host.
                or InvalidOperationException or UriFormatException)
        {
            logger.LogWarning("The backend does not tell {Path}: {Reason}", path, e.Message);
            return null;
        }
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
