using Dapper;
using Qhana.Registry.Discovery.Recommendations;

namespace Qhana.Registry.Data;

/// <summary>How well data fits the inputs that plugins require; set-based, in SQL.</summary>
public sealed class InputMatchRepository(Database database, RevisedCache cache)
{
    /// <summary>
    /// For each plugin with a required input that matches some of the data: the share of its required inputs that do.
    /// </summary>
    public async Task<IReadOnlyList<Vote>> MatchingShareAsync(IReadOnlyList<DataKind> data)
    {
        var filter = new SqlFilter();
        var matches = AnyOf(filter, data.Distinct().Select(d => new AvailableData(d.DataType, [d.ContentType])));
        return await cache.GetAsync($"share\u0001{matches}\u0001{filter.Identity}", Shown.Plugins, async () =>
        {
            await using var connection = await database.OpenAsync();
            var rows = await connection.QueryAsync<(long PluginId, double Share)>($"""
                SELECT d.plugin_id, CAST(COUNT(*) AS REAL) / MAX(d.required_inputs)
                FROM plugin_data d
                WHERE d.relation = 'consumed' AND d.required = 1 AND ({matches})
                GROUP BY d.plugin_id
                """, filter.Parameters);
            return rows.Select(r => new Vote(r.PluginId, r.Share)).ToArray();
        });
    }

    /// <summary>The plugins all of whose required inputs are covered by the data.</summary>
    public async Task<IReadOnlyList<long>> CoveredAsync(IReadOnlyList<AvailableData> available)
    {
        var filter = new SqlFilter();
        var unmet = Unmet(filter, available);
        return await cache.GetAsync($"covered\u0001{unmet}\u0001{filter.Identity}", Shown.Plugins, async () =>
        {
            await using var connection = await database.OpenAsync();
            return (await connection.QueryAsync<long>(
                $"SELECT p.id FROM plugin p WHERE p.id NOT IN ({unmet})", filter.Parameters)).ToArray();
        });
    }

    /// <summary>
    /// Those of some plugins that can be recommended: they work on data (are of type processing or conversion), and none
    /// of their required inputs is missing from the available data, where that is known.
    /// </summary>
    public async Task<IReadOnlyCollection<long>> EligibleAsync(
        IReadOnlyCollection<long> pluginIds, IReadOnlyList<AvailableData> available)
    {
        var filter = new SqlFilter().With("ids", IdList.Of(pluginIds));
        var condition = available.Count == 0 ? "" : $" AND id NOT IN ({Unmet(filter, available)})";
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<long>($"""
            SELECT id FROM plugin WHERE id IN {IdList.Sql} AND plugin_type IN ('processing', 'conversion'){condition}
            """, filter.Parameters)).ToHashSet();
    }

    /// <summary>The plugins with a required input that the data does not cover.</summary>
    private static string Unmet(SqlFilter filter, IReadOnlyList<AvailableData> available) => $"""
        SELECT d.plugin_id FROM plugin_data d
        WHERE d.relation = 'consumed' AND d.required = 1 AND NOT ({AnyOf(filter, available)})
        """;

    private static string AnyOf(SqlFilter filter, IEnumerable<AvailableData> data)
    {
        var alternatives = data.Select((d, i) => Matches(filter, i, d)).ToList();
        return alternatives.Count == 0 ? "1 = 0" : Either(alternatives);
    }

    /// <summary>Joins by OR as a balanced tree: a long chain is deeper than SQLite lets an expression be.</summary>
    private static string Either(List<string> alternatives) => alternatives.Count switch
    {
        1 => alternatives[0],
        var count => $"({Either(alternatives[..(count / 2)])} OR {Either(alternatives[(count / 2)..])})",
    };

    private static string Matches(SqlFilter filter, int index, AvailableData data)
    {
        var type = MediaTypeCondition.Of(filter, "d", $"data{index}", data.DataType);
        var contentTypes = data.ContentTypes
            .Select((c, i) => MediaTypeCondition.Of(filter, "c", $"content{index}x{i}", c))
            .ToList();
        // A content type that may be anything asks nothing, not even that the input names one.
        var content = contentTypes.Count == 0 || contentTypes.Contains(null)
            ? null
            : $"EXISTS (SELECT 1 FROM plugin_data_content_type c WHERE c.data_id = d.id AND ({Either(contentTypes!)}))";
        return (type, content) switch
        {
            (null, null) => "1 = 1",
            (null, _) => content,
            (_, null) => $"({type})",
            _ => $"({type} AND {content})",
        };
    }
}
