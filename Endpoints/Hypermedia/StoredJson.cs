using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>A JSON text that is sent as it was stored, instead of being read and written again.</summary>
/// <typeparam name="T">What the text holds.</typeparam>
public sealed record StoredJson<T>(string Text);

/// <summary>Writes stored JSON into an answer. Answers are never read back.</summary>
public sealed class StoredJsonConverter<T> : JsonConverter<StoredJson<T>>
{
    /// <inheritdoc />
    public override StoredJson<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are written only.");

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, StoredJson<T> value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Text, skipInputValidation: true);
}
