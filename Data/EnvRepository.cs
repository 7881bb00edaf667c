using Dapper;

namespace Qhana.Registry.Data;

/// <summary>An environment variable of the platform.</summary>
public sealed record EnvRow(string Name, string Value);

/// <summary>The environment variables, by name.</summary>
public sealed class EnvRepository(Database database)
{
    /// <summary>All variables in the order in which they were first set.</summary>
    public async Task<IReadOnlyList<EnvRow>> ListAsync()
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<EnvRow>("SELECT name AS Name, value AS Value FROM env ORDER BY id")).AsList();
    }

    /// <summary>The variable of this name, or null.</summary>
    public async Task<EnvRow?> FindAsync(string name)
    {
        await using var connection = await database.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<EnvRow>(
            "SELECT name AS Name, value AS Value FROM env WHERE name = @name", new { name });
    }

    /// <summary>How many variables there are.</summary>
    public async Task<int> CountAsync()
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM env");
    }

    /// <summary>Sets a variable, new or not.</summary>
    public Task<EnvRow> SetAsync(string name, string value) => database.WriteAsync(async write =>
    {
        write.Changes(Shown.Env);
        await write.ExecuteAsync("""
            INSERT INTO env (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, new { name, value });
        return new EnvRow(name, value);
    });

    /// <summary>Changes a variable that exists; false where it does not.</summary>
    public Task<bool> UpdateAsync(string name, string value) => database.WriteAsync(async write =>
        await write.ChangeAsync<string>(
            Shown.Env, "UPDATE env SET value = @value WHERE name = @name RETURNING name", new { name, value }) is not null);

    /// <summary>Deletes a variable, if it is there.</summary>
    public Task DeleteAsync(string name) => database.WriteAsync(write =>
        write.ChangeAsync<string>(Shown.Env, "DELETE FROM env WHERE name = @name RETURNING name", new { name }));
}
