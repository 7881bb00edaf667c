using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Qhana.Registry.Tests.Support;

/// <summary>Requests to a registry, by path or by the URL of a link.</summary>
public static class Requests
{
    /// <summary>GET.</summary>
    public static Task<Answer> GetAsync(this RegistryApp app, string url) => app.SendAsync(HttpMethod.Get, url, null);

    /// <summary>POST of JSON.</summary>
    public static Task<Answer> PostAsync(this RegistryApp app, string url, JsonNode? body) =>
        app.SendAsync(HttpMethod.Post, url, JsonContent.Create(body));

    /// <summary>PUT of JSON.</summary>
    public static Task<Answer> PutAsync(this RegistryApp app, string url, JsonNode? body) =>
        app.SendAsync(HttpMethod.Put, url, JsonContent.Create(body));

    /// <summary>DELETE.</summary>
    public static Task<Answer> DeleteAsync(this RegistryApp app, string url) => app.SendAsync(HttpMethod.Delete, url, null);

    /// <summary>Any method, with a body that is sent as it stands.</summary>
    public static Task<Answer> SendTextAsync(
        this RegistryApp app, HttpMethod method, string url, string body, string mediaType = "application/json") =>
        app.SendAsync(method, url, new StringContent(body, Encoding.UTF8, mediaType));

    /// <summary>Any method and body.</summary>
    public static async Task<Answer> SendAsync(this RegistryApp app, HttpMethod method, string url, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body };
        // Asks first, so that an answer to the headers alone does not meet a body that is still on its way.
        request.Headers.ExpectContinue = body?.Headers.ContentLength > 1 << 16;
        return await Answer.ReadAsync(await app.Client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>Follows the first link of an answer that has this type and these relations.</summary>
    public static Task<Answer> FollowAsync(this RegistryApp app, Answer answer, string resourceType, params string[] rels) =>
        app.GetAsync(answer.Follow(resourceType, rels));

    /// <summary>Waits until a list has so many items.</summary>
    public static Task<int> HasAsync(this RegistryApp app, int count, string url) =>
        Eventually.EqualsAsync(count, async () => (await app.GetAsync(url)).CollectionSize);
}
