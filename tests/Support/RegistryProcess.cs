using System.Collections.Concurrent;
using System.Diagnostics;

namespace Qhana.Registry.Tests.Support;

/// <summary>What a process left behind.</summary>
public sealed record Exit(int Code, IReadOnlyList<string> Output, IReadOnlyList<string> Errors);

/// <summary>The registry as people start it: a process of its own, on a free loopback port. Disposing it kills it.</summary>
public sealed class RegistryProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly TaskCompletionSource<string> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RegistryProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => _errors.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The folder that it was started in.</summary>
    public string WorkingFolder => _process.StartInfo.WorkingDirectory;

    /// <summary>What it has said so far, both outputs, without empty lines.</summary>
    public IReadOnlyList<string> Said => [.. _output.Concat(_errors).Where(l => l.Length > 0)];

    /// <summary>True as long as it runs.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Starts a registry with settings as environment variables, and without discovery by schedule.</summary>
    public static RegistryProcess Start(string workingFolder, params (string Variable, string Value)[] settings) =>
        StartBy([], workingFolder, settings);

    /// <summary>As <see cref="Start"/>, by a program that is given the command and becomes the registry.</summary>
    public static RegistryProcess StartBy(
        IReadOnlyList<string> starter, string workingFolder, params (string Variable, string Value)[] settings)
    {
        string[] command =
            [.. starter, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", typeof(Program).Assembly.Location];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["PLUGIN_DISCOVERY_INTERVAL"] = "-1",
                ["PLUGIN_PURGE_INTERVAL"] = "-1",
            },
        };
        foreach (var (variable, value) in settings)
            start.Environment[variable] = value;
        return new RegistryProcess(new Process { StartInfo = start });
    }

    /// <summary>The address, as soon as it answers there.</summary>
    public async Task<string> OriginAsync()
    {
        var exited = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var first = await Task.WhenAny(_listening.Task, exited, Task.Delay(Patience, TestContext.Current.CancellationToken));
        if (first != _listening.Task)
            Assert.Fail($"The registry does not listen: {string.Join('\n', [.. _output, .. _errors])}");
        return await _listening.Task;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<Exit> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return new Exit(
            _process.ExitCode, [.. _output.Where(l => l.Length > 0)], [.. _errors.Where(l => l.Length > 0)]);
    }

    /// <summary>Asks it to stop (SIGTERM) and returns how it ended, and how long that took.</summary>
    public async Task<(Exit Exit, TimeSpan Duration)> TerminateAsync()
    {
        var clock = Stopwatch.StartNew();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using (var kill = Process.Start("kill", ["-TERM", $"{Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var exit = await ExitAsync();
        return (exit, clock.Elapsed);
    }

    /// <summary>Ends it without warning (SIGKILL) and returns when it is gone.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private void Note(string? line)
    {
        const string marker = "Now listening on: ";
        _output.Enqueue(line ?? "");
        if (line?.IndexOf(marker, StringComparison.Ordinal) is >= 0 and var index)
            _listening.TrySetResult(line[(index + marker.Length)..].Trim());
    }
}
