using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Qhana.Registry.Tests.Support;

/// <summary>What only the operating system can do to a registry: full disks and files that nobody may write.</summary>
public static class Unix
{
    private const int FileSize = 1;
    private const string WithoutRights = "--bounding-set=-dac_override,-dac_read_search";

    /// <summary>Starts a program that gets an error, and not the signal that kills, where a file grows beyond its limit.</summary>
    public static IReadOnlyList<string> SurvivingFileLimits { get; } = ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"];

    /// <summary>
    /// Starts a program to which the rights of files mean something: for root they do not, unless it lays down these
    /// capabilities. For all others they do anyway. Null where root cannot lay anything down.
    /// </summary>
    public static IReadOnlyList<string>? BoundByRights { get; } =
        !Environment.IsPrivilegedProcess ? ["env"]
        : Run("setpriv", WithoutRights, "true") ? ["setpriv", WithoutRights]
        : null;

    /// <summary>Lets no file grow beyond so many bytes through a process that runs; null takes the limit back.</summary>
    public static void LimitFiles(int process, ulong? bytes)
    {
        // The hard limit stays, or nobody could take the other back.
        if (SetLimit(process, FileSize, new Limit(bytes ?? ulong.MaxValue, ulong.MaxValue), IntPtr.Zero) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    /// <summary>Runs a program to its end, and returns whether it did what it was asked.</summary>
    public static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int process, int resource, in Limit limit, IntPtr old);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);
}
