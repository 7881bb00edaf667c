using System.Globalization;

namespace Qhana.Registry.Benchmarks.Servers;

/// <summary>The resident memory of a process.</summary>
/// <param name="Now">At this moment, in MiB.</param>
/// <param name="Peak">The most there ever was, in MiB.</param>
public sealed record ProcessMemory(double Now, double Peak)
{
    /// <summary>Reads it; null on systems other than Linux.</summary>
    public static ProcessMemory? Of(int processId)
    {
        var file = $"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/status";
        if (!OperatingSystem.IsLinux() || !File.Exists(file))
            return null;
        var lines = File.ReadAllLines(file);
        return new ProcessMemory(Read("VmRSS:"), Read("VmHWM:"));

        // VmRSS:     71234 kB
        double Read(string name) => double.Parse(
            lines.First(l => l.StartsWith(name, StringComparison.Ordinal)).AsSpan()[name.Length..].Trim().TrimEnd(" kB"),
            CultureInfo.InvariantCulture) / 1024;
    }
}
