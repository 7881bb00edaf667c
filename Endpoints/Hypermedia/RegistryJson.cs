using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>The types that answers are made of. Write with <see cref="Answers"/>, which has the right options.</summary>
[JsonSerializable(typeof(ApiResponse))]
internal sealed partial class RegistryJson : JsonSerializerContext
{
    /// <summary>
    /// How answers are written: camelCase, and a property without a value is left out. They are sent as application/json
    /// and never pasted into HTML, so that <c>+</c>, <c>&amp;</c> and letters of all languages need no escapes.
    /// </summary>
    public static RegistryJson Answers { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ApiLinkConverter(), new JsonStringEnumConverter<SeedOutcomeKind>(JsonNamingPolicy.KebabCaseLower) },
    });
}
