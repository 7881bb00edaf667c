using System.Data.Common;
using System.Text.Json;
using Dapper;
using Qhana.Registry.Discovery.Matching;

namespace Qhana.Registry.Data;

/// <summary>A plugin that answered in a discovery, and the seed through which it was found.</summary>
public sealed record FoundPlugin(long SeedId, Plugin Plugin);

/// <summary>What is stored of a plugin already.</summary>
public sealed record KnownPlugin(long Id, long SeedId, string Url, string Hash);

/// <summary>What storing a plugin came to.</summary>
public enum StoreOutcome
{
    /// <summary>It was known, and is as it was.</summary>
    Unchanged,

    /// <summary>It was not known.</summary>
    Added,

    /// <summary>It was known with other metadata.</summary>
    Changed,

    /// <summary>It is known from another URL, and that one is kept.</summary>
    KnownElsewhere,

    /// <summary>Its seed was deleted meanwhile.</summary>
    SeedGone,
}

/// <summary>
/// Takes in what discovery finds: one short transaction for a batch, in which only what is new or different is written.
/// </summary>
public sealed class PluginStore(Database database, TabMembership membership)
{
    /// <summary>Stores a batch.</summary>
    /// <param name="found">The plugins, each identifier and version at most once.</param>
    /// <param name="now">When they answered.</param>
    /// <param name="mayMove">
    /// Whether a plugin may take the URL (and seed) that it was found at now; asked where it is stored with another URL.
    /// </param>
    /// <returns>The outcome of each plugin, in the order given.</returns>
    public Task<IReadOnlyList<StoreOutcome>> StoreAsync(
        IReadOnlyList<FoundPlugin> found, DateTimeOffset now, Func<FoundPlugin, KnownPlugin, bool> mayMove) =>
        database.WriteAsync(async write =>
        {
            using var statements = new Statements(write);
            var stored = new List<(StoreOutcome Outcome, long Id)>(found.Count);
            foreach (var plugin in found)
                stored.Add(await StoreOneAsync(write, statements, plugin, InstantHandler.ToText(now), mayMove));
            var changed = stored.Zip(found)
                .Where(p => p.First.Outcome is StoreOutcome.Added or StoreOutcome.Changed)
                .Select(p => (p.First.Id, p.Second.Plugin))
                .ToList();
            if (changed.Count > 0)
            {
                write.Changes(Shown.Plugins | Shown.Membership);
                await membership.PluginsChangedAsync(write, changed);
            }

            return (IReadOnlyList<StoreOutcome>)[.. stored.Select(s => s.Outcome)];
        });

    /// <summary>Says what storing a batch would come to, and writes nothing; as <see cref="StoreAsync"/> otherwise.</summary>
    public async Task<IReadOnlyList<StoreOutcome>> CompareAsync(
        IReadOnlyList<FoundPlugin> found, DateTimeOffset now, Func<FoundPlugin, KnownPlugin, bool> mayMove)
    {
        await using var connection = await database.OpenAsync();
        var outcomes = new List<StoreOutcome>();
        foreach (var one in found)
        {
            var known = await connection.QuerySingleOrDefaultAsync<KnownPlugin>("""
                SELECT id AS Id, seed_id AS SeedId, url AS Url, content_hash AS Hash FROM plugin
                WHERE identifier = @Identifier AND version = @Version
                """, new { one.Plugin.Identifier, one.Plugin.Version });
            outcomes.Add(Decide(one, known, one.Plugin.Hash(), mayMove));
        }

        return outcomes;
    }

    private static StoreOutcome Decide(
        FoundPlugin found, KnownPlugin? known, string hash, Func<FoundPlugin, KnownPlugin, bool> mayMove) => known switch
        {
            null => StoreOutcome.Added,
            _ when known.Url != found.Plugin.Url && !mayMove(found, known) => StoreOutcome.KnownElsewhere,
            _ => known.Hash == hash ? StoreOutcome.Unchanged : StoreOutcome.Changed,
        };

