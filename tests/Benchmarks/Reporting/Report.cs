using System.Runtime.InteropServices;
using System.Text;

namespace Qhana.Registry.Benchmarks.Reporting;

/// <summary>Collects results; tells each at once (to the error output) and all of them at the end.</summary>
public sealed class Report(Effort effort)
{
    private readonly List<Row> _rows = [];
    private readonly List<string> _failures = [];

    /// <summary>Whether every measure went through and every requirement holds; where numbers mean nothing, the former.</summary>
    public bool IsOk => _failures.Count == 0 && (effort.IsQuick || _rows.TrueForAll(row => row.Holds != false));

    /// <summary>Adds a result.</summary>
    /// <param name="measure">What was measured.</param>
    /// <param name="value">The result: its median counts.</param>
    /// <param name="required">What it must be; null where it is information.</param>
    /// <param name="information">What else there is to know.</param>
    public void Add(string measure, Samples value, Requirement? required, string information = "")
    {
        var row = new Row(measure, value, required, information);
        _rows.Add(row);
        Console.Error.WriteLine(row.ToMarkdown());
    }

    /// <summary>Notes that a measure did not go through.</summary>
    public void Fail(string name, Exception cause)
    {
        _failures.Add($"{name} failed: {cause.Message.ReplaceLineEndings(" ")}");
        Console.Error.WriteLine($"{name} failed: {cause}");
    }

    /// <summary>Everything as a table.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        text.AppendLine(FormattableString.Invariant(
            $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC"));
        if (effort.IsQuick)
            text.AppendLine("**Quick run: these numbers mean nothing.**");
        text.AppendLine();
        text.AppendLine("| measure | median | spread | required | ok | information |");
        text.AppendLine("|---|---|---|---|---|---|");
        foreach (var row in _rows)
            text.AppendLine(row.ToMarkdown());
        foreach (var failure in _failures)
            text.AppendLine().AppendLine(failure);
        return text.ToString();
    }

    private sealed record Row(string Measure, Samples Value, Requirement? Required, string Information)
    {
        public bool? Holds => Required is null ? null : double.IsFinite(Value.Median) && Required.Holds(Value.Median);

        public string ToMarkdown()
        {
            var ok = Holds switch { true => "yes", false => "**no**", null => "" };
            return FormattableString.Invariant(
                $"| {Measure} | {Number(Value.Median)} | {Number(Value.Low)} – {Number(Value.High)} | {Required} | {ok} | {Information} |");
        }

        private static string Number(double value) =>
            Math.Abs(value) < 100 ? FormattableString.Invariant($"{value:0.##}") : FormattableString.Invariant($"{value:#,0}");
    }
}
