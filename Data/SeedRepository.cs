using Dapper;

namespace Qhana.Registry.Data;

/// <summary>A seed.</summary>
public sealed record SeedRow(long Id, string Url);

/// <summary>The seeds, where discovery starts.</summary>
public sealed class SeedRepository(Database database, PageReader pages)
{
    /// <summary>The columns a list of seeds can be sorted by; <c>id</c> where nothing is asked.</summary>
    public static SortColumns Sorting { get; } = new("id", ("id", "id"), ("url", "url"));

    private static readonly Listing Listing = new("seed", Shown.Seeds);

    /// <summary>A page of seeds.</summary>
    public Task<Page<SeedRow>> ListAsync(PageRequest request) =>
        pages.ReadAsync(Listing, new SqlFilter(), request, r => r.Id, $"""
            SELECT id AS Id, url AS Url FROM seed WHERE id IN {IdList.Sql}
            """, (SeedRow row) => row);

    /// <summary>All seeds, in the order in which they were added.</summary>
    public async Task<IReadOnlyList<SeedRow>> AllAsync()
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<SeedRow>("SELECT id AS Id, url AS Url FROM seed ORDER BY id")).AsList();
    }

    /// <summary>The seed with this id, or null.</summary>
    public async Task<SeedRow?> FindAsync(long id)
    {
        await using var connection = await database.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<SeedRow>(
            "SELECT id AS Id, url AS Url FROM seed WHERE id = @id", new { id });
    }

    /// <summary>Adds a seed; null where the URL is a seed already.</summary>
    public Task<SeedRow?> AddAsync(string url) => database.WriteAsync(write => write.ChangeAsync<SeedRow>(Shown.Seeds, """
        INSERT INTO seed (url) VALUES (@url) ON CONFLICT (url) DO NOTHING RETURNING id AS Id, url AS Url
        """, new { url }));

    /// <summary>Adds seeds where there is none yet, all or nothing, and says how many.</summary>
    public Task<int> AddFirstAsync(IReadOnlyCollection<string> urls) => database.WriteAsync(async write =>
    {
        if (await write.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM seed)"))
            return 0;
        write.Changes(Shown.Seeds);
        foreach (var url in urls)
            await write.ExecuteAsync("INSERT INTO seed (url) VALUES (@url)", new { url });
        return urls.Count;
    });

    /// <summary>Deletes a seed with the plugins found through it and returns what it was; null where there was none.</summary>
    public Task<SeedRow?> DeleteAsync(long id) => database.WriteAsync(write => write.ChangeAsync<SeedRow>(
        Shown.Seeds | Shown.Plugins | Shown.Membership, "DELETE FROM seed WHERE id = @id RETURNING id AS Id, url AS Url", new { id }));
}
