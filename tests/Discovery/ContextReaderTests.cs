using System.Text.Json;
using Qhana.Registry.Discovery.Recommendations;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Discovery;

/// <summary>What is read of the backend's answers; ÿ stands for a byte that never occurs in UTF-8.</summary>
public sealed class ContextReaderTests
{
    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"entity/list": ["application/json"]}""", "entity/list: application/json")]
    [InlineData(
        """{"entity/list": ["application/json", "text/csv"], "graph/taxonomy": ["application/zip"]}""",
        "entity/list: application/json text/csv; graph/taxonomy: application/zip")]
    [InlineData("""{"entity/list": []}""", "entity/list:")]
    [InlineData("""{"entity": ["json", "*/csv", "text/"]}""", "entity/*: json/* */csv text/*")]
    [InlineData("""{"entity/list": [1, null, "text/csv", ["text/plain"], {}]}""", "entity/list: text/csv")]
    // Nonsense means no context.
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("""["entity/list"]""", "")]
    [InlineData("\"entity/list\"", "")]
    [InlineData("1e999", "")]
    [InlineData("""{"entity/list": "application/json"}""", "")]
    [InlineData("""{"entity/list": ["application/json"], "other": null}""", "")]
    [InlineData("""{"message": "not found", "code": 404}""", "")]
    public void ReadAvailableData_Reads_Data_Types_With_Their_Content_Types(string summary, string expected)
    {
        var data = ContextReader.ReadAvailableData(Json(summary));

        Assert.Equal(expected, string.Join("; ", data.Select(d => $"{d.DataType}: {string.Join(' ', d.ContentTypes)}".TrimEnd())));
    }

    [Theory]
    [InlineData("""{"entity/list": ["\ud800", "text/csv"]}""")]
    [InlineData("""{"entity/list": ["text/csv"], "\ud800": ["text/csv"]}""")]
    [InlineData("""{"\udc00/list": [], "entity/list": ["text/csv"]}""")]
    [InlineData("""{"entity/list": ["text/csv", "ÿ"]}""")]
    [InlineData("""{"entity/list": ["text/csv"], "ÿ": ["text/csv"]}""")]
    public void ReadAvailableData_Never_Fails_WhenTextsAreNoUnicode(string summary)
    {
        var data = ContextReader.ReadAvailableData(Json(summary));

        Assert.All(data, d => Assert.Equal("entity/list", d.DataType.ToString()));
    }

    [Theory]
    // Nothing is known yet.
    [InlineData("""{"status": "PENDING"}""", null)]
    [InlineData("""{"status": "UNKNOWN"}""", null)]
    [InlineData("{}", null)]
    [InlineData("""{"status": null}""", null)]
    [InlineData("""{"status": 1}""", null)]
    [InlineData("""{"status": ["SUCCESS"]}""", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("\"SUCCESS\"", null)]
    // A failure has input, and neither output nor quality.
    [InlineData("""{"status": "FAILURE"}""", "failure")]
    [InlineData("""{"status": "FAILURE", "inputData": [{"type": "a/b", "contentType": "c/d"}]}""", "failure in a/b c/d")]
    [InlineData("""{"status": "FAILURE", "resultQuality": "GOOD", "outputData": [{"type": "a/b", "contentType": "c/d"}]}""", "failure")]
    // Everything else is a success.
    [InlineData("""{"status": "SUCCESS"}""", "success UNKNOWN")]
    [InlineData("""{"status": "DONE", "resultQuality": "BAD"}""", "success BAD")]
    [InlineData("""{"status": "SUCCESS", "resultQuality": "GOOD"}""", "success GOOD")]
    [InlineData("""{"status": "SUCCESS", "resultQuality": "UNUSABLE"}""", "success UNUSABLE")]
    [InlineData("""{"status": "SUCCESS", "resultQuality": null}""", "success UNKNOWN")]
    [InlineData("""{"status": "SUCCESS", "resultQuality": 7}""", "success UNKNOWN")]
    [InlineData(
        """
        {"status": "SUCCESS", "inputData": [{"name": "n", "type": "a/b", "contentType": "c/d"}],
         "outputData": [{"type": "e/f", "contentType": "g"}, {"type": "h", "contentType": "*"}]}
        """,
        "success UNKNOWN in a/b c/d out e/f g/* h/* */*")]
    // Data without both types are none.
    [InlineData("""{"status": "SUCCESS", "inputData": {}, "outputData": "x"}""", "success UNKNOWN")]
    [InlineData("""{"status": "SUCCESS", "inputData": null, "outputData": 1}""", "success UNKNOWN")]
    [InlineData(
        """
        {"status": "FAILURE", "inputData": [1, null, [], "x", {}, {"type": "a/b"}, {"contentType": "c/d"},
            {"type": null, "contentType": "c/d"}, {"type": "a/b", "contentType": ["c/d"]}, {"type": "y/z", "contentType": "c/d"}]}
        """,
        "failure in y/z c/d")]
    public void ReadStep_Tells_How_The_Step_Ended(string step, string? expected)
    {
        var result = ContextReader.ReadStep(Json(step));

        Assert.Equal(expected, result is null ? null : Show(result));
    }

    [Theory]
    [InlineData("""{"\ud800": 1, "status": "SUCCESS"}""")]
    [InlineData("""{"status": "SUCCESS", "\udc00status": "FAILURE"}""")]
    [InlineData("""{"status": "SUCCESS", "inputData": [{"\ud800": 1}], "outputData": [{"type": "\ud800", "contentType": "c/d"}]}""")]
    [InlineData("""{"status": "SUCCESS", "resultQuality": "\ud800"}""")]
    [InlineData("""{"ÿ": 1, "status": "SUCCESS", "inputData": [{"type": "ÿ", "contentType": "c/d", "ÿ": 2}]}""")]
    public void ReadStep_Never_Fails_WhenTextsAreNoUnicode(string step)
    {
        var result = ContextReader.ReadStep(Json(step));

        Assert.True(result is null || Show(result) == "success UNKNOWN", result?.ToString());
    }

    [Theory]
    [InlineData("""{"processorName": "wu-palmer", "processorVersion": "v1"}""", "wu-palmer", "v1")]
    [InlineData("""{"processorName": "wu-palmer"}""", "wu-palmer", null)]
    [InlineData("""{"processorName": "wu-palmer", "processorVersion": 1}""", "wu-palmer", null)]
    [InlineData("""{"processorVersion": "v1"}""", null, "v1")]
    [InlineData("""{"processorName": null, "processorVersion": null}""", null, null)]
    [InlineData("""{"processorName": "\ud800", "processorVersion": {}}""", null, null)]
    [InlineData("[]", null, null)]
    public void ReadProcessor_Reads_Name_And_Version_OrNull(string step, string? identifier, string? version)
    {
        var processor = ContextReader.ReadProcessor(Json(step));

        Assert.Equal((identifier, version), processor);
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(TemplateRequests.Bytes(text));
        return document.RootElement.Clone();
    }

    private static string Show(StepResult step)
    {
        var words = new List<string> { step.IsSuccess ? $"success {step.Quality}" : "failure" };
        if (step.Input.Count > 0)
            words.Add("in " + Show(step.Input));
        if (step.Output.Count > 0)
            words.Add("out " + Show(step.Output));
        return string.Join(' ', words);
    }

    private static string Show(IEnumerable<DataKind> data) => string.Join(' ', data.Select(d => $"{d.DataType} {d.ContentType}"));
}
