using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Data;

/// <summary>The one writer, other processes beside it, and what is remembered of the data. Nobody else looks at the file.</summary>
public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly Revisions _revisions = new();
    private readonly Database _database;

    public DatabaseTests() => _database = new Database(new DatabaseOptions(_folder.File("registry.db")), _revisions);

    public async ValueTask InitializeAsync()
    {
        await _database.CreateFileAsync();
        await _database.WriteAsync(write => write.ExecuteAsync("CREATE TABLE thing (name TEXT UNIQUE)"));
        await AddAsync("first");
    }

    [Fact]
    public async Task What_Another_Process_Commits_While_It_Holds_A_Write_Up_Is_Noticed()
    {
        await using var other = new SqliteConnection($"Data Source={_database.Path};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        var transaction = other.BeginTransaction(deferred: false);
        await using var insert = other.CreateCommand();
        insert.CommandText = "INSERT INTO thing VALUES ('theirs')";
        await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();

        var refusal = await Assert.ThrowsAsync<SqliteException>(() => AddAsync("ours"));
        var waited = clock.Elapsed;
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        var before = _revisions.Of(Shown.Everything);
        await _database.NoticeOthersAsync();

        Assert.True(DatabaseFailures.IsUnavailable(refusal));
        // A moment is worth waiting for, but everybody else waits as well.
        Assert.InRange(waited, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15));
        Assert.NotEqual(before, _revisions.Of(Shown.Everything));
    }

    [Fact]
    public async Task A_Write_That_Is_Refused_For_What_It_Says_Changes_No_Revision()
    {
        var before = _revisions.Snapshot();

        var refusal = await Assert.ThrowsAsync<SqliteException>(() => _database.WriteAsync(async write =>
        {
            await write.ExecuteAsync("INSERT INTO thing VALUES ('second')");
            await write.ExecuteAsync("INSERT INTO thing VALUES ('first')");
        }));
        await _database.NoticeOthersAsync();
        await AddAsync("third");

        Assert.False(DatabaseFailures.IsUnavailable(refusal));
        Assert.True(_database.TakesWrites);
        Assert.Equal(before.Of(Shown.Everything), _revisions.Of(Shown.Everything));
        Assert.Equal(["first", "third"], TestDatabase.QueryAll<string>(_database.Path, "SELECT name FROM thing ORDER BY name"));
    }

    [Fact]
    public async Task A_Table_That_Is_Made_Anew_Keeps_The_Rows_That_Refer_To_It()
    {
        await AddPartsAsync();
        var before = _revisions.Of(Shown.Everything);

        await ChangeSchemaAsync("""
            CREATE TABLE made_anew (id INTEGER PRIMARY KEY, name TEXT);
            INSERT INTO made_anew (id) SELECT id FROM whole;
            DROP TABLE whole;
            ALTER TABLE made_anew RENAME TO whole;
            """);
        await _database.NoticeOthersAsync();

        Assert.Equal(2, TestDatabase.Query<int>(_database.Path, "SELECT COUNT(*) FROM part JOIN whole ON whole.id = whole_id"));
        Assert.NotEqual(before, _revisions.Of(Shown.Everything));
        await _database.WriteAsync(write => write.ExecuteAsync("DELETE FROM whole"));
        Assert.Equal(0, TestDatabase.Query<int>(_database.Path, "SELECT COUNT(*) FROM part"));
    }

    [Fact]
    public async Task A_Change_Of_The_Schema_That_Loses_What_Rows_Refer_To_Is_Refused()
    {
        await AddPartsAsync();

        var refusal = await Assert.ThrowsAsync<SqliteException>(() => ChangeSchemaAsync("DELETE FROM whole WHERE id = 2"));

        Assert.Contains("FOREIGN KEY", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, TestDatabase.Query<int>(_database.Path, "SELECT COUNT(*) FROM whole"));
    }

    // https://www.sqlite.org/rescode.html
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(26)]
    public async Task A_Failure_Of_The_File_Is_Told_From_A_Mistake_And_Passes(int code)
    {
        var failure = await Assert.ThrowsAsync<SqliteException>(() => _database.WriteAsync(_ => throw new SqliteException("fails", code)));
        var tookWrites = _database.TakesWrites;
        await AddAsync("later");

        Assert.True(DatabaseFailures.IsUnavailable(failure));
        Assert.False(tookWrites);
        Assert.True(_database.TakesWrites);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(20)]
    public void A_Mistake_Is_No_Failure_Of_The_File(int code) => Assert.False(DatabaseFailures.IsUnavailable(new SqliteException("fails", code)));

    [Fact]
    public async Task The_Watch_Survives_Whatever_Goes_Wrong()
    {
        var log = new LogLines();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        _database.Dispose();
        using var watch = new DatabaseWatch(_database, factory.CreateLogger<DatabaseWatch>());

        await watch.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.IsAsync(() => Task.FromResult(log.Of(LogLevel.Error).Count), count => count > 0);

        Assert.False(watch.ExecuteTask!.IsCompleted);
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task<bool> ChangeSchemaAsync(string sql) => _database.ChangeSchemaAsync(async write =>
    {
        await write.ExecuteAsync(sql);
        return true;
    });

    private Task<int> AddPartsAsync() => _database.WriteAsync(write => write.ExecuteAsync("""
        CREATE TABLE whole (id INTEGER PRIMARY KEY);
        CREATE TABLE part (whole_id INTEGER NOT NULL REFERENCES whole (id) ON DELETE CASCADE);
        INSERT INTO whole VALUES (1), (2);
        INSERT INTO part VALUES (1), (2);
        """));

    private Task<int> AddAsync(string name) => _database.WriteAsync(write => write.ExecuteAsync("INSERT INTO thing VALUES (@name)", new { name }));
}
