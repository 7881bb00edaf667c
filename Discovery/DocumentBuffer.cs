using System.Buffers;

namespace Qhana.Registry.Discovery;

/// <summary>
/// The bytes of one answer, in memory that is used again when they are disposed: a runner with large answers is visited
/// for months. The memory is kept in a pool of its own, because the shared one keeps arrays for each thread.
/// </summary>
public sealed class DocumentBuffer : IDisposable
{
    private const int Initial = 16 * 1024;
    private const int KeptOfEachSize = 4;

    private static readonly ArrayPool<byte> Pool = ArrayPool<byte>.Create(DiscoveryOptions.MaxDocumentBytes, KeptOfEachSize);

    private byte[] _rented = Pool.Rent(Initial);
    private int _length;

    /// <summary>What was read, until this is disposed.</summary>
    public ReadOnlyMemory<byte> Bytes => _rented.AsMemory(0, _length);

    /// <summary>
    /// Reads a stream to its end; false where that is more than <see cref="DiscoveryOptions.MaxDocumentBytes"/>.
    /// </summary>
    public async Task<bool> TryReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        int read;
        while ((read = await stream.ReadAsync(_rented.AsMemory(_length), cancellationToken)) > 0)
        {
            _length += read;
            if (_length == DiscoveryOptions.MaxDocumentBytes)
                return await stream.ReadAsync(new byte[1], cancellationToken) == 0;
            if (_length == _rented.Length)
                Grow();
        }

        return true;
    }

    /// <inheritdoc />
    public void Dispose() => Pool.Return(_rented);

    private void Grow()
    {
        var larger = Pool.Rent(_rented.Length * 2);
        _rented.CopyTo(larger, 0);
        Pool.Return(_rented);
        _rented = larger;
    }
}
