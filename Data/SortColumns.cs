namespace Qhana.Registry.Data;

/// <summary>The columns that a list can be sorted by, under the names of the API, and what holds where none is asked.</summary>
public sealed class SortColumns(string fallback, params (string Name, string Column)[] columns)
{
    /// <summary>The sort of a request that names none.</summary>
    public string Fallback { get; } = fallback;

    /// <summary>The names, for messages and documentation.</summary>
    public IEnumerable<string> Names => columns.Select(c => c.Name);

    /// <summary>
    /// Understands <c>name,-version</c>: columns separated by commas, each descending where a minus precedes it. The
    /// order always ends with the id, so that it is total. A column that is named again changes nothing any more.
    /// </summary>
    /// <param name="text">What was asked; blank means by id.</param>
    /// <param name="orderBy">What follows ORDER BY.</param>
    /// <param name="unknown">The first column that is not among these, or null.</param>
    public bool TryParse(string text, out string orderBy, out string? unknown)
    {
        var terms = new List<string>();
        var named = new HashSet<string>();
        unknown = null;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.TrimStart('+', '-');
            if (Array.Find(columns, c => c.Name == name).Column is not { } column)
            {
                unknown = name;
                break;
            }

            // SQLite takes 2000 terms and no more.
            if (named.Add(column))
                terms.Add(part.StartsWith('-') ? $"{column} DESC" : column);
        }

        if (named.Add("id"))
            terms.Add("id");
        orderBy = string.Join(", ", terms);
        return unknown is null;
    }
}
