using System.Text;
using System.Text.Json;

namespace Qhana.Registry.Tests.Attacks;

/// <summary>Values that programs stumble over, drawn by a seeded generator: the same seed gives the same values.</summary>
public sealed class OddValues(int seed)
{
    private static readonly string[] Texts =
    [
        "", " ", "a", "ä", "💥", "e\u0301", "\u202e", "\ufeff", "\uffff", "\u0000", "\t", "\r\n", "a\u0000b", "'", "\"", "\\", "'; DROP TABLE plugin; --",
        "%", "%s%n", "..", "../../etc/passwd", "/", "//", ";", "a,b,,!c", "!", ",", "null", "true", "NaN", "-0", "+1", " 1 ", "1.5", "1e3", "1e400", "0x10", "١٢",
        "0", "-1", "1", "2", "100", "101", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "99999999999999999999999999",
        ">=1,<2", "~=1.0", "==1.*", "==", "1.0.post1.dev0+local", "a/b", "*/*", "/b", "a/", "a/b/c", "id", "-id,id", "name,-version", "id;", "(a+)+$", "[", "{}",
        "http://127.0.0.1:9/x", "http://[::1", "http://a b/", "file:///etc/passwd", "//host/", "http://user:pw@127.0.0.1:9/?a=b#c", "workspace", "experiment-navigation",
    ];

    private static readonly string[] Escapes = [@"\ud800", @"\udc00", @"\ud83d\ude00", @"\u0000", @"\u2028", @"\ud800\ud800", @"\/"];

    private static readonly string[] Tokens =
    [
        "null", "true", "false", "0", "-0", "-1", "1.5", "1e400", "-1e400", "1E-400", "9223372036854775807", "9223372036854775808", "99999999999999999999999999",
        "[]", "{}", "[[]]", "[null]", "[1,\"a\"]", "{\"a\":1}", "{\"\":\"\"}", "NaN", "tru", "'a'", "\"", "01", "",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A whole number from 0, below a bound.</summary>
    public int Below(int bound) => _random.Next(bound);

    /// <summary>True so many times out of a hundred.</summary>
    public bool Percent(int chance) => _random.Next(100) < chance;

    /// <summary>One of several.</summary>
    public T Of<T>(params IReadOnlyList<T> several) => several[_random.Next(several.Count)];

    /// <summary>A text; one in forty is long.</summary>
    public string Text() => _random.Next(40) switch
    {
        0 => new string('x', Of(255, 256, 2049, 5000)),
        1 => string.Concat(Enumerable.Repeat("💥", Of(127, 128, 1000))),
        2 => Of(Texts) + Of(Texts) + Of(Texts),
        _ => Of(Texts),
    };

    /// <summary>A piece of JSON, not always well-formed, that is probably not what is expected.</summary>
    public string Token() => _random.Next(12) switch
    {
        < 5 => Of(Tokens),
        < 8 => JsonSerializer.Serialize(Text()),
        < 10 => $"\"{Of(Escapes)}{Of("", "a")}{Of(Escapes)}\"",
        10 => Nested(Of(10, 63, 64, 65, 1000), Of("[", "{\"a\":", "{\"not\":")),
        _ => $"\"{new string('y', Of(1000, 70_000))}\"",
    };

    /// <summary>Does to a document what happens on the way: cut, doubled, prefixed, garbled. Mostly does nothing.</summary>
    public byte[] Garble(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        return _random.Next(30) switch
        {
            0 => bytes[.._random.Next(bytes.Length + 1)],
            1 => [.. bytes, .. bytes],
            2 => [.. Encoding.UTF8.Preamble, .. bytes],
            3 => Encoding.Unicode.GetBytes(json),
            4 => Encoding.UTF8.GetBytes($"[{json}]"),
            5 => Encoding.UTF8.GetBytes(Token()),
            6 => [.. bytes, .. new byte[_random.Next(1000)]],
            7 => Encoding.UTF8.GetBytes(json.Replace("\":", $"\":{Token()},\"{Of(Escapes)}\":", StringComparison.Ordinal)),
            8 => FlipOne(bytes),
            _ => bytes,
        };
    }

    private byte[] FlipOne(byte[] bytes)
    {
        if (bytes.Length > 0)
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(256);
        return bytes;
    }

    private static string Nested(int depth, string open) =>
        string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(open[0] == '[' ? "]" : "}", depth));
}
