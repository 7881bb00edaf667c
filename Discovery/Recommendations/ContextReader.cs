using System.Text.Json;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>Reads what the backend says. Pure; what has the wrong shape says nothing.</summary>
public static class ContextReader
{
    // Far more kinds of data than any experiment has; a question about more of them would not fit a query.
    private const int MaxKinds = 1_000;

    /// <summary>The available data of a summary {data type: [content type…]}; empty where it is no such thing.</summary>
    public static IReadOnlyList<AvailableData> ReadAvailableData(JsonElement summary)
    {
        if (summary.ValueKind != JsonValueKind.Object || !JsonText.HasReadableNames(summary)
            || summary.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.Array))
        {
            return [];
        }

        IReadOnlyList<AvailableData> data =
        [
            .. from property in summary.EnumerateObject()
               select new AvailableData(
                   MediaType.Parse(property.Name), [.. JsonText.Items(property.Value).Select(MediaType.Parse).Distinct()]),
        ];
        return data.Sum(d => 1 + d.ContentTypes.Count) <= MaxKinds ? data : [];
    }

    /// <summary>How a step ended; null where it goes on, or it is no step.</summary>
    public static StepResult? ReadStep(JsonElement step) => JsonText.HasReadableNames(step) ? ReadReadable(step) : null;

    private static StepResult? ReadReadable(JsonElement step) => JsonText.Field(step, "status") switch
    {
        null or "PENDING" or "UNKNOWN" => null,
        "FAILURE" => new StepResult(false, "", ReadData(step, "inputData"), []),
        _ => new StepResult(true, JsonText.Field(step, "resultQuality") ?? "UNKNOWN", ReadData(step, "inputData"), ReadData(step, "outputData")),
    };

    /// <summary>The plugin that carried out a step; the identifier is null where it is not told.</summary>
    public static (string? Identifier, string? Version) ReadProcessor(JsonElement step) => !JsonText.HasReadableNames(step)
        ? (null, null)
        : (JsonText.Field(step, "processorName"), JsonText.Field(step, "processorVersion"));

    private static List<DataKind> ReadData(JsonElement step, string name) =>
        step.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. (from item in list.EnumerateArray()
                   let type = JsonText.Field(item, "type")
                   let contentType = JsonText.Field(item, "contentType")
                   where type is not null && contentType is not null
                   select new DataKind(MediaType.Parse(type), MediaType.Parse(contentType))).Distinct().Take(MaxKinds / 2)]
            : [];
}
