using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using SQLitePCL;

namespace Qhana.Registry.Tests.Support;

/// <summary>
/// Listens to the statements that a registry runs. It lends itself to a connection of the registry's pool, which hands
/// that one out as long as nobody else asks meanwhile.
/// </summary>
public sealed class SqlTrace
{
    private readonly List<string> _statements = [];
    private readonly strdelegate_trace _listen;

    private SqlTrace() => _listen = (_, statement) => _statements.Add(statement);

    /// <summary>What <paramref name="act"/> makes the registry run, with the values in their places.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(RegistryApp app, Func<Task> act)
    {
        var trace = new SqlTrace();
        _ = app.Client;
        await using (var connection = (SqliteConnection)await app.Services.GetRequiredService<Database>().OpenAsync())
            raw.sqlite3_trace(connection.Handle, trace._listen, null);
        await act();
        await using (var connection = (SqliteConnection)await app.Services.GetRequiredService<Database>().OpenAsync())
            raw.sqlite3_trace(connection.Handle, (strdelegate_trace)null!, null);
        return trace._statements;
    }
}
