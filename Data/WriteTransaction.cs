using System.Data.Common;
using Dapper;

namespace Qhana.Registry.Data;

/// <summary>
/// One open write: runs statements inside its transaction and remembers what they changed. Made by
/// <see cref="Database.WriteAsync{T}"/>, which commits it.
/// </summary>
public sealed class WriteTransaction(DbConnection connection, DbTransaction transaction)
{
    /// <summary>What has been changed so far.</summary>
    public Shown Changed { get; private set; }

    /// <summary>Notes that something of these kinds is different after the commit.</summary>
    public void Changes(Shown kinds) => Changed |= kinds;

    /// <summary>Runs a statement and returns how many rows it touched.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        connection.ExecuteAsync(sql, parameters, transaction);

    /// <summary>All rows of a query.</summary>
    public Task<IEnumerable<T>> QueryAsync<T>(string sql, object? parameters = null) =>
        connection.QueryAsync<T>(sql, parameters, transaction);

    /// <summary>The only row of a query, or null (the default of <typeparamref name="T"/>) where there is none.</summary>
    public Task<T?> FindAsync<T>(string sql, object? parameters = null) =>
        connection.QuerySingleOrDefaultAsync<T>(sql, parameters, transaction);

    /// <summary>
    /// Runs a statement that returns the row it changes, or null where it changes none; these kinds are different after
    /// the commit only where there is one.
    /// </summary>
    public async Task<T?> ChangeAsync<T>(Shown kinds, string sql, object? parameters = null)
        where T : class
    {
        var row = await FindAsync<T>(sql, parameters);
        if (row is not null)
            Changes(kinds);
        return row;
    }

    /// <summary>The first value of the first row.</summary>
    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null) =>
        (await connection.ExecuteScalarAsync<T>(sql, parameters, transaction))!;

    /// <summary>A statement prepared once for many executions in this transaction. The caller disposes it.</summary>
    public DbCommand Prepare(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Gives the parameters of a prepared statement their values, in order; null is SQL's NULL.</summary>
    public static void Bind(DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }

    /// <summary>Runs a prepared statement with these values.</summary>
    public static void Execute(DbCommand command, params ReadOnlySpan<object?> values)
    {
        Bind(command, values);
        command.ExecuteNonQuery();
    }
}
