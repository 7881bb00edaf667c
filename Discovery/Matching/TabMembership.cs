using System.Data.Common;
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
        if (!TabFilterParser.TryParse(filterString, out var filter, out var error))
            throw new FormatException(error);
        for (var attempt = 1; ; attempt++)
        {
            var revision = revisions.Of(Shown.Plugins);
            var tested = attempt < Attempts ? await MatchingPluginsAsync(filter) : null;
            var (isDone, tab) = await database.WriteAsync(async write =>
            {
                if (tested is not null && revisions.Of(Shown.Plugins) != revision)
                    return (false, null);
                var written = await writeTab(write);
                if (written is not null)
                {
                    write.Changes(Shown.Templates | Shown.Membership);
                    await ReplaceAsync(write, written.Id, tested ?? await MatchingPluginsAsync(write, filter));
                }

                return (true, written);
            });
            if (isDone)
                return tab;
        }
    }

    /// <summary>Tests plugins that were added or changed against every tab, in the transaction that stores them.</summary>
    public async Task PluginsChangedAsync(WriteTransaction write, IReadOnlyCollection<(long Id, Plugin Plugin)> plugins)
    {
        if (plugins.Count == 0)
            return;
        var filters = await FiltersAsync(write);
        if (filters.Count == 0)
            return;
        using var rows = new MembershipRows(write);
        foreach (var (id, plugin) in plugins)
        {
            var facts = new PluginFacts(plugin.Identifier, plugin.Version, plugin.Title, plugin.Type, plugin.Tags);
            var before = (await write.QueryAsync<long>("SELECT tab_id FROM tab_plugin WHERE plugin_id = @id", new { id })).ToHashSet();
            var now = filters.Where(f => f.Filter.Matches(facts)).Select(f => f.TabId).ToHashSet();
            rows.Change(now.Except(before).Select(tabId => (tabId, id)), before.Except(now).Select(tabId => (tabId, id)));
        }
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
        using var rows = new MembershipRows(write);
        rows.Change(plugins.Except(before).Select(id => (tabId, id)), before.Except(plugins).Select(id => (tabId, id)));
    }

    /// <summary>Adds and removes rows, with statements prepared once.</summary>
    private sealed class MembershipRows(WriteTransaction write) : IDisposable
    {
        private readonly DbCommand _add = write.Prepare("""
            INSERT INTO tab_plugin (tab_id, plugin_id) VALUES (@tabId, @pluginId)
            """, "@tabId", "@pluginId");

        private readonly DbCommand _remove = write.Prepare("""
            DELETE FROM tab_plugin WHERE tab_id = @tabId AND plugin_id = @pluginId
            """, "@tabId", "@pluginId");

        public void Change(IEnumerable<(long TabId, long PluginId)> added, IEnumerable<(long TabId, long PluginId)> removed)
        {
            foreach (var (tabId, pluginId) in added)
                WriteTransaction.Execute(_add, tabId, pluginId);
            foreach (var (tabId, pluginId) in removed)
                WriteTransaction.Execute(_remove, tabId, pluginId);
        }

        public void Dispose()
        {
            _add.Dispose();
            _remove.Dispose();
        }
    }

    private sealed record FactsRow(long Id, string Identifier, string Version, string Title, string Type, string Tags)
    {
        public PluginFacts ToFacts() => new(
            Identifier, Version, Title, Type, JsonSerializer.Deserialize(Tags, DataJson.Default.IReadOnlyListString)!);
    }
}
