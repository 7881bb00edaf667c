using Dapper;
using Microsoft.Data.Sqlite;

namespace Qhana.Registry.Tests.Support;

/// <summary>Opens database files past the registry, on connections that are not pooled.</summary>
public static class TestDatabase
{
    /// <summary>The first value of the first row.</summary>
    public static T Query<T>(string path, string sql, object? parameters = null)
    {
        using var connection = Open(path);
        return connection.ExecuteScalar<T>(sql, parameters)!;
    }

    /// <summary>The first column of all rows.</summary>
    public static IReadOnlyList<T> QueryAll<T>(string path, string sql, object? parameters = null)
    {
        using var connection = Open(path);
        return connection.Query<T>(sql, parameters).AsList();
    }

    /// <summary>Runs statements.</summary>
    public static void Execute(string path, string sql)
    {
        using var connection = Open(path);
        connection.Execute(sql);
    }

    /// <summary>The steps of the plan by which a statement would be run.</summary>
    public static IReadOnlyList<string> Plan(string path, string statement)
    {
        using var connection = Open(path);
        return connection.Query<(int Id, int Parent, int Unused, string Step)>("EXPLAIN QUERY PLAN " + statement).Select(r => r.Step).AsList();
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=10");
        connection.Open();
        return connection;
    }
}
