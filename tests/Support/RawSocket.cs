using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qhana.Registry.Tests.Support;

/// <summary>Requests byte by byte, for those that no HTTP client would send. Each has a connection of its own.</summary>
public static class RawSocket
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>A connection to a registry.</summary>
    public static async Task<Socket> ConnectAsync(string origin, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } bytes)
            socket.ReceiveBufferSize = bytes;
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, new Uri(origin).Port), TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>
    /// Sends a request and reads until the other side closes; null where it closed without an answer. The request has to
    /// say <c>Connection: close</c>, or be so broken that the connection ends with the answer.
    /// </summary>
    /// <param name="origin">Where the registry listens.</param>
    /// <param name="request">The whole request.</param>
    /// <param name="isAll">
    /// Whether to say that nothing more will come, without which a registry waits for more of a torn request. It need not
    /// answer then.
    /// </param>
    public static async Task<RawAnswer?> ExchangeAsync(string origin, byte[] request, bool isAll = false)
    {
        using var socket = await ConnectAsync(origin);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        using var received = new MemoryStream();
        var sending = SendAsync(socket, request, isAll, patience.Token);
        var buffer = new byte[64 << 10];
        try
        {
            while (await socket.ReceiveAsync(buffer, patience.Token) is > 0 and var count)
                received.Write(buffer, 0, count);
        }
        catch (SocketException)
        {
            // Reset, because the rest of the request was not wanted any more; what was received counts.
        }

        await sending;
        return Parse(received.ToArray());
    }

    private static async Task SendAsync(Socket socket, byte[] request, bool isAll, CancellationToken cancellationToken)
    {
        try
        {
            for (var sent = 0; sent < request.Length;)
                sent += await socket.SendAsync(request.AsMemory(sent), cancellationToken);
            if (isAll)
                socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The answer came before the end of the request.
        }
    }

    private static RawAnswer? Parse(byte[] bytes)
    {
        // 100 (Continue) and its like come before the answer.
        while (true)
        {
            var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
            if (end < 0)
                return null;
            var lines = Encoding.Latin1.GetString(bytes, 0, end).Split("\r\n");
            var code = int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture);
            bytes = bytes[(end + 4)..];
            if (code < 200)
                continue;
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var line in lines[1..])
                headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            return new RawAnswer(code, headers.GetValueOrDefault("Transfer-Encoding") == "chunked" ? Unchunk(bytes) : bytes, headers);
        }
    }

    /// <summary>The body out of its chunks (RFC 9112 section 7.1).</summary>
    private static byte[] Unchunk(byte[] chunked)
    {
        using var body = new MemoryStream();
        for (var at = 0; at < chunked.Length;)
        {
            var end = at + chunked.AsSpan(at).IndexOf("\r\n"u8);
            var size = int.Parse(Encoding.Latin1.GetString(chunked, at, end - at), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0)
                break;
            body.Write(chunked, end + 2, size);
            at = end + 2 + size + 2;
        }

        return body.ToArray();
    }
}