    private static async Task<(StoreOutcome Outcome, long Id)> StoreOneAsync(
        WriteTransaction write, Statements statements, FoundPlugin found, string now, Func<FoundPlugin, KnownPlugin, bool> mayMove)
    {
        var (seedId, plugin) = found;
        var hash = plugin.Hash();
        var known = statements.FindKnown(plugin);
        var outcome = Decide(found, known, hash, mayMove);
        // A new plugin, and one that moves, belong to the seed that they were found through.
        var comesToSeed = known is null || (known.Url != plugin.Url && outcome != StoreOutcome.KnownElsewhere);
        if (comesToSeed && await write.ScalarAsync<long>("SELECT COUNT(*) FROM seed WHERE id = @seedId", new { seedId }) == 0)
            return (StoreOutcome.SeedGone, 0);
        if (known is null)
        {
            var id = statements.Insert(seedId, plugin, hash);
            statements.InsertParts(id, plugin);
            statements.RenewAvailability(id, now);
            return (outcome, id);
        }

        if (outcome == StoreOutcome.KnownElsewhere)
            return (outcome, known.Id);
        statements.RenewAvailability(known.Id, now);
        if (outcome == StoreOutcome.Changed)
        {
            statements.DeleteParts(known.Id);
            statements.Update(known.Id, known.Url == plugin.Url ? known.SeedId : seedId, plugin, hash);
            statements.InsertParts(known.Id, plugin);
        }

        return (outcome, known.Id);
    }

    /// <summary>The statements of a batch, each prepared once.</summary>
    private sealed class Statements(WriteTransaction write) : IDisposable
    {
        private readonly DbCommand _find = write.Prepare("""
            SELECT id, seed_id, url, content_hash FROM plugin WHERE identifier = @identifier AND version = @version
            """, "@identifier", "@version");

        private readonly DbCommand _insert = write.Prepare("""
            INSERT INTO plugin (seed_id, identifier, version, sort_version, title, description, plugin_type, url, tags,
                                entry_point, content_hash)
            VALUES (@seedId, @identifier, @version, @sortVersion, @title, @description, @type, @url, @tags, @entryPoint, @hash)
            RETURNING id
            """, "@seedId", "@identifier", "@version", "@sortVersion", "@title", "@description", "@type", "@url", "@tags",
            "@entryPoint", "@hash");

        private readonly DbCommand _update = write.Prepare("""
            UPDATE plugin SET seed_id = @seedId, title = @title, description = @description, plugin_type = @type, url = @url,
                              tags = @tags, entry_point = @entryPoint, content_hash = @hash
            WHERE id = @id
            """, "@id", "@seedId", "@title", "@description", "@type", "@url", "@tags", "@entryPoint", "@hash");

        private readonly DbCommand _available = write.Prepare("""
            INSERT INTO plugin_availability (plugin_id, last_available) VALUES (@id, @now)
            ON CONFLICT (plugin_id) DO UPDATE SET last_available = excluded.last_available
            """, "@id", "@now");

        private readonly DbCommand _tag = write.Prepare("""
            INSERT INTO plugin_tag (plugin_id, tag) VALUES (@id, @tag)
            """, "@id", "@tag");

        private readonly DbCommand _data = write.Prepare("""
            INSERT INTO plugin_data (plugin_id, relation, required, type_start, type_end, required_inputs)
            VALUES (@id, @relation, @required, @start, @end, @requiredInputs)
            RETURNING id
            """, "@id", "@relation", "@required", "@start", "@end", "@requiredInputs");

        private readonly DbCommand _contentType = write.Prepare("""
            INSERT INTO plugin_data_content_type (data_id, position, type_start, type_end)
            VALUES (@dataId, @position, @start, @end)
            """, "@dataId", "@position", "@start", "@end");

