using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Qhana.Registry.Data;

/// <summary>
/// Writes JSON as Python's json.dumps does by default: a blank after each comma and colon, ASCII only. The original keeps
/// the filters of template files in that spelling, and clients show it.
/// </summary>
public static class PythonJson
{
    /// <summary>The text of a value.</summary>
    public static string Write(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                AppendAll(text, '{', value.EnumerateObject(), '}', property =>
                {
                    AppendString(text, property.Name);
                    text.Append(": ");
                    Append(text, property.Value);
                });
                break;
            case JsonValueKind.Array:
                AppendAll(text, '[', value.EnumerateArray(), ']', item => Append(text, item));
                break;
            case JsonValueKind.String when JsonText.TryGet(value, out var content):
                AppendString(text, content);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendAll<T>(StringBuilder text, char open, IEnumerable<T> items, char close, Action<T> append)
    {
        text.Append(open);
        foreach (var (index, item) in items.Index())
        {
            if (index > 0)
                text.Append(", ");
            append(item);
        }

        text.Append(close);
    }

    private static void AppendString(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (var c in content)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                >= ' ' and <= '~' => text.Append(c),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
            };
        }

        text.Append('"');
    }
}
