using Qhana.Registry.Data;

namespace Qhana.Registry.Tests.Data;

/// <summary>The rows have the ids 101, 102, …, so that an id can be told from an index.</summary>
public sealed class PageMapTests
{
    [Theory]
    // Pages that begin after a multiple of the item count: the page after row k·n is page k+1.
    [InlineData(10, 0, 3, 0, 1)]
    [InlineData(10, 3, 3, 3, 2)]
    [InlineData(10, 9, 3, 9, 4)]
    [InlineData(10, 5, 5, 5, 2)]
    [InlineData(10, 4, 1, 4, 5)]
    // Others: a short first page exists, and the page after it is page 2.
    [InlineData(10, 1, 3, 1, 2)]
    [InlineData(10, 2, 3, 2, 2)]
    [InlineData(10, 4, 3, 4, 3)]
    [InlineData(10, 8, 3, 8, 4)]
    [InlineData(57, 13, 5, 13, 4)]
    // After the last row there is nothing: the first page.
    [InlineData(10, 10, 3, 0, 1)]
    public void Find_NumbersThePage_AfterTheRowOfTheCursor(int size, int row, int itemCount, int start, int number)
    {
        var map = PageMap.Find(Ids(size), row == 0 ? null : 100 + row, itemCount);

        Assert.Equal((start, number), (map.Start, map.Number));
    }

    [Theory]
    [InlineData(99)]
    [InlineData(111)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Find_GivesTheFirstPage_WhenTheCursorIsUnknown(long cursor)
    {
        var map = PageMap.Find(Ids(10), cursor, 3);

        Assert.Equal((0, 1), (map.Start, map.Number));
        Assert.Equal(new PageStart(4, 109), map.Last);
    }

    [Theory]
    [InlineData(10, 0, 3, 4, 109)]
    [InlineData(9, 0, 3, 3, 106)]
    [InlineData(10, 3, 3, 4, 109)]
    // Starts 1, 4, 7: the page after row 7 has the rows 8 to 10.
    [InlineData(10, 4, 3, 4, 107)]
    // Starts 2, 5, 8.
    [InlineData(10, 5, 3, 4, 108)]
    [InlineData(100, 0, 1, 100, 199)]
    // Recorded with the original: where the pages begin later in their whole page than the list ends in its own, the last
    // page nearby is called the last one (57 rows, 6 a page, cursor at row 10: page 8 of in fact 10).
    [InlineData(57, 10, 6, 8, 140)]
    public void Find_NamesTheLastPage(int size, int row, int itemCount, int number, long cursor)
    {
        var map = PageMap.Find(Ids(size), row == 0 ? null : 100 + row, itemCount);

        Assert.Equal(new PageStart(number, cursor), map.Last);
    }

    [Theory]
    [InlineData(30, 0, 3, new[] { 3, 6, 9, 12, 15 })]
    [InlineData(30, 15, 3, new[] { 3, 6, 9, 12, 18, 21, 24, 27 })]
    [InlineData(100, 50, 2, new[] { 40, 42, 44, 46, 48, 52, 54, 56, 58, 60 })]
    // r/n is not rounded: at row 16 of 3 a page it is 5.33, so that the starts 4 (page 1.33) to 28 count, but not 1.
    [InlineData(40, 16, 3, new[] { 4, 7, 10, 13, 19, 22, 25, 28, 31 })]
    [InlineData(10, 1, 9, new int[0])]
    // After the last row: the first page is shown, and the links are those around the cursor.
    [InlineData(10, 10, 3, new[] { 1, 4, 7 })]
    public void Find_NamesThePagesNearby_WithoutThisOne(int size, int row, int itemCount, int[] starts)
    {
        var map = PageMap.Find(Ids(size), row == 0 ? null : 100 + row, itemCount);

        Assert.Equal(starts.Select(s => (long?)(100 + s)), map.Nearby.Select(p => p.Cursor));
        Assert.Equal(map.Nearby.Select(p => p.Number).Order(), map.Nearby.Select(p => p.Number));
    }

    [Fact]
    public void Find_NeverLeavesARowOut_WhateverTheCursor()
    {
        var ids = Ids(23);

        for (var itemCount = 1; itemCount < ids.Length; itemCount++)
        {
            for (var row = 1; row < ids.Length; row++)
            {
                var map = PageMap.Find(ids, ids[row - 1], itemCount);
                var next = map.Nearby.SingleOrDefault(p => p.Number == map.Number + 1);
                Assert.Equal(row, map.Start);
                Assert.Equal(row + itemCount < ids.Length ? ids[row + itemCount - 1] : null, next?.Cursor);
            }
        }
    }

    private static long[] Ids(int size) => [.. Enumerable.Range(101, size).Select(i => (long)i)];
}
