using System.Net.Http.Json;
using System.Text.Json;

namespace Qhana.Registry.Benchmarks.Servers;

/// <summary>Talks to a registry as its clients do, where speed does not matter. Anything but success is an exception.</summary>
public sealed class RegistryClient(ServerProcess registry, CancellationToken stop) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = registry.Origin, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>How many plugins there are.</summary>
    public async Task<int> CountPluginsAsync() =>
        (await GetDataAsync("/api/plugins/?item-count=1")).GetProperty("collectionSize").GetInt32();

    /// <summary>Whether a discovery run is going on.</summary>
    public async Task<bool> IsDiscoveringAsync() =>
        (await GetDataAsync("/api/discovery/?item-count=1")).GetProperty("running").GetBoolean();

    /// <summary>Sets an environment variable: the cheapest write there is.</summary>
    public async Task SetEnvAsync(string name, string value)
    {
        using var answer = await _http.PostAsJsonAsync("/api/env/", new { name, value }, stop);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Gives a tab another filter.</summary>
    public async Task ChangeFilterAsync(long templateId, long tabId, string filterString)
    {
        var tab = new { name = "Changing", description = "", icon = "", location = "workspace", sortKey = 1, groupKey = "", filterString };
        using var answer = await _http.PutAsJsonAsync(FormattableString.Invariant($"/api/templates/{templateId}/tabs/{tabId}/"), tab, stop);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many plugins a tab has.</summary>
    public async Task<int> CountPluginsOfTabAsync(long tabId) =>
        (await GetDataAsync(FormattableString.Invariant($"/api/plugins/?item-count=1&template-tab={tabId}"))).GetProperty("collectionSize").GetInt32();

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> GetDataAsync(string target) =>
        (await _http.GetFromJsonAsync<JsonElement>(target, stop)).GetProperty("data");
}
