using System.Globalization;
using System.Text;

namespace Qhana.Registry.Data;

/// <summary>
/// Ids as one parameter of a statement, which reads them by <see cref="Sql"/>: its text is the same however many there
/// are, so that it is understood once and not for each number of ids.
/// </summary>
public static class IdList
{
    /// <summary>The ids of the parameter <c>@ids</c>, to stand after IN.</summary>
    public const string Sql = "(SELECT value FROM json_each(@ids))";

    /// <summary>The value of the parameter.</summary>
    public static string Of(IReadOnlyCollection<long> ids)
    {
        var text = new StringBuilder("[", 2 + (ids.Count * 8));
        foreach (var id in ids)
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 1 ? "" : ",")}{id}");
        return text.Append(']').ToString();
    }
}
