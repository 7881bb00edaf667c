using Dapper;

namespace Qhana.Registry.Data;

/// <summary>How the last discovery of each seed went.</summary>
public sealed class SeedOutcomeRepository(Database database, PageReader pages)
{
    /// <summary>Replaces the outcome of a seed; does nothing where the seed is gone.</summary>
    public Task RecordAsync(long seedId, SeedOutcome outcome) => database.WriteAsync(async write =>
    {
        var known = await write.ExecuteAsync("""
            UPDATE seed SET started = @Started, duration_ms = @DurationMs, outcome = @Outcome, found = @Found, added = @Added,
                            changed = @Changed, failed = @Failed, last_error = @LastError,
                            last_success = CASE WHEN @Found > 0 THEN @Started ELSE last_success END
            WHERE id = @seedId
            """,
            new
            {
                seedId,
                outcome.Started,
                DurationMs = (long)outcome.Duration.TotalMilliseconds,
                Outcome = outcome.Kind.ToString(),
                outcome.Found,
                outcome.Added,
                outcome.Changed,
                outcome.Failed,
                outcome.LastError,
            });
        if (known == 0)
            return;
        await write.ExecuteAsync("DELETE FROM seed_failure WHERE seed_id = @seedId", new { seedId });
        await write.ExecuteAsync("""
            INSERT INTO seed_failure (seed_id, position, url, reason) VALUES (@seedId, @position, @Url, @Reason)
            """,
            outcome.Failures.Take(SeedOutcome.MaxFailures).Select((f, position) => new { seedId, position, f.Url, f.Reason }));
    });

    /// <summary>A page of seeds with their outcomes.</summary>
    public async Task<Page<SeedStatus>> ListAsync(PageRequest request)
    {
        var page = await pages.ReadAsync(new Listing("seed", Shown.Seeds), new SqlFilter(), request, r => r.Id, $"""
            SELECT id AS Id, url AS Url, started AS Started, duration_ms AS DurationMs, outcome AS Outcome, found AS Found,
                   added AS Added, changed AS Changed, failed AS Failed, last_error AS LastError, last_success AS LastSuccess
            FROM seed WHERE id IN {IdList.Sql}
            """, (StatusRow row) => row);
        var failures = await FailuresAsync([.. page.Items.Select(r => r.Id)]);
        return new Page<SeedStatus>([.. page.Items.Select(r => r.ToStatus(failures[r.Id]))], page.CollectionSize, page.Map);
    }

    /// <summary>How many seeds gave no plugin at their last discovery.</summary>
    public async Task<int> CountFailingAsync()
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM seed WHERE outcome IS NOT NULL AND found = 0");
    }

    private async Task<ILookup<long, SeedFailure>> FailuresAsync(long[] ids)
    {
        await using var connection = await database.OpenAsync();
        var rows = await connection.QueryAsync<(long SeedId, string Url, string Reason)>($"""
            SELECT seed_id, url, reason FROM seed_failure WHERE seed_id IN {IdList.Sql} ORDER BY seed_id, position
            """, new { ids = IdList.Of(ids) });
        return rows.ToLookup(r => r.SeedId, r => new SeedFailure(r.Url, r.Reason));
    }

    private sealed class StatusRow
    {
        public long Id { get; init; }
        public string Url { get; init; } = "";
        public DateTimeOffset? Started { get; init; }
        public long DurationMs { get; init; }
        public string? Outcome { get; init; }
        public int Found { get; init; }
        public int Added { get; init; }
        public int Changed { get; init; }
        public int Failed { get; init; }
        public string? LastError { get; init; }
        public DateTimeOffset? LastSuccess { get; init; }

        public SeedStatus ToStatus(IEnumerable<SeedFailure> failures) => new(
            new SeedRow(Id, Url),
            Started is not { } started || Outcome is null ? null : new SeedOutcome(
                started, TimeSpan.FromMilliseconds(DurationMs), Enum.Parse<SeedOutcomeKind>(Outcome), Found, Added, Changed,
                Failed, LastError, [.. failures]),
            LastSuccess);
    }
}
