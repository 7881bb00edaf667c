using System.Globalization;
using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>The links from a page to itself and to the other pages of its list (CONTRACT section 2).</summary>
public sealed class PageLinks
{
    private readonly Links _links;
    private readonly Collection _collection;
    private readonly PageQuery _query;
    private readonly PageMap _map;

    private PageLinks(Links links, Collection collection, PageQuery query, PageMap map)
    {
        _links = links;
        _collection = collection;
        _query = query;
        _map = map;
        Self = Link(_map.Number, query.CursorText);
        All = Distinct([First(), Self, .. Others()]);
    }

    /// <summary>The page itself.</summary>
    public ApiLink Self { get; }

    /// <summary>The first page, this one, the last, and those around this one, in this order and none twice.</summary>
    public IReadOnlyList<ApiLink> All { get; }

    /// <summary>The links of a page.</summary>
    public static PageLinks Of(Links links, Collection collection, PageQuery query, PageMap map) =>
        new(links, collection, query, map);

    private ApiLink First() => Link(1, null);

    private IEnumerable<ApiLink> Others() =>
        from page in (IEnumerable<PageStart>)[_map.Last, .. _map.Nearby]
        where page.Number != _map.Number
        select Link(page.Number, page.Cursor?.ToString(CultureInfo.InvariantCulture));

    private ApiLink Link(int number, string? cursor)
    {
        var rels = new List<string>(6) { Rels.Collection, Rels.Page, $"page-{number.ToString(CultureInfo.InvariantCulture)}" };
        if (number == 1)
            rels.Add(Rels.First);
        if (number == _map.Last.Number)
            rels.Add(Rels.Last);
        if (number == _map.Number - 1)
            rels.Add(Rels.Prev);
        if (number == _map.Number + 1)
            rels.Add(Rels.Next);
        return _links.Page(_collection, _query.ToLinkQuery(cursor), rels);
    }

    private static List<ApiLink> Distinct(IEnumerable<ApiLink> links) => [.. links.DistinctBy(l => l.Href)];
}
