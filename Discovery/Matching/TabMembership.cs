using System.Text.Json;
using Dapper;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// Keeps right which plugins belong to which tab (CONTRACT section 5), in the transaction of the change and at its cost: a
/// changed plugin is tested against every tab, a changed tab against every plugin, never all against all.
/// </summary>
public sealed class TabMembership(Database database, Revisions revisions)
{
    private const int Attempts = 3;

    // How many rows one statement writes.
    private const int RowsAtOnce = 500;

    private long _filtersRevision = -1;
    private IReadOnlyList<(long TabId, TabFilter Filter)> _filters = [];

    /// <summary>
    /// Writes a new or changed tab together with its plugins. The filter is tested before the transaction, so that nobody
    /// waits for it; only where plugins keep changing meanwhile is it tested inside.
    /// </summary>
    /// <param name="filterString">The tab's filter.</param>
    /// <param name="writeTab">Writes the tab and returns it; null for nothing to write.</param>
    /// <exception cref="FormatException">The filter is none.</exception>
    public async Task<Tab?> ChangeTabAsync(string filterString, Func<WriteTransaction, Task<Tab?>> writeTab)
    {
        var filter = Parse(filterString);
        for (var attempt = 1; ; attempt++)
        {
            var revision = revisions.Of(Shown.Plugins);
            var tested = attempt < Attempts ? await MatchingPluginsAsync(filter) : null;
            var (isDone, tab) = await database.WriteAsync(async write =>
            {
                if (tested is not null && revisions.Of(Shown.Plugins) != revision)
                    return (false, null);
                return (true, await ChangeAsync(write, filter, tested, writeTab));
            });
            if (isDone)
                return tab;
        }
    }

    /// <summary>As the other overload, as a part of a larger write, which waits while the filter is tested.</summary>
    /// <exception cref="FormatException">The filter is none.</exception>
    public Task<Tab?> ChangeTabAsync(
        WriteTransaction write, string filterString, Func<WriteTransaction, Task<Tab?>> writeTab) =>
        ChangeAsync(write, Parse(filterString), null, writeTab);

    /// <summary>Tests plugins that were added or changed against every tab, in the transaction that stores them.</summary>
    public async Task PluginsChangedAsync(WriteTransaction write, IReadOnlyCollection<(long Id, Plugin Plugin)> plugins)
    {
        if (plugins.Count == 0)
            return;
        var filters = await FiltersAsync(write);
        if (filters.Count == 0)
            return;
        var added = new List<(long TabId, long PluginId)>();
        foreach (var (id, plugin) in plugins)
        {
            var facts = new PluginFacts(plugin.Identifier, plugin.Version, plugin.Title, plugin.Type, plugin.Tags);
            var before = (await write.QueryAsync<long>("SELECT tab_id FROM tab_plugin WHERE plugin_id = @id", new { id })).ToHashSet();
            var now = filters.Where(f => f.Filter.Matches(facts)).Select(f => f.TabId).ToHashSet();
            added.AddRange(now.Except(before).Select(tabId => (tabId, id)));
            var gone = before.Except(now).ToList();
            if (gone.Count > 0)
            {
                await write.ExecuteAsync(
                    $"DELETE FROM tab_plugin WHERE plugin_id = @id AND tab_id IN {IdList.Sql}", new { id, ids = IdList.Of(gone) });
            }
        }

        await AddAsync(write, added);
    }

    private static TabFilter Parse(string filterString) =>
        TabFilterParser.TryParse(filterString, out var filter, out var error) ? filter : throw new FormatException(error);

    private static async Task<Tab?> ChangeAsync(
        WriteTransaction write, TabFilter filter, HashSet<long>? tested, Func<WriteTransaction, Task<Tab?>> writeTab)
    {
        if (await writeTab(write) is not { } tab)
            return null;
        write.Changes(Shown.Templates | Shown.Membership);
        await ReplaceAsync(write, tab.Id, tested ?? await MatchingPluginsAsync(write, filter));
        return tab;
    }

    /// <summary>The filters of all tabs, parsed once for as long as no tab changes. Called by one writer at a time.</summary>
    private async Task<IReadOnlyList<(long TabId, TabFilter Filter)>> FiltersAsync(WriteTransaction write)
    {
        var revision = revisions.Of(Shown.Templates);
        if (revision != _filtersRevision)
        {
            var tabs = await write.QueryAsync<(long Id, string FilterString)>(
                "SELECT id, filter_string FROM ui_template_tab WHERE filter_string NOT IN ('', '{}')");
            _filters = [.. from tab in tabs
                           let filter = TabFilterParser.TryParse(tab.FilterString, out var parsed, out _) ? parsed : null
                           where filter is not null
                           select (tab.Id, filter)];
            _filtersRevision = revision;
        }

        return _filters;
    }

    private const string AllPlugins = """
        SELECT id AS Id, identifier AS Identifier, version AS Version, title AS Title, plugin_type AS Type, tags AS Tags FROM plugin
        """;

    private async Task<HashSet<long>> MatchingPluginsAsync(TabFilter filter)
    {
        if (filter is TabFilter.Nothing)
            return [];
        await using var connection = await database.OpenAsync();
        return Matching(filter, await connection.QueryAsync<FactsRow>(AllPlugins));
    }

    private static async Task<HashSet<long>> MatchingPluginsAsync(WriteTransaction write, TabFilter filter) =>
        Matching(filter, await write.QueryAsync<FactsRow>(AllPlugins));

    private static HashSet<long> Matching(TabFilter filter, IEnumerable<FactsRow> plugins) =>
        [.. plugins.Where(row => filter.Matches(row.ToFacts())).Select(row => row.Id)];

    private static async Task ReplaceAsync(WriteTransaction write, long tabId, HashSet<long> plugins)
    {
        var before = (await write.QueryAsync<long>("SELECT plugin_id FROM tab_plugin WHERE tab_id = @tabId", new { tabId })).ToHashSet();
        await AddAsync(write, [.. plugins.Except(before).Select(id => (tabId, id))]);
        var gone = before.Except(plugins).ToList();
        if (gone.Count > 0)
        {
            await write.ExecuteAsync(
                $"DELETE FROM tab_plugin WHERE tab_id = @tabId AND plugin_id IN {IdList.Sql}", new { tabId, ids = IdList.Of(gone) });
        }
    }

    /// <summary>Adds rows, many with each statement: a filter may match every plugin there is. They are numbers only.</summary>
    private static async Task AddAsync(WriteTransaction write, IReadOnlyCollection<(long TabId, long PluginId)> rows)
    {
        foreach (var chunk in rows.Chunk(RowsAtOnce))
        {
            var values = string.Join(',', chunk.Select(r => $"({r.TabId},{r.PluginId})"));
            await write.ExecuteAsync($"INSERT INTO tab_plugin (tab_id, plugin_id) VALUES {values}");
        }
    }

    private sealed record FactsRow(long Id, string Identifier, string Version, string Title, string Type, string Tags)
    {
        public PluginFacts ToFacts() => new(
            Identifier, Version, Title, Type, JsonSerializer.Deserialize(Tags, DataJson.Default.IReadOnlyListString)!);
    }
}
