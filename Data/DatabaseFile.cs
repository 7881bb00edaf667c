using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Qhana.Registry.Data;

/// <summary>The SQLite file: makes it, and opens connections to it with the settings that every one of them needs.</summary>
internal sealed class DatabaseFile
{
    private readonly string _readWrite;
    private volatile string _connectionString;

    static DatabaseFile()
    {
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
    }

    /// <summary>Does not open the file yet.</summary>
    public DatabaseFile(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        _readWrite = _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            ForeignKeys = true,
            // How many seconds another process may hold the file, which a command does for less than one: all other
            // writers wait meanwhile.
            DefaultTimeout = 5,
            Pooling = true,
            // Only the migrator makes a file: one that vanished must not come back empty.
            Mode = SqliteOpenMode.ReadWrite,
        }.ToString();
    }

    /// <summary>Where it is, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>True where it is read as it stood once, whatever happens to it (see <see cref="CanOnlyBeReadAsync"/>).</summary>
    public bool IsFixed => _connectionString != _readWrite;

    /// <summary>Makes the file, and the folder that it is in, where they are not there; the file has no schema then.</summary>
    public async Task CreateAsync()
    {
        if (System.IO.Path.GetDirectoryName(Path) is { } folder)
            Directory.CreateDirectory(folder);
        var creating = new SqliteConnectionStringBuilder(_readWrite) { Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false };
        await using var connection = new SqliteConnection(creating.ToString());
        await connection.OpenAsync();
        // Readers go on while a writer writes. The file remembers the mode.
        await connection.ExecuteAsync("PRAGMA journal_mode = WAL");
    }

    /// <summary>
    /// Says whether the file can only be read. Where not even the index of its log can be made beside it, as in a folder
    /// that is read-only, it is read as it stands from now on, until <see cref="TryUsualConnectionsAsync"/>.
    /// </summary>
    public async Task<bool> CanOnlyBeReadAsync()
    {
        try
        {
            await using var connection = await OpenAsync();
            await ReadSchemaAsync(connection);
            return IsReadOnly(connection);
        }
        catch (SqliteException e) when (DatabaseFailures.IsUnavailable(e) && IsWithoutLog())
        {
            _connectionString = new SqliteConnectionStringBuilder(_readWrite)
            {
                // https://www.sqlite.org/uri.html
                DataSource = $"file:{Uri.EscapeDataString(Path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1",
                Mode = SqliteOpenMode.ReadOnly,
            }.ToString();
            return true;
        }
    }

    /// <summary>Goes back to connections of the usual kind; fails as they do where there are none yet.</summary>
    public async Task TryUsualConnectionsAsync()
    {
        await OpenAnewAsync(_readWrite);
        // From here on nobody opens it as it stood; what is open so is closed when it is given back.
        using var old = new SqliteConnection(_connectionString);
        _connectionString = _readWrite;
        SqliteConnection.ClearPool(old);
    }

    /// <summary>An open connection. The caller disposes it, which gives it back to the pool.</summary>
    public async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync();
            // With a write-ahead log NORMAL survives a killed process; only a power cut can cost the last commits.
            await connection.ExecuteAsync("PRAGMA synchronous = NORMAL");
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>An open connection that does not follow foreign keys. The caller disposes it, which closes it.</summary>
    public async Task<SqliteConnection> OpenWithoutForeignKeysAsync()
    {
        var free = new SqliteConnectionStringBuilder(_readWrite) { ForeignKeys = false, Pooling = false };
        var connection = new SqliteConnection(free.ToString());
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Opens the file anew and reads its schema: pooled connections go on with a file that has vanished.</summary>
    /// <exception cref="SqliteException">The file is not there, or is no database.</exception>
    public Task CheckAsync() => OpenAnewAsync(_connectionString);

    /// <summary>When the file was made, by which it is told from another one in its place.</summary>
    /// <exception cref="SqliteException">Its folder cannot be looked into.</exception>
    public DateTime Born()
    {
        try
        {
            return File.GetCreationTimeUtc(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DatabaseFailures.OfFile(e);
        }
    }

    /// <summary>True where nothing can be written through the connection.</summary>
    public static bool IsReadOnly(SqliteConnection connection) => raw.sqlite3_db_readonly(connection.Handle, "main") == 1;

    /// <summary>Closes the connections in the pool; those in use are closed when they are given back.</summary>
    public void CloseConnections()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Moves the write-ahead log into the file and closes every pooled connection to it.</summary>
    public void Close()
    {
        try
        {
            using var connection = new SqliteConnection(_connectionString);
            connection.Open();
            connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            SqliteConnection.ClearPool(connection);
        }
        catch (SqliteException)
        {
            // A file that cannot be written any more keeps its log; the next start reads it.
        }
    }

    private static async Task OpenAnewAsync(string connectionString)
    {
        var fresh = new SqliteConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new SqliteConnection(fresh.ToString());
        await connection.OpenAsync();
        await ReadSchemaAsync(connection);
    }

    // To open a file does not look into it yet.
    private static Task<long> ReadSchemaAsync(SqliteConnection connection) =>
        connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sqlite_master");

    /// <summary>True where all that was ever committed is in the file itself.</summary>
    private bool IsWithoutLog() => File.Exists(Path) && new FileInfo(Path + "-wal") is { Exists: false } or { Length: 0 };
}
