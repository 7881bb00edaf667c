using System.Buffers;

namespace Qhana.Registry.Endpoints.Answers;

/// <summary>
/// A buffer to write an answer into, one for each thread: answers are large, and growing a new buffer for each would be
/// most of the memory that they cost.
/// </summary>
public static class AnswerBuffer
{
    private const int Initial = 64 * 1024;
    private const int LargestKept = 1 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>An empty buffer, in use until the thread takes the next one.</summary>
    public static ArrayBufferWriter<byte> Take()
    {
        if (_buffer is null || _buffer.Capacity > LargestKept)
            _buffer = new ArrayBufferWriter<byte>(Initial);
        else
            _buffer.ResetWrittenCount();
        return _buffer;
    }
}
