using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qhana.Registry.Tests.Support;

/// <summary>What a program said, to the byte, and how it ended.</summary>
public sealed record ProgramEnd(int Code, string Output, string Errors, TimeSpan Duration)
{
    /// <summary>The lines of the standard output that are not empty.</summary>
    public IReadOnlyList<string> OutputLines => Lines(Output);

    /// <summary>The lines of the standard error output that are not empty.</summary>
    public IReadOnlyList<string> ErrorLines => Lines(Errors);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>
/// The program as people start it on the command line, with words, variables and what they type. Nothing of it is set that
/// a test does not set. Disposing it kills it where it still runs.
/// </summary>
public sealed class RegistryProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ProcessStartInfo _start;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private string _input = "";
    private Process? _process;
    private Task _readers = Task.CompletedTask;

    /// <summary>Does not start it yet.</summary>
    public RegistryProgram(TestFolder folder, params ReadOnlySpan<string> words)
    {
        _start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { typeof(Program).Assembly.Location },
            WorkingDirectory = folder.Path,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var word in words)
            _start.ArgumentList.Add(word);
        // Images of .NET set some of these.
        foreach (var variable in _start.Environment.Keys.Where(IsOfAspNet).ToList())
            _start.Environment.Remove(variable);
    }

    /// <summary>All of the standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>All of the standard error output so far.</summary>
    public string Errors => Read(_errors);

    /// <summary>The addresses that it says it listens on.</summary>
    public IReadOnlyList<string> Addresses =>
        [.. Output.Split('\n').Select(l => l.Split("Now listening on: ")).Where(p => p.Length == 2).Select(p => p[1].Trim())];

    /// <summary>Sets an environment variable.</summary>
    public RegistryProgram With(string variable, string value)
    {
        _start.Environment[variable] = value;
        return this;
    }

    /// <summary>Types this, and then ends the input.</summary>
    public RegistryProgram Typing(string input)
    {
        _input = input;
        return this;
    }

    /// <summary>Runs it to its end.</summary>
    public async Task<ProgramEnd> RunAsync()
    {
        var clock = Stopwatch.StartNew();
        Start();
        try
        {
            await _process!.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It does not end: {Output}{Errors}");
        }

        var duration = clock.Elapsed;
        await _readers;
        return new ProgramEnd(_process.ExitCode, Output, Errors, duration);
    }

    /// <summary>Starts it as a server and returns as soon as it listens.</summary>
    public async Task<RegistryProgram> ServeAsync()
    {
        Start();
        await Eventually.IsAsync(
            () => Task.FromResult(Output + Errors),
            said => said.Contains("Application started", StringComparison.Ordinal) || _process!.HasExited);
        if (_process!.HasExited)
            Assert.Fail($"It does not serve: {Output}{Errors}");
        return this;
    }

    /// <summary>A loopback port that nobody uses at the moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static bool IsOfAspNet(string variable) =>
        variable.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase) || variable is "DOTNET_ENVIRONMENT" or "DOTNET_URLS";

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }

    private void Start()
    {
        _process = Process.Start(_start)!;
        _process.StandardInput.Write(_input);
        _process.StandardInput.Close();
        _readers = Task.WhenAll(CopyAsync(_process.StandardOutput, _output), CopyAsync(_process.StandardError, _errors));
    }

    private static async Task CopyAsync(StreamReader from, StringBuilder to)
    {
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            lock (to)
                to.Append(buffer, 0, count);
        }
    }
}
