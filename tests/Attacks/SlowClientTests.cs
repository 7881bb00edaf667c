using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Attacks;

/// <summary>Clients that take all the time in the world keep nobody else waiting, and no registry from stopping.</summary>
public sealed class SlowClientTests : IDisposable
{
    private const int Each = 100;
    private const int Normal = 200;
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(10);

    private static readonly byte[] Head = Encoding.ASCII.GetBytes("GET /api/plugins/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + new string('x', 8000));

    private static readonly byte[] TornBody =
        "POST /api/services/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"serviceId\": \"torn\""u8.ToArray();

    private readonly TestFolder _folder = new();
    private readonly List<Socket> _sockets = [];
    private readonly CancellationTokenSource _end = new();
    private int _written;

    [Fact]
    public async Task Hundreds_Of_Slow_Clients_Keep_Neither_Others_Waiting_Nor_The_Registry_From_Stopping()
    {
        using var registry = RegistryProcess.Start(_folder.Path);
        var origin = await registry.OriginAsync();
        using var client = new HttpClient { BaseAddress = new Uri(origin) };
        await FillAsync(client);

        for (var i = 0; i < Each; i++)
        {
            // The whole request but its end, in the middle of the head, and in the middle of the body.
            await SendAsync(origin, TornBody);
            await SendAsync(origin, Head.AsMemory(0, 40));
            // A large page, many times, of which nobody reads a byte.
            await SendAsync(origin, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(
                "GET /api/services/?item-count=100 HTTP/1.1\r\nHost: localhost\r\n\r\n", 50))), receiveBuffer: 4096);
        }

        var drip = DripAsync(origin);
        await Eventually.IsAsync(() => Task.FromResult(Volatile.Read(ref _written)), written => written > Each * 10);
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < Normal; i++)
        {
            var clock = Stopwatch.StartNew();
            using var read = await client.GetAsync($"/api/services/?item-count={1 + (i % 100)}", TestContext.Current.CancellationToken);
            using var write = await client.PostAsJsonAsync("/api/env/", new { name = "A", value = $"{i}" }, TestContext.Current.CancellationToken);
            Assert.Equal((200, 200), ((int)read.StatusCode, (int)write.StatusCode));
            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
        }

        Assert.InRange(slowest, TimeSpan.Zero, Promptly);
        // They are still at it.
        Assert.InRange(_sockets.Count(IsOpen), Each * 2, int.MaxValue);

        var (exit, duration) = await registry.TerminateAsync();

        Assert.True(exit.Code == 0, $"Exit code {exit.Code}: {string.Join('\n', [.. exit.Output, .. exit.Errors])}");
        Assert.InRange(duration, TimeSpan.Zero, InTime);
        await _end.CancelAsync();
        await drip;
    }

    public void Dispose()
    {
        _end.Dispose();
        foreach (var socket in _sockets)
            socket.Dispose();
        _folder.Dispose();
    }

    /// <summary>A hundred services, so that a page of them is more than the sockets of both sides keep.</summary>
    private static async Task FillAsync(HttpClient client)
    {
        for (var i = 0; i < 100; i++)
        {
            using var added = await client.PostAsJsonAsync(
                "/api/services/", new { serviceId = $"{i}", name = $"{i}", description = new string('x', 2000), url = "" }, TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)added.StatusCode);
        }
    }

    private async Task SendAsync(string origin, ReadOnlyMemory<byte> bytes, int? receiveBuffer = null)
    {
        var socket = await RawSocket.ConnectAsync(origin, receiveBuffer);
        _sockets.Add(socket);
        await socket.SendAsync(bytes, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends requests byte by byte, on all of their connections in turn, until the end.</summary>
    private async Task DripAsync(string origin)
    {
        var sockets = new List<Socket>();
        for (var i = 0; i < Each; i++)
            sockets.Add(await RawSocket.ConnectAsync(origin));
        lock (_sockets)
            _sockets.AddRange(sockets);
        for (var at = 0; at < Head.Length && !_end.IsCancellationRequested; at++)
        {
            foreach (var socket in sockets.Where(s => s.Connected).ToList())
            {
                try
                {
                    await socket.SendAsync(Head.AsMemory(at, 1), _end.Token);
                    Interlocked.Increment(ref _written);
                }
                catch (Exception e) when (e is SocketException or OperationCanceledException)
                {
                    // Cut off, or told to end.
                }
            }

            await Task.Delay(10, CancellationToken.None);
        }
    }

    private static bool IsOpen(Socket socket)
    {
        try
        {
            return !(socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
