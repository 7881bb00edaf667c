using Dapper;

namespace Qhana.Registry.Data;

/// <summary>A plugin as it is shown. <c>Tags</c> and <c>EntryPoint</c> are JSON.</summary>
public sealed record PluginRow(
    long Id, string Identifier, string Version, string Title, string Description, string PluginType, string Url,
    string Tags, string EntryPoint);

/// <summary>What rules can ask of a plugin.</summary>
public sealed record PluginTraits(string Identifier, IReadOnlySet<string> Tags);

/// <summary>Reads plugins; deletes them one by one or by age. They come in through <see cref="PluginStore"/>.</summary>
public sealed class PluginRepository(Database database, PageReader pages, TimeProvider time)
{
    /// <summary>The columns a list of plugins can be sorted by; <c>name,-version</c> where nothing is asked.</summary>
    public static SortColumns Sorting { get; } =
        new("name,-version", ("id", "id"), ("name", "identifier"), ("version", "sort_version"));

    private const string Columns = """
        id AS Id, identifier AS Identifier, version AS Version, title AS Title, description AS Description,
        plugin_type AS PluginType, url AS Url, tags AS Tags, entry_point AS EntryPoint
        """;

    /// <summary>A page of the plugins that are wanted.</summary>
    public Task<Page<PluginRow>> ListAsync(PageRequest request, PluginQuery query) =>
        pages.ReadAsync(new Listing("plugin", query.Shown), query.ToFilter(), request, r => r.Id, $"""
            SELECT {Columns} FROM plugin WHERE id IN {IdList.Sql}
            """, (PluginRow row) => row);

    /// <summary>The plugin with this id, or null.</summary>
    public async Task<PluginRow?> FindAsync(long id)
    {
        await using var connection = await database.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<PluginRow>($"SELECT {Columns} FROM plugin WHERE id = @id", new { id });
    }

    /// <summary>The plugins with these ids that are there, in no order.</summary>
    public async Task<IReadOnlyList<PluginRow>> FindAllAsync(IReadOnlyCollection<long> ids)
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<PluginRow>($"SELECT {Columns} FROM plugin WHERE id IN {IdList.Sql}", new { ids = IdList.Of(ids) })).AsList();
    }

    /// <summary>The plugin with this identifier, preferably in this version, otherwise in its newest; null for none.</summary>
    public async Task<long?> FindIdAsync(string identifier, string? version)
    {
        await using var connection = await database.OpenAsync();
        return await connection.QueryFirstOrDefaultAsync<long?>("""
            SELECT id FROM plugin WHERE identifier = @identifier
            ORDER BY CASE WHEN version = @version THEN 0 ELSE 1 END, sort_version DESC, id
            LIMIT 1
            """, new { identifier, version });
    }

    /// <summary>What rules can ask of a plugin; null where there is none with this id.</summary>
    public async Task<PluginTraits?> FindTraitsAsync(long id)
    {
        await using var connection = await database.OpenAsync();
        var identifier = await connection.QuerySingleOrDefaultAsync<string>(
            "SELECT identifier FROM plugin WHERE id = @id", new { id });
        return identifier is null
            ? null
            : new PluginTraits(identifier, (await connection.QueryAsync<string>(
                "SELECT tag FROM plugin_tag WHERE plugin_id = @id", new { id })).ToHashSet());
    }

    /// <summary>The ids of the plugins with this identifier, in all versions.</summary>
    public async Task<IReadOnlyList<long>> IdsWithIdentifierAsync(string identifier)
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<long>("SELECT id FROM plugin WHERE identifier = @identifier", new { identifier })).AsList();
    }

    /// <summary>The ids of the plugins with this tag.</summary>
    public async Task<IReadOnlyList<long>> IdsWithTagAsync(string tag)
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<long>("SELECT plugin_id FROM plugin_tag WHERE tag = @tag", new { tag })).AsList();
    }

    /// <summary>How many plugins there are.</summary>
    public async Task<int> CountAsync()
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM plugin");
    }

    /// <summary>Deletes the plugins with this URL and says how many there were.</summary>
    public Task<int> DeleteByUrlAsync(string url) => database.WriteAsync(async write =>
    {
        var deleted = await write.ExecuteAsync("DELETE FROM plugin WHERE url = @url", new { url });
        if (deleted > 0)
            write.Changes(Shown.Plugins | Shown.Membership);
        return deleted;
    });

    /// <summary>
    /// Deletes the plugins that were last available longer than <paramref name="age"/> before the newest of all, as the
    /// original does: a registry that was switched off or offline loses nothing. What was available in the future, by a
    /// clock that was wrong, was available now. Says how many there were.
    /// </summary>
    public Task<int> PurgeAsync(TimeSpan age) => database.WriteAsync(async write =>
    {
        await write.ExecuteAsync(
            "UPDATE plugin_availability SET last_available = @now WHERE last_available > @now", new { now = time.GetUtcNow() });
        if (Cutoff(await write.ScalarAsync<string?>(NewestAvailability), age) is not { } cutoff)
            return 0;
        var deleted = await write.ExecuteAsync("""
            DELETE FROM plugin WHERE id IN (SELECT plugin_id FROM plugin_availability WHERE last_available < @cutoff)
            """, new { cutoff });
        if (deleted > 0)
            write.Changes(Shown.Plugins | Shown.Membership);
        return deleted;
    });

    /// <summary>How many plugins <see cref="PurgeAsync"/> would delete.</summary>
    public async Task<int> CountStaleAsync(TimeSpan age)
    {
        await using var connection = await database.OpenAsync();
        return Cutoff(await connection.ExecuteScalarAsync<string?>(NewestAvailability), age) is { } cutoff
            ? await connection.ExecuteScalarAsync<int>(
                "SELECT COUNT(*) FROM plugin_availability WHERE last_available < @cutoff", new { cutoff })
            : 0;
    }

    private const string NewestAvailability = "SELECT MAX(last_available) FROM plugin_availability";

    private DateTimeOffset? Cutoff(string? newest, TimeSpan age)
    {
        if (newest is null)
            return null;
        var (last, now) = (InstantHandler.FromText(newest), time.GetUtcNow());
        return (last < now ? last : now).Subtract(age);
    }
}
