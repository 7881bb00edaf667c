using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qhana.Registry.Benchmarks.Load;

/// <summary>
/// A connection that asks and reads, as cheaply as can be: of an answer it looks at the status, which must be 200, and at
/// the Content-Length, which must be there; the body is skipped. Anything else is an exception.
/// </summary>
public sealed class LoadConnection : IDisposable
{
    private const int TimeoutMs = 30_000;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _buffer = new byte[256 << 10];
    private ReadOnlyMemory<byte> _request;

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody is there.</exception>
    public LoadConnection(IPEndPoint address)
    {
        try
        {
            _socket.NoDelay = true;
            _socket.SendTimeout = TimeoutMs;
            _socket.ReceiveTimeout = TimeoutMs;
            _socket.Connect(address);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request.</summary>
    public void Send(ReadOnlyMemory<byte> request)
    {
        _request = request;
        _socket.Send(request.Span);
    }

    /// <summary>Waits for the answer to the request that was sent, and reads it to its end.</summary>
    public void Receive()
    {
        var filled = 0;
        int headEnd;
        do
        {
            filled += ReceiveSome(filled);
            headEnd = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }
        while (headEnd < 0);

        var left = headEnd + 4 + LengthOfBody(_buffer.AsSpan(0, headEnd)) - filled;
        if (left < 0)
            throw Unexpected(filled);
        while (left > 0)
            left -= ReceiveSome(0, left);
    }

    /// <inheritdoc />
    public void Dispose() => _socket.Dispose();

    private int ReceiveSome(int offset, int atMost = int.MaxValue)
    {
        var room = _buffer.AsSpan(offset);
        var received = room.IsEmpty ? 0 : _socket.Receive(room[..Math.Min(room.Length, atMost)]);
        return received > 0 ? received : throw Unexpected(offset);
    }

    private int LengthOfBody(ReadOnlySpan<byte> head)
    {
        const int notThere = -1;
        var name = "\r\nContent-Length: "u8;
        var at = head.StartsWith("HTTP/1.1 200 "u8) ? head.IndexOf(name) : notThere;
        return at != notThere && Utf8Parser.TryParse(head[(at + name.Length)..], out int length, out _)
            ? length
            : throw Unexpected(head.Length);
    }

    private InvalidDataException Unexpected(int received)
    {
        var target = Encoding.UTF8.GetString(_request.Span).Split("\r\n")[0];
        var answer = Encoding.UTF8.GetString(_buffer.AsSpan(0, Math.Min(received, 2000)));
        return new InvalidDataException($"{target} was answered with: {(answer.Length > 0 ? answer : "(the end of the connection)")}");
    }
}
