using System.CommandLine;
using Qhana.Registry.Data;
using Qhana.Registry.Data.Configuration;

namespace Qhana.Registry.Discovery;

/// <summary>Commands that do once, now, what the server does by its schedules.</summary>
public static class DiscoveryCommands
{
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Tell what would be done, and write nothing." };

    /// <summary><c>discover [URL]</c>: visits all seeds, or one URL.</summary>
    public static Command Discover(CommandHost host)
    {
        var url = new Argument<string?>("URL")
        {
            Description = "A seed, or a URL below one; with --dry-run any URL. All seeds where not given.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("discover", "Discover plugins now.") { url, DryRun };
        command.SetAction((parsed, cancellationToken) => host.RunAsync((app, settings) =>
            DiscoverAsync(app.Services, settings, parsed.GetValue(url), parsed.GetValue(DryRun), cancellationToken)));
        return command;
    }

    /// <summary><c>purge</c>: deletes plugins that are long gone.</summary>
    public static Command Purge(CommandHost host)
    {
        var command = new Command("purge", "Delete the plugins that have not been available for longer than PLUGIN_PURGE_AFTER.") { DryRun };
        command.SetAction(parsed => host.RunAsync((app, settings) =>
            PurgeAsync(app.Services, settings.Discovery, parsed.GetValue(DryRun))));
        return command;
    }

    private static async Task<int> DiscoverAsync(
        IServiceProvider services, RegistrySettings settings, string? url, bool isDryRun, CancellationToken cancellationToken)
    {
        var hasDatabase = File.Exists(settings.Database.Path);
        if (isDryRun && !hasDatabase && url is null)
            return Fail($"There is no database {Path.GetFullPath(settings.Database.Path)}, so there are no seeds; give a URL.");
        if (!isDryRun || hasDatabase)
            await PrepareAsync(services, isDryRun);
        var visits = await VisitsAsync(services, url, isDryRun, isDryRun && !hasDatabase);
        if (visits is null)
            return Fail($"{url} is neither a seed nor below one; with --dry-run any URL can be tried.");

        await using var scope = services.CreateAsyncScope();
        var run = scope.ServiceProvider.GetRequiredService<DiscoveryRun>();
        var summary = await ProgressDisplay.ShowAsync(run.Progress, isDryRun
            ? run.TryAsync(visits, url is null, hasDatabase, cancellationToken)
            : run.RunAsync(visits, url is null, null, null, cancellationToken));
        Console.WriteLine(
            $"{(isDryRun ? "Nothing was written. " : "")}Found {summary.Found} plugins: {summary.Added} new, {summary.Changed} changed. {summary.Failed} URLs failed.");
        foreach (var failure in summary.Failures)
            Console.WriteLine($"  {failure.Url}: {failure.Reason}");
        return summary.Visits > 0 && summary.Found == 0 ? 1 : 0;
    }

    /// <summary>What to visit; null where the URL is none that may be visited.</summary>
    private static async Task<IReadOnlyList<Visit>?> VisitsAsync(IServiceProvider services, string? url, bool isDryRun, bool hasNoDatabase)
    {
        if (hasNoDatabase)
            return [new SeedVisit(0, url!)];
        if (url is null)
            return [.. (await services.GetRequiredService<SeedRepository>().AllAsync()).Select(s => new SeedVisit(s.Id, s.Url))];
        if (await services.GetRequiredService<PluginAnnouncements>().FindSeedAsync(url) is { } seed)
            return [seed.Url == url ? new SeedVisit(seed.Id, url) : new AnnouncedVisit(seed.Id, url)];
        return isDryRun ? [new SeedVisit(0, url)] : null;
    }

    private static async Task<int> PurgeAsync(IServiceProvider services, DiscoveryOptions options, bool isDryRun)
    {
        if (options.PurgeAfter.Effective(options.Discovery, services.GetRequiredService<TimeProvider>().GetUtcNow()) is not { } age)
            return Fail("PLUGIN_PURGE_AFTER says that nothing is ever purged.");
        await PrepareAsync(services, isDryRun);
        var plugins = services.GetRequiredService<PluginRepository>();
        var count = isDryRun ? await plugins.CountStaleAsync(age) : await plugins.PurgeAsync(age);
        Console.WriteLine($"{(isDryRun ? "Would purge" : "Purged")} {count} plugins that were gone for {age}.");
        return 0;
    }

    private static Task PrepareAsync(IServiceProvider services, bool isDryRun)
    {
        var migrator = services.GetRequiredService<DatabaseMigrator>();
        return isDryRun ? migrator.CheckAsync() : migrator.MigrateAsync();
    }

    private static int Fail(string reason)
    {
        Console.Error.WriteLine(reason);
        return 1;
    }
}
