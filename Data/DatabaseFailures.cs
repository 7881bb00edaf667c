using Microsoft.Data.Sqlite;

namespace Qhana.Registry.Data;

/// <summary>What the failures of the database mean.</summary>
public static class DatabaseFailures
{
    // Result codes: https://www.sqlite.org/rescode.html
    private const int NoPermission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int NoMemory = 7;
    private const int CannotWrite = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int DiskFull = 13;
    private const int CannotOpen = 14;
    private const int LockingProtocol = 15;
    private const int Constraint = 19;
    private const int NotADatabase = 26;

    /// <summary>True for failures of the disk or the file itself, as opposed to mistakes of ours.</summary>
    public static bool IsUnavailable(Exception exception) => exception is SqliteException
    {
        SqliteErrorCode: NoPermission or Busy or Locked or NoMemory or CannotWrite or IoError or Corrupt or DiskFull
            or CannotOpen or LockingProtocol or NotADatabase
    };

    /// <summary>The failure of a file that cannot be looked at, in the words of SQLite.</summary>
    internal static SqliteException OfFile(Exception cause) => new($"unable to open database file: {cause.Message}", CannotOpen);

    /// <summary>The failure of rows that refer to others which are not there, in the words of SQLite.</summary>
    internal static SqliteException OfForeignKeys() => new("FOREIGN KEY constraint failed", Constraint);
}
