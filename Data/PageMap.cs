namespace Qhana.Registry.Data;

/// <summary>The beginning of a page.</summary>
/// <param name="Number">The page's number, from 1.</param>
/// <param name="Cursor">The id of the row before it; null for the first page of all.</param>
public sealed record PageStart(int Number, long? Cursor);

/// <summary>
/// Where a page is among the pages of its list, by the rules of CONTRACT section 2. Pure: it sees ids only.
/// </summary>
/// <param name="Start">The index of the page's first row.</param>
/// <param name="Number">The page's number, from 1.</param>
/// <param name="Last">The page that is called the last one.</param>
/// <param name="Nearby">Up to five pages on either side of this one, ascending, without this and the first one.</param>
public sealed record PageMap(int Start, int Number, PageStart Last, IReadOnlyList<PageStart> Nearby)
{
    private const int Reach = 5;

    /// <summary>The only page of a list that fits on one.</summary>
    public static PageMap Whole { get; } = new(0, 1, new PageStart(1, null), []);

    /// <summary>Finds the page after a row.</summary>
    /// <param name="ids">
    /// The rows of the list in order, more than fit on a page. The cursor's row counts as one of them even where it no
    /// longer matches the filter.
    /// </param>
    /// <param name="cursor">The row before the page; null, or an id that is not there, for the first page.</param>
    /// <param name="itemCount">How many rows a page has.</param>
    public static PageMap Find(ReadOnlySpan<long> ids, long? cursor, int itemCount)
    {
        var size = ids.Length;
        var row = cursor is { } id ? ids.IndexOf(id) + 1 : 0;
        // Pages begin after the rows whose number leaves the same remainder as the cursor's; what stands before the
        // first of them is a short page of its own.
        var remainder = row % itemCount;
        // After the last row there is nothing: the original shows the first page then, and so do we.
        var start = row < size ? row : 0;
        var self = start == 0 ? new PageStart(1, null) : PageAfter(ids, start, itemCount);

        var nearby = new List<PageStart>();
        var position = (double)row / itemCount;
        for (var k = Math.Max(0, (int)Math.Ceiling(position - Reach)); k <= position + Reach; k++)
        {
            var at = remainder + (k * itemCount);
            if (at > 0 && at < size && at != start)
                nearby.Add(PageAfter(ids, at, itemCount));
        }

        // The original does not see a last page that begins later in its whole page than the list ends in its own; the
        // last one nearby passes for it then. Clients have the link, so ours is the same.
        var rest = size % itemCount;
        var last = rest == 0 || remainder < rest
            ? PageAfter(ids, remainder + ((size - 1 - remainder) / itemCount * itemCount), itemCount)
            : nearby.Append(self).MaxBy(p => p.Number)!;
        return new PageMap(start, self.Number, last, nearby);
    }

    private static PageStart PageAfter(ReadOnlySpan<long> ids, int row, int itemCount) =>
        new((row / itemCount) + (row % itemCount == 0 ? 1 : 2), row == 0 ? null : ids[row - 1]);
}
