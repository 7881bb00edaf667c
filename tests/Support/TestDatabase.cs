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

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=10");
        connection.Open();
        return connection;
    }
}
