using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Qhana.Registry.Tests.Support;

/// <summary>An answer of the registry, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string? ContentType, string Text)
{
    /// <summary>The status as a number.</summary>
    public int Code => (int)Status;

    /// <summary>The body as JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new JsonException("The body is null.");

    /// <summary>What was asked for.</summary>
    public JsonNode Data => Json["data"]!;

    /// <summary>The links, in their order.</summary>
    public IReadOnlyList<JsonNode> Links => [.. Json["links"]!.AsArray().Select(l => l!)];

    /// <summary>The answers inside of this one.</summary>
    public IReadOnlyList<JsonNode> Embedded => [.. (Json["embedded"]?.AsArray() ?? []).Select(e => e!)];

    /// <summary>The names of the fields that a problem tells of.</summary>
    public IReadOnlyList<string> ErrorFields => [.. Json["errors"]!.AsObject().Select(e => e.Key)];

    /// <summary>The names of the items of a list, as their links have them.</summary>
    public IReadOnlyList<string> ItemNames => [.. Data["items"]!.AsArray().Select(i => (string)i!["name"]!)];

    /// <summary>How many items all pages have together.</summary>
    public int CollectionSize => (int)Data["collectionSize"]!;

    /// <summary>The URL of what the answer shows.</summary>
    public string Self => (string)Data["self"]!["href"]!;

    /// <summary>The URL of the first link with this type and all of these relations, as clients look for it.</summary>
    public string Follow(string resourceType, params string[] rels) => FindLink(resourceType, rels) is { } link
        ? (string)link["href"]!
        : throw new KeyNotFoundException($"There is no link {string.Join(' ', rels)} to {resourceType} in {Text}");

    /// <summary>The first link with this type and all of these relations, or null.</summary>
    public JsonNode? FindLink(string resourceType, params string[] rels) => Links.FirstOrDefault(
        l => (string)l["resourceType"]! == resourceType && rels.All(r => Rels(l).Contains(r)));

    /// <summary>The relations of a link, sorted, because their order carries no meaning.</summary>
    public static IReadOnlyList<string> Rels(JsonNode link) =>
        [.. link["rel"]!.AsArray().Select(r => (string)r!).Order(StringComparer.Ordinal)];

    /// <summary>
    /// The links, each as its relations, type and URL without the origin: "create post seed /api/seeds/?item-count=25".
    /// </summary>
    public IReadOnlyList<string> Outline => [.. Links.Select(OutlineOf)];

    /// <summary>A link as <see cref="Outline"/> shows it.</summary>
    public static string OutlineOf(JsonNode? link) => string.Join(
        ' ', [.. Rels(link!), (string)link!["resourceType"]!, new Uri((string)link["href"]!).GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped)]);

    /// <summary>Reads an answer.</summary>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new Answer(
                response.StatusCode,
                // The header as it stands: clients compare the text.
                response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null,
                await response.Content.ReadAsStringAsync());
        }
    }
}
