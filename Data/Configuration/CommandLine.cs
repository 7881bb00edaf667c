using System.CommandLine;
using System.Text.RegularExpressions;
using Qhana.Registry.Discovery;
using Qhana.Registry.Endpoints;

namespace Qhana.Registry.Data.Configuration;

/// <summary>Builds the program; false where its configuration has mistakes, which are told already.</summary>
public delegate bool RegistryBuilder(string[] args, out WebApplication app, out RegistrySettings settings);

/// <summary>
/// The commands beside the server. Variables of the configuration may stand among the words of a command, as in
/// <c>discover --PLUGIN_BATCH_SIZE=10</c>.
/// </summary>
public static partial class CommandLine
{
    private static readonly string[] Help = ["-h", "-?", "/?", "/h", "--help", "--version"];

    /// <summary>True for words that ask for a command or for help; false where the server shall start.</summary>
    public static bool IsCommand(string[] args) =>
        args.FirstOrDefault(a => !Variable().IsMatch(a)) is { } first
        && (Help.Contains(first) || !(first.StartsWith('-') || first.StartsWith('/')) || IsAlone(args, first));

    /// <summary>True for an option of the server without a value, which would mean nothing; its command line refuses it.</summary>
    private static bool IsAlone(string[] args, string option) =>
        !option.Contains('=', StringComparison.Ordinal) && Array.IndexOf(args, option) == args.Length - 1;

    /// <summary>Carries out a command and returns its exit code: 0 where it did what it was asked.</summary>
    public static Task<int> RunAsync(string[] args, RegistryBuilder build)
    {
        var variables = args.Where(a => Variable().IsMatch(a)).ToArray();
        var host = new CommandHost(build, variables);
        var root = new RootCommand("""
            The QHAna plugin registry. Without a command the server starts; it creates and fills its database by itself.
            Variables of the configuration can be given as --NAME=value.
            """)
        {
            DatabaseCommands.CreateDb(host),
            DatabaseCommands.DropDb(host),
            DatabaseCommands.PreloadDb(host),
            DiscoveryCommands.Discover(host),
            DiscoveryCommands.Purge(host),
            DocumentationCommands.ExportOpenApi(host),
            HealthCommand.Health(host),
        };
        return root.Parse([.. args.Where(a => !Variable().IsMatch(a))]).InvokeAsync();
    }

    [GeneratedRegex("^(--|/)?[A-Z][A-Za-z0-9_:]*=", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
