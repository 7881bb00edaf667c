using System.Diagnostics.CodeAnalysis;

namespace Qhana.Registry.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Effort">How thoroughly to measure.</param>
/// <param name="RegistryPath">The Registry.dll that is measured.</param>
/// <param name="Names">The measures to run; empty for all.</param>
public sealed record BenchmarkOptions(Effort Effort, string RegistryPath, IReadOnlyList<string> Names)
{
    /// <summary>Understands the command line.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="known">The names of all measures.</param>
    /// <param name="options">What it asks for.</param>
    /// <param name="message">What to tell instead where it cannot be understood or asks for help.</param>
    public static bool TryParse(
        IReadOnlyList<string> args, IReadOnlyList<string> known, [NotNullWhen(true)] out BenchmarkOptions? options,
        [NotNullWhen(false)] out string? message)
    {
        options = null;
        message = null;
        var effort = Effort.Full;
        var registry = Path.Combine(AppContext.BaseDirectory, "registry", "Registry.dll");
        var names = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            switch (args[i])
            {
                case "--quick":
                    effort = Effort.Quick;
                    break;
                case "--registry" when i + 1 < args.Count && File.Exists(args[i + 1]):
                    registry = Path.GetFullPath(args[++i]);
                    break;
                case var name when known.Contains(name):
                    names.Add(name);
                    break;
                default:
                    message = Help(known);
                    return false;
            }
        }

        options = new BenchmarkOptions(effort, registry, names);
        return true;
    }

    private static string Help(IReadOnlyList<string> known) => $"""
        Measures the registry in ratios and prints them as a Markdown table.

          dotnet run -c Release --project tests/Benchmarks -- [options] [measures]

          --quick            tiny durations and databases: shows that everything works, measures nothing
          --registry PATH    another Registry.dll, for instance a published one
          measures           all where none is named: {string.Join(", ", known)}
        """;
}
