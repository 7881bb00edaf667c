using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Dapper;

namespace Qhana.Registry.Data;

/// <summary>The file cannot be used; the message says why in one line.</summary>
public sealed class DatabaseUnusableException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>
/// Brings the file to the schema of this program: a new file gets schema.sql, an older one the migrations that it lacks,
/// one transaction each. <c>PRAGMA user_version</c> says where a file stands.
/// </summary>
public sealed class DatabaseMigrator(Database database, ILogger<DatabaseMigrator> logger)
{
    /// <summary>The version that schema.sql describes: one more than the number of migrations.</summary>
    public static int CurrentVersion { get; } = Migrations().Select(m => m.Version).DefaultIfEmpty(1).Max();

    /// <summary>
    /// Creates or upgrades the schema; does nothing where it is current.
    /// </summary>
    /// <exception cref="DatabaseUnusableException">
    /// The file cannot be opened, is no database, is no registry's database, or was made by a newer program.
    /// </exception>
    public async Task MigrateAsync()
    {
        try
        {
            await database.CreateFileAsync();
            while (await database.ChangeSchemaAsync(TakeStepAsync))
            {
                // One transaction for each step, so that what was reached stays reached.
            }
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnusableException($"The database {database.Path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>
    /// As <see cref="MigrateAsync"/>; but a file that has the current schema already and can be read need not be writable.
    /// False, with a warning, where it is not.
    /// </summary>
    /// <exception cref="DatabaseUnusableException">As there.</exception>
    public async Task<bool> MigrateOrReadAsync()
    {
        try
        {
            await MigrateAsync();
            if (!await database.CanOnlyBeReadAsync())
                return true;
        }
        catch (DatabaseUnusableException e) when (e.InnerException is DbException cause && DatabaseFailures.IsUnavailable(cause))
        {
            try
            {
                await database.CanOnlyBeReadAsync();
                await CheckAsync();
            }
            catch (Exception again) when (again is DbException or DatabaseUnusableException)
            {
                // Nor can it be read, or not as it is; why it cannot be written says it all.
                ExceptionDispatchInfo.Throw(e);
            }
        }

        logger.LogWarning("The database {Path} can only be read: nothing is stored until it can be written again", database.Path);
        return false;
    }

    /// <summary>Makes sure, without writing, that the file has the current schema, for those who must not touch it.</summary>
    /// <exception cref="DatabaseUnusableException">There is no such file, or it is no registry's, or of another version.</exception>
    public async Task CheckAsync()
    {
        if (!File.Exists(database.Path))
            throw new DatabaseUnusableException($"There is no database {database.Path}.");
        try
        {
            await using var connection = await database.OpenAsync();
            var version = await connection.ExecuteScalarAsync<int>("PRAGMA user_version");
            if (version == 0)
                throw new DatabaseUnusableException($"The database {database.Path} is not one of the registry.");
            RefuseNewer(version);
            if (version < CurrentVersion)
            {
                throw new DatabaseUnusableException(
                    $"The database {database.Path} has schema version {version}, this program {CurrentVersion}: bring it there with create-db.");
            }
        }
        catch (DbException e)
        {
            throw new DatabaseUnusableException($"The database {database.Path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Takes the next step towards the current version; false where none is left.</summary>
    private async Task<bool> TakeStepAsync(WriteTransaction write)
    {
        var version = await write.ScalarAsync<int>("PRAGMA user_version");
        if (version == CurrentVersion)
            return false;
        RefuseNewer(version);
        var reached = version == 0 ? await CreateAsync(write) : await UpgradeAsync(write, version);
        await write.ExecuteAsync($"PRAGMA user_version = {reached}");
        logger.LogInformation("The database {Path} has schema version {Version} now", database.Path, reached);
        return true;
    }

    private void RefuseNewer(int version)
    {
        if (version > CurrentVersion)
        {
            throw new DatabaseUnusableException(
                $"The database {database.Path} has schema version {version}, this program knows {CurrentVersion}: use a newer program.");
        }
    }

    private async Task<int> CreateAsync(WriteTransaction write)
    {
        if (await write.ScalarAsync<long>("SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'") > 0)
            throw new DatabaseUnusableException($"The database {database.Path} holds tables of another program.");
        await write.ExecuteAsync(Resource("schema.sql"));
        return CurrentVersion;
    }

    private static async Task<int> UpgradeAsync(WriteTransaction write, int version)
    {
        var (next, name) = Migrations().First(m => m.Version > version);
        await write.ExecuteAsync(Resource(name));
        return next;
    }

    private static IEnumerable<(int Version, string Name)> Migrations() =>
        from name in Assembly.GetExecutingAssembly().GetManifestResourceNames()
        where name.StartsWith("Migrations/", StringComparison.Ordinal)
        let number = int.Parse(name["Migrations/".Length..].Split('_')[0], CultureInfo.InvariantCulture)
        orderby number
        select (number, name);

    private static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
