using Microsoft.Data.Sqlite;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>Counts, with triggers in a database file, every row of a table that is written from now on.</summary>
public sealed class WriteCounter : IDisposable
{
    private readonly SqliteConnection _connection;

    /// <summary>Adds the triggers. Nobody else has the file open.</summary>
    public WriteCounter(string file, string table)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Execute($"""
            CREATE TABLE benchmark_write (count INTEGER NOT NULL);
            INSERT INTO benchmark_write VALUES (0);
            CREATE TRIGGER benchmark_insert AFTER INSERT ON {table} BEGIN UPDATE benchmark_write SET count = count + 1; END;
            CREATE TRIGGER benchmark_update AFTER UPDATE ON {table} BEGIN UPDATE benchmark_write SET count = count + 1; END;
            CREATE TRIGGER benchmark_delete AFTER DELETE ON {table} BEGIN UPDATE benchmark_write SET count = count + 1; END;
            """);
        _connection.Close();
    }

    /// <summary>How many rows were written.</summary>
    public long Count()
    {
        _connection.Open();
        var count = (long)Execute("SELECT count FROM benchmark_write")!;
        _connection.Close();
        return count;
    }

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    private object? Execute(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Our own text.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
