using System.Text.Json.Serialization.Metadata;
using Qhana.Registry.Endpoints.Hypermedia;

namespace Qhana.Registry.Endpoints.OpenApi;

/// <summary>Tells the schema generator about types that are written otherwise than it would think.</summary>
public static class AnswerShapes
{
    /// <summary>The property of an answer that holds its data.</summary>
    public const string Data = "data";

    /// <summary>Changes the description of a type.</summary>
    public static void Modify(JsonTypeInfo type)
    {
        if (type.Type == typeof(ApiResponse))
            ModifyEmbedded(type);
        if (IsA(typeof(ApiResponse<>), type.Type))
            type.Properties.Single(p => p.Name == Data).IsGetNullable = false;
        for (var i = 0; i < type.Properties.Count; i++)
        {
            var property = type.Properties[i];
            if (IsA(typeof(StoredJson<>), property.PropertyType))
                type.Properties[i] = Retyped(type, property, property.PropertyType.GetGenericArguments()[0]);
        }
    }

    /// <summary>An embedded answer has data of its kind; the link to itself tells which.</summary>
    private static void ModifyEmbedded(JsonTypeInfo type)
    {
        type.PolymorphismOptions = null;
        var data = type.CreateJsonPropertyInfo(typeof(ApiData), Data);
        // Never called: schemas are all that is made of this.
        data.Get = _ => null;
        data.Set = (_, _) => { };
        data.IsRequired = true;
        data.IsGetNullable = false;
        data.IsSetNullable = false;
        type.Properties.Add(data);
    }

    private static bool IsA(Type generic, Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == generic;

    private static JsonPropertyInfo Retyped(JsonTypeInfo type, JsonPropertyInfo property, Type written)
    {
        var retyped = type.CreateJsonPropertyInfo(written, property.Name);
        retyped.AttributeProvider = property.AttributeProvider;
        retyped.Get = property.Get;
        retyped.Set = property.Set;
        retyped.IsRequired = property.IsRequired;
        retyped.IsGetNullable = property.IsGetNullable;
        retyped.IsSetNullable = property.IsSetNullable;
        retyped.Order = property.Order;
        return retyped;
    }
}
