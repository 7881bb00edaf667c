using System.CommandLine;
using Microsoft.Data.Sqlite;
using Qhana.Registry.Data.Configuration;

namespace Qhana.Registry.Data;

/// <summary>Commands about the database. The server needs none of them: it creates and fills the database at start.</summary>
public static class DatabaseCommands
{
    /// <summary><c>create-db</c>: creates the database, or brings it to the current schema.</summary>
    public static Command CreateDb(CommandHost host)
    {
        var command = new Command("create-db", "Create the database, or bring it to the current schema.");
        command.SetAction(_ => host.RunAsync(async (app, settings) =>
        {
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
            Console.WriteLine($"The database {Path.GetFullPath(settings.Database.Path)} has schema version {DatabaseMigrator.CurrentVersion}.");
            return 0;
        }));
        return command;
    }

    /// <summary><c>drop-db</c>: deletes the database after asking, or at once with <c>--yes</c>.</summary>
    public static Command DropDb(CommandHost host)
    {
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command("drop-db", "Delete the database with everything in it.") { yes };
        command.SetAction(parsed => host.RunAsync((_, settings) =>
            Task.FromResult(Drop(Path.GetFullPath(settings.Database.Path), parsed.GetValue(yes)))));
        return command;
    }

    /// <summary><c>preload-db</c>: loads what the configuration gives into the database.</summary>
    public static Command PreloadDb(CommandHost host)
    {
        var command = new Command(
            "preload-db", "Load environment variables, seeds, services and UI templates of the configuration into the database.");
        command.SetAction(_ => host.RunAsync(async (app, _) =>
        {
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
            var done = await app.Services.GetRequiredService<Preload>().LoadAsync();
            Console.WriteLine(
                $"Set {done.Env} environment variables; added {done.Seeds} seeds, {done.Services} services and {done.Templates} UI templates.");
            return 0;
        }, "--DEFAULT_LOG_LEVEL=WARNING"));
        return command;
    }

    private static int Drop(string path, bool isSure)
    {
        if (!File.Exists(path))
        {
            Console.WriteLine($"There is no database {path}.");
            return 0;
        }

        if (!isSure)
        {
            Console.Write($"Delete the database {path} with everything in it? [y/N] ");
            if (Console.ReadLine()?.Trim().ToUpperInvariant() is not ("Y" or "YES"))
            {
                Console.WriteLine("Nothing was deleted.");
                return 1;
            }
        }

        SqliteConnection.ClearAllPools();
        foreach (var file in (string[])[path, path + "-wal", path + "-shm"])
            File.Delete(file);
        Console.WriteLine($"Deleted the database {path}.");
        return 0;
    }
}
