using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Qhana.Registry.Data;

/// <summary>
/// The data: gives out connections to read it, and lets one writer in at a time, so that no request finds the file locked
/// by another one. Only another process can hold a write up, and not for long.
/// </summary>
public sealed class Database(DatabaseOptions options, Revisions revisions) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly DatabaseFile _file = new(options.Path);
    private SqliteConnection? _writer;
    private long? _dataVersion;
    private DateTime? _born;
    private bool _isClosed;
    private volatile bool _refusesWrites;

    /// <summary>Where the file is, as an absolute path.</summary>
    public string Path => _file.Path;

    /// <summary>False from a write that the disk or the file refused until one that it took.</summary>
    public bool TakesWrites => !_refusesWrites;

    /// <summary>Makes the file, and the folder that it is in, where they are not there; the file has no schema then.</summary>
    public Task CreateFileAsync() => _file.CreateAsync();

    /// <summary>
    /// Says whether the file can only be read. Where not even the index of its log can be made beside it, as in a folder
    /// that is read-only, it is read as it stands from now on, until a connection of the usual kind can be had again.
    /// </summary>
    public async Task<bool> CanOnlyBeReadAsync() => _refusesWrites = await _file.CanOnlyBeReadAsync();

    /// <summary>An open connection for reading. The caller disposes it, which gives it back to the pool.</summary>
    public async Task<DbConnection> OpenAsync() => await _file.OpenAsync();

    /// <summary>Opens the file anew and reads its schema: pooled connections go on with a file that has vanished.</summary>
    /// <exception cref="SqliteException">The file is not there, or is no database.</exception>
    public Task CheckAsync() => _file.CheckAsync();

    /// <summary>
    /// Runs <paramref name="work"/> in a transaction of its own, alone among writers, and commits it; an exception rolls
    /// everything back. When this returns, the change is on disk and the revisions of what it changed have moved on.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<WriteTransaction, Task<T>> work)
    {
        try
        {
            return await TakeTurnAsync(async writer =>
            {
                await using var transaction = writer.BeginTransaction(deferred: false);
                // What is remembered of the data must not be older than the data that this changes.
                await RaiseForOthersAsync(writer, transaction);
                var write = new WriteTransaction(writer, transaction);
                var result = await work(write);
                transaction.Commit();
                _refusesWrites = DatabaseFile.IsReadOnly(writer);
                revisions.Raise(write.Changed);
                return result;
            });
        }
        catch (SqliteException e) when (DatabaseFailures.IsUnavailable(e))
        {
            _refusesWrites = true;
            throw;
        }
    }

    /// <summary>As the other overload, for work that has no result.</summary>
    public Task WriteAsync(Func<WriteTransaction, Task> work) => WriteAsync(async write =>
    {
        await work(write);
        return true;
    });

    /// <summary>
    /// As <see cref="WriteAsync{T}"/>, for changes of the schema: foreign keys only have to hold at the end, so that a table
    /// can be made anew without losing the rows that refer to it. Returns what <paramref name="work"/> does: whether it has
    /// changed anything.
    /// </summary>
    public Task<bool> ChangeSchemaAsync(Func<WriteTransaction, Task<bool>> work) => TakeTurnAsync(async _ =>
    {
        // Inside a transaction nobody can switch foreign keys off.
        await using var connection = await _file.OpenWithoutForeignKeysAsync();
        await using var transaction = connection.BeginTransaction(deferred: false);
        if (!await work(new WriteTransaction(connection, transaction)))
            return false;
        if ((await connection.QueryAsync("PRAGMA foreign_key_check", transaction: transaction)).Any())
            throw DatabaseFailures.OfForeignKeys();
        transaction.Commit();
        // The writer takes this for the work of another process, and raises all revisions.
        return true;
    });

    /// <summary>
    /// Notices what other processes have committed, as commands beside a running server do, and moves all revisions on
    /// then: nobody knows what they changed.
    /// </summary>
    public Task NoticeOthersAsync() => TakeTurnAsync(async writer =>
    {
        await RaiseForOthersAsync(writer, null);
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
        _file.Close();
    }

    private async Task<T> TakeTurnAsync<T>(Func<SqliteConnection, Task<T>> work)
    {
        await _turn.WaitAsync();
        try
        {
            return await work(await WriterAsync());
        }
        catch (SqliteException e) when (DatabaseFailures.IsUnavailable(e))
        {
            // A connection to a file that failed may be worth nothing any more. What was refused otherwise is rolled back.
            CloseWriter();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<SqliteConnection> WriterAsync()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (_file.IsFixed)
        {
            await _file.TryUsualConnectionsAsync();
            LetGoOfFile();
        }

        // What is written to a file that was deleted or moved away would be lost with the process.
        var born = _file.Born();
        if (_born is not null && born != _born)
            LetGoOfFile();
        // Nor does a connection notice when a file can be written again.
        else if (_writer is not null && DatabaseFile.IsReadOnly(_writer))
            CloseConnections();
        _born = born;
        return _writer ??= await _file.OpenAsync();
    }

    private void LetGoOfFile()
    {
        CloseConnections();
        revisions.Raise(Shown.Everything);
    }

    private void CloseConnections()
    {
        CloseWriter();
        _file.CloseConnections();
    }

    private void CloseWriter()
    {
        _writer?.Dispose();
        _writer = null;
        _dataVersion = null;
    }

    private async Task RaiseForOthersAsync(SqliteConnection writer, DbTransaction? transaction)
    {
        // Tells of commits through other connections only; in this process all go through this one. One that was opened
        // anew does not know what was committed before.
        var version = await writer.ExecuteScalarAsync<long>("PRAGMA data_version", transaction: transaction);
        if (_dataVersion != version)
            revisions.Raise(Shown.Everything);
        _dataVersion = version;
    }
}
