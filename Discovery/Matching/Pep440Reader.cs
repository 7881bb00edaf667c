namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// Reads the parts of a version from left to right, in one pass. Each method either takes its part off the text or
/// leaves the text alone; what is left in the end makes the text no version.
/// </summary>
internal ref struct Pep440Reader(ReadOnlySpan<char> text)
{
    // A spelling stands before those that it begins with.
    private static readonly (string Spelling, string Letter)[] PreReleases =
    [
        ("alpha", "a"), ("a", "a"), ("beta", "b"), ("b", "b"),
        ("rc", "rc"), ("c", "rc"), ("preview", "rc"), ("pre", "rc"),
    ];
    private static readonly (string Spelling, string Letter)[] PostReleases =
        [("post", "post"), ("rev", "post"), ("r", "post")];
    private static readonly (string Spelling, string Letter)[] DevReleases = [("dev", "dev")];

    private ReadOnlySpan<char> _rest = text;

    /// <summary>The parts of the whole text; null where it is no version.</summary>
    public Pep440Parts? ReadVersion()
    {
        Take("v");
        var epoch = ReadEpoch() ?? "0";
        if (ReadRelease() is not { } release)
            return null;
        var pre = ReadSuffix(PreReleases);
        var post = ReadImplicitPostRelease() ?? ReadSuffix(PostReleases)?.Number;
        var dev = ReadSuffix(DevReleases)?.Number;
        var local = ReadLocal();
        return _rest.IsEmpty ? new Pep440Parts(epoch, release, pre, post, dev, local) : null;
    }

    private string? ReadEpoch()
    {
        var start = _rest;
        if (ReadNumber() is { } epoch && Take("!"))
            return epoch;
        _rest = start;
        return null;
    }

    private string[]? ReadRelease()
    {
        if (ReadNumber() is not { } first)
            return null;
        var release = new List<string> { first };
        while (ReadNumberAfter('.') is { } next)
            release.Add(next);
        return [.. release];
    }

    // 1.0-1 is 1.0.post1; only this separator makes a number a post-release.
    private string? ReadImplicitPostRelease() => ReadNumberAfter('-');

    // Separators are optional on both sides of the letters, and so is the number (0), even after a separator: 1.0a-.
    private (string Letter, string Number)? ReadSuffix((string Spelling, string Letter)[] spellings)
    {
        var start = _rest;
        TakeSeparator();
        foreach (var (spelling, letter) in spellings)
            if (Take(spelling))
            {
                TakeSeparator();
                return (letter, ReadNumber() ?? "0");
            }
        _rest = start;
        return null;
    }

    private string[] ReadLocal()
    {
        var start = _rest;
        var segments = new List<string>();
        if (!Take("+"))
            return [];
        do
        {
            var length = LengthOf(char.IsAsciiLetterOrDigit);
            if (length == 0)
            {
                _rest = start;
                return [];
            }
            segments.Add(LocalSegment(TakeFirst(length)));
        }
        while (TakeSeparator());
        return [.. segments];
    }

    private static string LocalSegment(ReadOnlySpan<char> segment) =>
        segment.ContainsAnyExceptInRange('0', '9') ? segment.ToString() : Number(segment);

    private string? ReadNumberAfter(char separator)
    {
        if (_rest.Length < 2 || _rest[0] != separator || !char.IsAsciiDigit(_rest[1]))
            return null;
        TakeFirst(1);
        return ReadNumber();
    }

    private string? ReadNumber()
    {
        var length = LengthOf(char.IsAsciiDigit);
        return length == 0 ? null : Number(TakeFirst(length));
    }

    private static string Number(ReadOnlySpan<char> digits)
    {
        var significant = digits.TrimStart('0');
        return significant.IsEmpty ? "0" : significant.ToString();
    }

    private bool TakeSeparator() => Take(".") || Take("-") || Take("_");

    private bool Take(string expected)
    {
        if (!_rest.StartsWith(expected, StringComparison.Ordinal))
            return false;
        TakeFirst(expected.Length);
        return true;
    }

    private ReadOnlySpan<char> TakeFirst(int length)
    {
        var first = _rest[..length];
        _rest = _rest[length..];
        return first;
    }

    private readonly int LengthOf(Func<char, bool> belongs)
    {
        var length = 0;
        while (length < _rest.Length && belongs(_rest[length]))
            length++;
        return length;
    }
}
