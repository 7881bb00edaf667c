using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Qhana.Registry.Data;

/// <summary>
/// The SQLite file: opens connections with the settings that every one of them needs, and lets one writer in at a time,
/// so that no request ever waits for SQLITE_BUSY. The only file that knows which engine it is.
/// </summary>
public sealed class Database : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqliteConnection? _writer;
    private long _dataVersion;
    private DateTime _born;
    private bool _isClosed;
    private readonly Revisions _revisions;
    private readonly string _readWrite;
    private volatile string _connectionString;
    private volatile bool _refusesWrites;

    static Database()
    {
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
    }

    /// <summary>Does not open the file yet.</summary>
    public Database(DatabaseOptions options, Revisions revisions)
    {
        _revisions = revisions;
        Path = System.IO.Path.GetFullPath(options.Path);
        _readWrite = _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            ForeignKeys = true,
            DefaultTimeout = 30,
            Pooling = true,
            // Only the migrator makes a file: one that vanished must not come back empty.
            Mode = SqliteOpenMode.ReadWrite,
        }.ToString();
    }

    /// <summary>Where the file is, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>False from a write that the disk or the file refused until one that it took.</summary>
    public bool TakesWrites => !_refusesWrites;

    private bool IsFixed => _connectionString != _readWrite;

    /// <summary>Makes the file, and the folder that it is in, where they are not there; the file has no schema then.</summary>
    public async Task CreateFileAsync()
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
    /// that is read-only, it is read as it stands from now on, until a connection of the usual kind can be had again.
    /// </summary>
    public async Task<bool> CanOnlyBeReadAsync()
    {
        try
        {
            await using var connection = await OpenConnectionAsync();
            await ReadSchemaAsync(connection);
            _refusesWrites = IsReadOnly(connection);
        }
        catch (SqliteException e) when (IsUnavailable(e) && IsWithoutLog())
        {
            _connectionString = new SqliteConnectionStringBuilder(_readWrite)
            {
                // https://www.sqlite.org/uri.html
                DataSource = $"file:{Uri.EscapeDataString(Path).Replace("%2F", "/", StringComparison.Ordinal)}?immutable=1",
                Mode = SqliteOpenMode.ReadOnly,
            }.ToString();
            _refusesWrites = true;
        }

        return _refusesWrites;
    }

    /// <summary>An open connection for reading. The caller disposes it, which gives it back to the pool.</summary>
    public async Task<DbConnection> OpenAsync() => await OpenConnectionAsync();

    /// <summary>Opens the file anew and reads its schema: pooled connections go on with a file that has vanished.</summary>
    /// <exception cref="SqliteException">The file is not there, or is no database.</exception>
    public Task CheckAsync() => OpenAnewAsync(_connectionString);

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction of its own, alone among writers, and commits it; an exception rolls
    /// everything back. When this returns, the change is on disk and the revisions of what it changed have moved on.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<WriteTransaction, Task<T>> work)
    {
        await _turn.WaitAsync();
        try
        {
            var connection = await WriterAsync();
            await using var transaction = connection.BeginTransaction(deferred: false);
            // What is remembered of the data must not be older than the data that this changes.
            await RaiseForOthersAsync(connection, transaction);
            var write = new WriteTransaction(connection, transaction);
            var result = await work(write);
            transaction.Commit();
            _refusesWrites = IsReadOnly(connection);
            _revisions.Raise(write.Changed);
            return result;
        }
        catch (SqliteException e)
        {
            _refusesWrites |= IsUnavailable(e);
            CloseWriter();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Notices what other processes have committed, as commands beside a running server do, and moves all revisions on
    /// then: nobody knows what they changed.
    /// </summary>
    public async Task NoticeOthersAsync()
    {
        await _turn.WaitAsync();
        try
        {
            await RaiseForOthersAsync(await WriterAsync(), null);
        }
        catch (SqliteException)
        {
            CloseWriter();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>As the other overload, for work that has no result.</summary>
    public Task WriteAsync(Func<WriteTransaction, Task> work) => WriteAsync(async write =>
    {
        await work(write);
        return true;
    });

    /// <summary>Moves the write-ahead log into the file and closes every pooled connection to it.</summary>
    public void Dispose()
    {
        // Whoever writes at this moment finishes; whoever comes later is turned away.
        _turn.Wait();
        _isClosed = true;
        CloseWriter();
        _turn.Release();
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

    /// <summary>True for failures of the disk or the file itself, as opposed to mistakes of ours.</summary>
    public static bool IsUnavailable(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: SqliteCannotWrite or SqliteDiskFull or SqliteIoError or SqliteCannotOpen or SqliteBusy
            or SqliteLocked or SqliteCorrupt or SqliteNotADatabase
    };

    /// <summary>True where a row with the same unique value exists already.</summary>
    public static bool IsDuplicate(DbException exception) =>
        exception is SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique };

    // Result codes: https://www.sqlite.org/rescode.html
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteCannotWrite = 8;
    private const int SqliteIoError = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteDiskFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;
    private const int SqliteConstraintUnique = 2067;

    private async Task<SqliteConnection> WriterAsync()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (IsFixed)
            await LookForUsualFileAsync();
        // What is written to a file that was deleted or moved away would be lost with the process.
        var born = File.GetCreationTimeUtc(Path);
        if (_writer is not null && born != _born)
            LetGoOfFile();
        // Nor does a connection notice when a file can be written again.
        else if (_writer is not null && IsReadOnly(_writer))
            CloseConnections();
        _born = born;
        return _writer ??= await OpenConnectionAsync();
    }

    private void LetGoOfFile()
    {
        CloseConnections();
        _revisions.Raise(Shown.Everything);
    }

    private void CloseConnections()
    {
        CloseWriter();
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    /// <summary>Goes back to connections of the usual kind; fails as they do where there are none yet.</summary>
    private async Task LookForUsualFileAsync()
    {
        await OpenAnewAsync(_readWrite);
        // From here on nobody opens it as it stood; what is open so is closed when it is given back.
        using var old = new SqliteConnection(_connectionString);
        _connectionString = _readWrite;
        SqliteConnection.ClearPool(old);
        LetGoOfFile();
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

    private static bool IsReadOnly(SqliteConnection connection) => raw.sqlite3_db_readonly(connection.Handle, "main") == 1;

    /// <summary>True where all that was ever committed is in the file itself.</summary>
    private bool IsWithoutLog() => File.Exists(Path) && new FileInfo(Path + "-wal") is { Exists: false } or { Length: 0 };

    private async Task RaiseForOthersAsync(SqliteConnection writer, DbTransaction? transaction)
    {
        // Tells of commits through other connections only; in this process all go through this one.
        var version = await writer.ExecuteScalarAsync<long>("PRAGMA data_version", transaction: transaction);
        if (_dataVersion != 0 && _dataVersion != version)
            _revisions.Raise(Shown.Everything);
        _dataVersion = version;
    }

    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
        _dataVersion = 0;
    }

    private async Task<SqliteConnection> OpenConnectionAsync()
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
}
