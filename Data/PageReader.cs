using System.Data.Common;
using Dapper;

namespace Qhana.Registry.Data;

/// <summary>
/// Reads pages of lists. Page numbers and the links around a page need the position of its cursor among all rows, which
/// no index of a table tells; so the ids of a list are kept in memory, in order, as long as nothing they depend on
/// changes, and a page costs what it shows.
/// </summary>
public sealed class PageReader(Database database, RevisedCache cache)
{
    private const int Attempts = 5;

    /// <summary>Reads one page.</summary>
    /// <param name="listing">The table.</param>
    /// <param name="filter">Which of its rows.</param>
    /// <param name="request">Which page.</param>
    /// <param name="idOf">The id of a row read.</param>
    /// <param name="rowsSql">Reads rows by their ids, <see cref="IdList"/>, in any order.</param>
    /// <param name="show">From what is read to what is wanted.</param>
    public async Task<Page<T>> ReadAsync<TRow, T>(
        Listing listing, SqlFilter filter, PageRequest request, Func<TRow, long> idOf, string rowsSql, Func<TRow, T> show)
    {
        await using var connection = await database.OpenAsync();
        for (var attempt = 1; ; attempt++)
        {
            var matching = await ListIdsAsync(connection, listing, filter, request.OrderBy, null);
            var (map, ids) = await FindPageAsync(connection, listing, filter, request, matching);
            var rows = ids.Length == 0
                ? []
                : (await connection.QueryAsync<TRow>(rowsSql, new { ids = IdList.Of(ids) })).ToDictionary(idOf);
            // A row that was deleted since the list was made means that there is a newer list.
            if (rows.Count == ids.Length || attempt == Attempts)
            {
                var items = ids.Where(rows.ContainsKey).Select(id => show(rows[id])).ToList();
                return new Page<T>(items, matching.Length, map);
            }
        }
    }

    private async Task<(PageMap Map, long[] Ids)> FindPageAsync(
        DbConnection connection, Listing listing, SqlFilter filter, PageRequest request, long[] matching)
    {
        var count = request.ItemCount;
        if (matching.Length <= count)
            return (PageMap.Whole, matching);
        if (request.Cursor is not { } cursor || matching.Contains(cursor))
            return Cut(matching, request.Cursor);
        if (!await connection.ExecuteScalarAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {listing.Table} WHERE id = @cursor)", new { cursor }))
            return Cut(matching, null);
        var withCursor = await ListIdsAsync(connection, listing, filter, request.OrderBy, cursor);
        var (map, ids) = Cut(withCursor, cursor);
        return (map, ids.Contains(cursor) ? [.. matching.Take(count)] : ids);

        (PageMap, long[]) Cut(long[] ids, long? after)
        {
            var map = PageMap.Find(ids, after, count);
            return (map, ids.AsSpan(map.Start, Math.Min(count, ids.Length - map.Start)).ToArray());
        }
    }

    /// <summary>The ids that match, in order; with <paramref name="also"/> among them even where it does not match.</summary>
    private Task<long[]> ListIdsAsync(
        DbConnection connection, Listing listing, SqlFilter filter, string orderBy, long? also)
    {
        // A list for one odd cursor is hardly asked for again, and there may be as many as there are rows.
        if (!filter.IsRepeatable || also is not null)
            return QueryIdsAsync(connection, listing, filter, orderBy, also);
        return cache.GetAsync(
            $"{listing.Table}\u0001{orderBy}\u0001{filter.Identity}", listing.Shown,
            () => QueryIdsAsync(connection, listing, filter, orderBy, null));
    }

    private static async Task<long[]> QueryIdsAsync(
        DbConnection connection, Listing listing, SqlFilter filter, string orderBy, long? also)
    {
        var parameters = new DynamicParameters(filter.Parameters);
        var where = filter.Condition;
        if (also is not null)
        {
            parameters.Add("also", also);
            where = $"({where}) OR id = @also";
        }

        var columns = filter.Versions is null ? "id" : "id, version";
        await using var reader = await connection.ExecuteReaderAsync(
            $"SELECT {columns} FROM {listing.Table} WHERE {where} ORDER BY {orderBy}", parameters);
        var ids = new List<long>();
        var verdicts = new Dictionary<string, bool>();
        while (await reader.ReadAsync())
        {
            var id = reader.GetInt64(0);
            if (filter.Versions is null || id == also || Wanted(reader.GetString(1)))
                ids.Add(id);
        }

        return [.. ids];

        bool Wanted(string version)
        {
            if (!verdicts.TryGetValue(version, out var verdict))
                verdicts[version] = verdict = filter.Versions!(version);
            return verdict;
        }
    }
}
