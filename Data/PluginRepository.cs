using Dapper;

namespace Qhana.Registry.Data;

/// <summary>A plugin as it is shown. <c>Tags</c> and <c>EntryPoint</c> are JSON.</summary>
public sealed record PluginRow(
    long Id, string Identifier, string Version, string Title, string Description, string PluginType, string Url,
    string Tags, string EntryPoint);

/// <summary>Reads plugins; deletes them one by one or by age. They come in through <see cref="PluginStore"/>.</summary>
public sealed class PluginRepository(Database database, PageReader pages)
{
    /// <summary>The columns a list of plugins can be sorted by; <c>name,-version</c> where nothing is asked.</summary>
    public static SortColumns Sorting { get; } =
        new("name,-version", ("id", "id"), ("name", "identifier"), ("version", "sort_version"));

    private const string Columns = """
        id AS Id, identifier AS Identifier, version AS Version, title AS Title, description AS Description,
        plugin_type AS PluginType, url AS Url, tags AS Tags, entry_point AS EntryPoint
        """;

    /// <summary>A page of the plugins that are wanted.</summary>
    public Task<Page<PluginRow>> ListAsync(PageRequest request, PluginQuery query)
    {
        var shown = query.TabId is null ? Shown.Plugins : Shown.Plugins | Shown.Membership;
        return pages.ReadAsync(new Listing("plugin", shown), query.ToFilter(), request, r => r.Id, $"""
            SELECT {Columns} FROM plugin WHERE id IN @ids
            """, (PluginRow row) => row);
    }

    /// <summary>The plugin with this id, or null.</summary>
    public async Task<PluginRow?> FindAsync(long id)
    {
        await using var connection = await database.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<PluginRow>($"SELECT {Columns} FROM plugin WHERE id = @id", new { id });
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
    /// original does: a registry that was switched off or offline loses nothing. Says how many there were.
    /// </summary>
    public Task<int> PurgeAsync(TimeSpan age) => database.WriteAsync(async write =>
    {
        var newest = await write.ScalarAsync<string?>("SELECT MAX(last_available) FROM plugin_availability");
        if (newest is null)
            return 0;
        var cutoff = InstantHandler.FromText(newest).Subtract(age);
        var deleted = await write.ExecuteAsync("""
            DELETE FROM plugin WHERE id IN (SELECT plugin_id FROM plugin_availability WHERE last_available < @cutoff)
            """, new { cutoff });
        if (deleted > 0)
            write.Changes(Shown.Plugins | Shown.Membership);
        return deleted;
    });
}
