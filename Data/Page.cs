namespace Qhana.Registry.Data;

/// <summary>What a client asks of a list.</summary>
/// <param name="ItemCount">How many rows a page has, 1 to 100.</param>
/// <param name="Cursor">The id of the row before the page; null for the first page.</param>
/// <param name="OrderBy">The total order, as it follows ORDER BY (see <see cref="SortColumns"/>).</param>
public sealed record PageRequest(int ItemCount, long? Cursor, string OrderBy);

/// <summary>A page of a list.</summary>
/// <param name="Items">The rows, in the order asked.</param>
/// <param name="CollectionSize">How many rows all pages have together.</param>
/// <param name="Map">Where this page is among the others.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int CollectionSize, PageMap Map);

/// <summary>A table that is shown in pages.</summary>
/// <param name="Table">Its name; it has a column <c>id</c>.</param>
/// <param name="Shown">What a change of its pages is called.</param>
public sealed record Listing(string Table, Shown Shown);