        private readonly DbCommand _dependency = write.Prepare("""
            INSERT INTO plugin_dependency (plugin_id, position, parameter, required, name, version, plugin_type, tags)
            VALUES (@id, @position, @parameter, @required, @name, @version, @type, @tags)
            """, "@id", "@position", "@parameter", "@required", "@name", "@version", "@type", "@tags");

        private readonly DbCommand _deleteTags = write.Prepare("DELETE FROM plugin_tag WHERE plugin_id = @id", "@id");
        private readonly DbCommand _deleteData = write.Prepare("DELETE FROM plugin_data WHERE plugin_id = @id", "@id");
        private readonly DbCommand _deleteDependencies =
            write.Prepare("DELETE FROM plugin_dependency WHERE plugin_id = @id", "@id");

        public KnownPlugin? FindKnown(Plugin plugin)
        {
            WriteTransaction.Bind(_find, plugin.Identifier, plugin.Version);
            using var reader = _find.ExecuteReader();
            return reader.Read()
                ? new KnownPlugin(reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), reader.GetString(3))
                : null;
        }

        public long Insert(long seedId, Plugin plugin, string hash)
        {
            WriteTransaction.Bind(_insert, seedId, plugin.Identifier, plugin.Version, Pep440Version.SortKey(plugin.Version), plugin.Title,
                plugin.Description, plugin.Type, plugin.Url, Json(plugin.Tags), Json(plugin.EntryPoint), hash);
            return (long)_insert.ExecuteScalar()!;
        }

        public void Update(long id, long seedId, Plugin plugin, string hash) =>
            WriteTransaction.Execute(_update, id, seedId, plugin.Title, plugin.Description, plugin.Type, plugin.Url, Json(plugin.Tags),
                Json(plugin.EntryPoint), hash);

        public void RenewAvailability(long id, string now) => WriteTransaction.Execute(_available, id, now);

        public void InsertParts(long id, Plugin plugin)
        {
            foreach (var tag in plugin.Tags)
                WriteTransaction.Execute(_tag, id, tag);
            var required = plugin.EntryPoint.DataInput.Count(i => i.Required);
            foreach (var input in plugin.EntryPoint.DataInput)
                InsertData(id, "consumed", input.Required, input.DataType, input.ContentType, required);
            foreach (var output in plugin.EntryPoint.DataOutput)
                InsertData(id, "produced", output.Required, output.DataType, output.ContentType, required);
            foreach (var (position, d) in plugin.EntryPoint.PluginDependencies.Index())
            {
                WriteTransaction.Execute(_dependency, id, position, d.Parameter, d.Required, d.Name, d.Version, d.Type,
                    d.Tags is null ? null : Json(d.Tags));
            }
        }

        public void DeleteParts(long id)
        {
            WriteTransaction.Execute(_deleteTags, id);
            WriteTransaction.Execute(_deleteData, id);
            WriteTransaction.Execute(_deleteDependencies, id);
        }

        public void Dispose()
        {
            foreach (var command in (DbCommand[])
                [_find, _insert, _update, _available, _tag, _data, _contentType, _dependency, _deleteTags, _deleteData, _deleteDependencies])
            {
                command.Dispose();
            }
        }

        private void InsertData(
            long id, string relation, bool required, string dataType, IReadOnlyList<string> contentTypes, int requiredInputs)
        {
            var type = MediaType.Parse(dataType);
            WriteTransaction.Bind(_data, id, relation, required, type.Start, type.End, requiredInputs);
            var dataId = _data.ExecuteScalar();
            foreach (var (position, text) in contentTypes.Index())
            {
                var contentType = MediaType.Parse(text);
                WriteTransaction.Execute(_contentType, dataId, position, contentType.Start, contentType.End);
            }
        }

        private static string Json(IReadOnlyList<string> texts) =>
            JsonSerializer.Serialize(texts, DataJson.Default.IReadOnlyListString);

        private static string Json(EntryPoint entryPoint) =>
            JsonSerializer.Serialize(entryPoint, DataJson.Default.EntryPoint);
    }
}
