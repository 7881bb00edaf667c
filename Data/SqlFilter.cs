using System.Collections;
using System.Text;
using Dapper;

namespace Qhana.Registry.Data;

/// <summary>
/// Conditions that must all hold, with their parameters. Values never become part of the text. A condition that SQL
/// cannot express is a test of the rows' version (see <see cref="Matching"/>).
/// </summary>
public sealed class SqlFilter
{
    private readonly List<string> _conditions = [];
    private readonly StringBuilder _identity = new();

    /// <summary>The parameters of all conditions.</summary>
    public DynamicParameters Parameters { get; } = new();

    /// <summary>Which plugin versions are wanted, where SQL cannot say it; null where any is.</summary>
    public Func<string, bool>? Versions { get; private set; }

    /// <summary>False where the conditions depend on the moment, so that their result is worth nothing later.</summary>
    public bool IsRepeatable { get; private set; } = true;

    /// <summary>The conditions joined by AND; a condition that always holds where there are none.</summary>
    public string Condition => _conditions.Count == 0 ? "1 = 1" : string.Join(" AND ", _conditions);

    /// <summary>A text that is equal for equal conditions with equal values.</summary>
    public string Identity => $"{Condition}\u0001{_identity}";

    /// <summary>Adds a condition without values.</summary>
    public SqlFilter Add(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    /// <summary>Adds a condition with one parameter, <paramref name="name"/>, which stands in it as <c>@name</c>.</summary>
    public SqlFilter Add(string condition, string name, object value)
    {
        With(name, value);
        return Add(condition);
    }

    /// <summary>Gives a parameter its value.</summary>
    public SqlFilter With(string name, object value)
    {
        Parameters.Add(name, value);
        Identify(name, value is IEnumerable values and not string ? [.. values.Cast<object>().Select(v => $"{v}")] : [$"{value}"]);
        return this;
    }

    /// <summary>Keeps only plugins whose version passes; <paramref name="text"/> is what was asked.</summary>
    public SqlFilter Matching(Func<string, bool> versions, string text)
    {
        Versions = versions;
        Identify("versions", [text]);
        return this;
    }

    /// <summary>Notes that the conditions depend on the moment.</summary>
    public SqlFilter OnlyNow()
    {
        IsRepeatable = false;
        return this;
    }

    // With the number of texts and the length of each: whatever a client writes into one, it is not mistaken for two.
    private void Identify(string name, IReadOnlyCollection<string> values)
    {
        _identity.Append(name).Append(values.Count);
        foreach (var value in values)
            _identity.Append(':').Append(value.Length).Append(':').Append(value);
    }
}
