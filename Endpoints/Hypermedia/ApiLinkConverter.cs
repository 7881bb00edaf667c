using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>
/// Writes links. An answer is mostly links, so that this is written by hand: half the time and memory of what the
/// serializer makes of it. Answers are never read back.
/// </summary>
public sealed class ApiLinkConverter : JsonConverter<ApiLink>
{
    private static readonly JsonEncodedText Href = JsonEncodedText.Encode("href");
    private static readonly JsonEncodedText Rel = JsonEncodedText.Encode("rel");
    private static readonly JsonEncodedText ResourceType = JsonEncodedText.Encode("resourceType");
    private static readonly JsonEncodedText ResourceKey = JsonEncodedText.Encode("resourceKey");
    private static readonly JsonEncodedText Schema = JsonEncodedText.Encode("schema");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText Doc = JsonEncodedText.Encode("doc");

    /// <inheritdoc />
    public override ApiLink Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written only.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, ApiLink value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString(Href, value.Href);
        writer.WriteStartArray(Rel);
        foreach (var rel in value.Rel)
            writer.WriteStringValue(rel);
        writer.WriteEndArray();
        writer.WriteString(ResourceType, value.ResourceType);
        if (value.ResourceKey is { Count: > 0 } key)
        {
            writer.WriteStartObject(ResourceKey);
            foreach (var (name, id) in key)
                writer.WriteString(name, id);
            writer.WriteEndObject();
        }

        WriteOptional(writer, Schema, value.Schema);
        WriteOptional(writer, Name, value.Name);
        WriteOptional(writer, Doc, value.Doc);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, JsonEncodedText name, string? value)
    {
        if (value is not null)
            writer.WriteString(name, value);
    }
}
