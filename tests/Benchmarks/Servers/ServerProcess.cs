using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Qhana.Registry.Benchmarks.Load;

namespace Qhana.Registry.Benchmarks.Servers;

/// <summary>A server as a process of its own on a free loopback port. Disposing it ends it.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private const int LinesKept = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // What a process needs to run at all. Whatever else is set here must not reach what is measured.
    private static readonly HashSet<string> Inherited =
        new(["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot", "USERPROFILE"], StringComparer.OrdinalIgnoreCase);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];

    private ServerProcess(Process process, IPEndPoint address)
    {
        _process = process;
        Address = address;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address { get; }

    /// <summary>The same as a Host header.</summary>
    public string Host => Address.ToString();

    /// <summary>The same as the beginning of a URL.</summary>
    public Uri Origin => new($"http://{Host}");

    /// <summary>The time from its start to its first answer.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan ProcessorTime => _process.TotalProcessorTime;

    /// <summary>What it uses.</summary>
    public ProcessMemory? Memory => ProcessMemory.Of(_process.Id);

    /// <summary>Starts a server and returns when it answers <c>/api/</c>.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">What dotnet runs.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="stop">Ends the wait, and the process with it.</param>
    public static async Task<ServerProcess> StartAsync(
        string folder, IReadOnlyList<string> arguments, IReadOnlyList<(string Variable, string Value)> settings, CancellationToken stop)
    {
        var address = new IPEndPoint(IPAddress.Loopback, FreePort());
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => !IsInherited(name)).ToList())
            start.Environment.Remove(name);
        start.Environment["ASPNETCORE_URLS"] = $"http://{address}";
        foreach (var (variable, value) in settings)
            start.Environment[variable] = value;

        var server = new ServerProcess(new Process { StartInfo = start }, address);
        try
        {
            var started = Stopwatch.GetTimestamp();
            server._process.Start();
            server._process.BeginOutputReadLine();
            server._process.BeginErrorReadLine();
            await server.AnswersAsync(stop);
            server.StartTime = Stopwatch.GetElapsedTime(started);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It never started.
        }

        _process.Dispose();
    }

    private async Task AnswersAsync(CancellationToken stop)
    {
        var request = RequestPlan.ToBytes(Host, "/api/", Subject.PlainHeaders);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var connection = new LoadConnection(Address);
                connection.Send(request);
                connection.Receive();
                return;
            }
            catch (SocketException) when (!_process.HasExited && clock.Elapsed < Patience)
            {
                await Task.Delay(1, stop);
            }
            catch (SocketException)
            {
                throw new InvalidOperationException(
                    $"{string.Join(' ', _process.StartInfo.ArgumentList)} does not answer: {string.Join('\n', _output)}");
            }
        }
    }

    private void Note(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (_output.Count > LinesKept)
            _output.TryDequeue(out _);
    }

    private static bool IsInherited(string name) =>
        Inherited.Contains(name) || name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
