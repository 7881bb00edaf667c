using System.Globalization;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints.Requests;

/// <summary>
/// The part of a query that asks for a page, and what links to other pages of the same list repeat of it.
/// </summary>
public sealed class PageQuery
{
    private readonly string _sort;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _filters;

    private PageQuery(PageRequest request, string? cursorText, string sort, IReadOnlyList<KeyValuePair<string, string>> filters)
    {
        Request = request;
        CursorText = cursorText;
        _sort = sort;
        _filters = filters;
    }

    /// <summary>Which page is asked for.</summary>
    public PageRequest Request { get; }

    /// <summary>The cursor as it was given, or null.</summary>
    public string? CursorText { get; }

    /// <summary>The parameters, for the documentation.</summary>
    public static IReadOnlyList<QueryParameter> Parameters(SortColumns sorting) =>
    [
        new("item-count", "integer", "How many items the page has.") { Minimum = 1, Maximum = 100, Default = 25 },
        new("cursor", "integer", "The id of the item before the page; the first page where not given or not known."),
        new("sort", "string",
            $"Columns ({string.Join(", ", sorting.Names)}) separated by commas, each descending after a minus.")
        {
            Default = sorting.Fallback,
        },
    ];

    /// <summary>Reads item-count, cursor and sort.</summary>
    /// <param name="reader">Takes the errors.</param>
    /// <param name="sorting">What the list can be sorted by.</param>
    /// <param name="filters">The filters that were given, as links repeat them.</param>
    public static PageQuery Read(
        QueryReader reader, SortColumns sorting, params IReadOnlyList<KeyValuePair<string, string?>> filters)
    {
        var itemCount = reader.Integer("item-count") ?? 25;
        if (itemCount is < 1 or > 100)
            reader.Errors.Add("item-count", "Must be from 1 to 100.");
        var cursorText = reader.Text("cursor") is { Length: > 0 } text ? text : null;
        var cursor = cursorText is null ? null : reader.Integer("cursor");
        var sort = reader.Text("sort") ?? sorting.Fallback;
        if (!sorting.TryParse(sort, out var orderBy, out var unknown))
            reader.Errors.Add("sort", $"There is no column '{unknown}'; the columns are {string.Join(", ", sorting.Names)}.");
        return new PageQuery(
            new PageRequest((int)Math.Clamp(itemCount, 1, 100), cursor, orderBy),
            // A cursor of nothing is no cursor.
            cursor == 0 ? null : cursorText,
            sort,
            [.. from filter in filters where filter.Value is not null select KeyValuePair.Create(filter.Key, filter.Value!)]);
    }

    /// <summary>The query of a link to a page: item-count, cursor, sort, then the filters.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToLinkQuery(string? cursor)
    {
        var query = new List<KeyValuePair<string, string>>(3 + _filters.Count)
        {
            new("item-count", Request.ItemCount.ToString(CultureInfo.InvariantCulture)),
        };
        if (cursor is not null)
            query.Add(new("cursor", cursor));
        if (_sort.Length > 0)
            query.Add(new("sort", _sort));
        query.AddRange(_filters);
        return query;
    }
}
