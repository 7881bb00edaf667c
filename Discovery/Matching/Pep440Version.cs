using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// A version as PEP 440 defines it, <c>[N!]N(.N)*[{a|b|rc}N][.postN][.devN][+local]</c>, in any spelling that the PEP
/// normalizes (<c>v1.0-Alpha.1</c> is <c>1.0a1</c>). It reads what Python's <c>packaging</c> 25 reads.
/// </summary>
/// <remarks>
/// The order of versions is defined once, by the text that <see cref="SortKey"/> makes: comparing versions is comparing
/// their keys, so a list sorted by the database and a specifier evaluated here can never disagree.
/// </remarks>
public sealed class Pep440Version : IComparable<Pep440Version>, IEquatable<Pep440Version>
{
    /// <summary>
    /// Longer texts (without the blanks around them) are not versions. No real version comes near it; it bounds the work
    /// that a hostile plugin can cause, and lets the sort key give the length of any number in two hexadecimal digits.
    /// </summary>
    public const int MaxLength = 255;

    // Every key of a version begins with the one, every key of any other text with the other, which sorts before it.
    private const char VersionMark = 'v';
    private const char OtherTextMark = '!';

    private readonly string _epoch;
    private readonly string[] _release;
    private readonly string _normalized;
    private readonly string _baseKey;
    private readonly string _publicKey;
    private readonly string _key;

    private Pep440Version(Pep440Parts parts)
    {
        _epoch = parts.Epoch;
        _release = parts.Release;
        _normalized = Normalize(parts);
        _baseKey = VersionMark + BaseKey(parts);
        _publicKey = _baseKey + PreReleaseKey(parts) + PostReleaseKey(parts) + DevReleaseKey(parts);
        _key = _publicKey + LocalKey(parts);
        IsPreRelease = parts.Pre is not null || parts.Dev is not null;
        IsPostRelease = parts.Post is not null;
        IsLocal = parts.Local.Length > 0;
        IsFinal = !IsPreRelease && !IsPostRelease && !IsLocal;
    }

    /// <summary>
    /// Whether this is an alpha, beta, release candidate or development release. That includes the development release
    /// of a post-release (<c>1.0.post1.dev2</c>), but no post-release itself.
    /// </summary>
    public bool IsPreRelease { get; }

    /// <summary>Whether there is a post-release part, <c>1.0.post1.dev2</c> and <c>1.0a1.post1</c> included.</summary>
    internal bool IsPostRelease { get; }

    /// <summary>Whether there is a local version label, the part after <c>+</c>.</summary>
    internal bool IsLocal { get; }

    /// <summary>Whether there is nothing but an epoch and a release, as a prefix (<c>==1.4.*</c>) must be.</summary>
    internal bool IsFinal { get; }

    /// <summary>How many numbers the release was written with; <c>1.0</c> and <c>1.0.0</c> differ here.</summary>
    internal int ReleaseLength => _release.Length;

    /// <summary>
    /// Reads a version in any letter case, with blanks around it or a <c>v</c> before it. False, and null, when the text
    /// is not a version by PEP 440 or is longer than <see cref="MaxLength"/>. Numbers may have any size within that;
    /// digits and letters are those of ASCII only.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Pep440Version? version) =>
        TryParseTrimmed(TrimBlanks(text), out version);

    /// <summary>
    /// A text whose ordinal (bytewise) order is the order of versions, for SQLite's BINARY and PostgreSQL's "C" collation.
    /// Equal versions have equal keys, whatever their spelling. The key of a version is printable ASCII. A text that is no
    /// version has a key too: it sorts before all versions, and bytewise among its like.
    /// </summary>
    public static string SortKey(string versionText) =>
        TryParse(versionText, out var version) ? version._key : OtherTextMark + versionText;

    /// <summary>
    /// The order of PEP 440: epoch, release (zeros at its end do not count), then <c>.dev</c>, <c>a</c>, <c>b</c>,
    /// <c>rc</c>, final, <c>.post</c>, then the local label. Null comes first.
    /// </summary>
    public int CompareTo(Pep440Version? other) => other is null ? 1 : string.CompareOrdinal(_key, other._key);

    /// <summary>Whether both are the same version, however they are spelled: <c>v1.0</c> equals <c>1.0.0</c>.</summary>
    public bool Equals(Pep440Version? other) => other is not null && _key == other._key;

    /// <summary>Whether both are the same version, or both null.</summary>
    public static bool operator ==(Pep440Version? left, Pep440Version? right) => Compare(left, right) == 0;

    /// <summary>Whether they are different versions, or just one is null.</summary>
    public static bool operator !=(Pep440Version? left, Pep440Version? right) => Compare(left, right) != 0;

    /// <summary>Whether the left version comes before the right one, in the order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(Pep440Version? left, Pep440Version? right) => Compare(left, right) < 0;

    /// <summary>Whether the left version comes before the right one or is the same.</summary>
    public static bool operator <=(Pep440Version? left, Pep440Version? right) => Compare(left, right) <= 0;

    /// <summary>Whether the left version comes after the right one, in the order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(Pep440Version? left, Pep440Version? right) => Compare(left, right) > 0;

    /// <summary>Whether the left version comes after the right one or is the same.</summary>
    public static bool operator >=(Pep440Version? left, Pep440Version? right) => Compare(left, right) >= 0;

    /// <inheritdoc cref="Equals(Pep440Version?)"/>
    public override bool Equals(object? obj) => Equals(obj as Pep440Version);

    /// <summary>Equal versions have equal hash codes.</summary>
    public override int GetHashCode() => _key.GetHashCode(StringComparison.Ordinal);

    /// <summary>
    /// The normalized spelling (PEP 440, "Normalization"). The release keeps the zeros at its end, so equal versions may
    /// differ here.
    /// </summary>
    public override string ToString() => _normalized;

    /// <summary>Like <see cref="CompareTo"/>, leaving out the local labels of both.</summary>
    internal int ComparePublicTo(Pep440Version other) => string.CompareOrdinal(_publicKey, other._publicKey);

    /// <summary>Whether epoch and release are the same, whatever follows them.</summary>
    internal bool HasBaseOf(Pep440Version other) => _baseKey == other._baseKey;

    /// <summary>
    /// Whether the epoch is that of <paramref name="other"/> and the release begins with the first <paramref name="count"/>
    /// numbers of its release. A shorter release is filled up with zeros.
    /// </summary>
    internal bool BeginsLike(Pep440Version other, int count)
    {
        if (_epoch != other._epoch)
            return false;
        for (var i = 0; i < count; i++)
            if (ReleaseNumber(i) != other.ReleaseNumber(i))
                return false;
        return true;
    }

    /// <summary>Like <see cref="TryParse"/>, for a text that must not have blanks around it.</summary>
    internal static bool TryParseTrimmed(ReadOnlySpan<char> text, [NotNullWhen(true)] out Pep440Version? version)
    {
        // Only ASCII reaches the change of case, so neither İ nor the Kelvin sign can turn into one of our letters.
        var parts = text.Length <= MaxLength && Ascii.IsValid(text)
            ? new Pep440Reader(text.ToString().ToLowerInvariant()).ReadVersion()
            : null;
        version = parts is null ? null : new Pep440Version(parts);
        return version is not null;
    }

    /// <summary>The text without the blanks at its ends, those being what Python's <c>\s</c> matches.</summary>
    internal static ReadOnlySpan<char> TrimBlanks(ReadOnlySpan<char> text)
    {
        while (text.Length > 0 && IsBlank(text[0]))
            text = text[1..];
        while (text.Length > 0 && IsBlank(text[^1]))
            text = text[..^1];
        return text;
    }

    /// <summary>White space as in Python, which counts the four information separators that .NET does not.</summary>
    internal static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is >= '\u001c' and <= '\u001f';

    private static int Compare(Pep440Version? left, Pep440Version? right) =>
        left is not null ? left.CompareTo(right) : right is null ? 0 : -1;

    private string ReleaseNumber(int index) => index < _release.Length ? _release[index] : "0";

    private static string Normalize(Pep440Parts parts)
    {
        var text = new StringBuilder();
        if (parts.Epoch != "0")
            text.Append(parts.Epoch).Append('!');
        text.AppendJoin('.', parts.Release);
        if (parts.Pre is { } pre)
            text.Append(pre.Letter).Append(pre.Number);
        if (parts.Post is { } post)
            text.Append(".post").Append(post);
        if (parts.Dev is { } dev)
            text.Append(".dev").Append(dev);
        if (parts.Local.Length > 0)
            text.Append('+').AppendJoin('.', parts.Local);
        return text.ToString();
    }

    // The key of a number begins with a digit or a letter, so the full stop that ends the release sorts 1.2 before 1.2.1.
    private static string BaseKey(Pep440Parts parts)
    {
        var significant = parts.Release.AsSpan().TrimEnd("0");
        var key = new StringBuilder(NumberKey(parts.Epoch));
        foreach (var number in significant)
            key.Append(NumberKey(number));
        return key.Append('.').ToString();
    }

    // 1.0.dev1 is the development of the first pre-release to come, so it sorts before 1.0a1; but 1.0.post1.dev1 belongs
    // to the post-release, and 1.0a2.dev1 to the alpha.
    private static string PreReleaseKey(Pep440Parts parts) => parts switch
    {
        { Pre: { } pre } => pre.Letter + NumberKey(pre.Number),
        { Post: null, Dev: not null } => "0",
        _ => "z",
    };

    private static string PostReleaseKey(Pep440Parts parts) => parts.Post is { } post ? "p" + NumberKey(post) : "0";

    private static string DevReleaseKey(Pep440Parts parts) => parts.Dev is { } dev ? "d" + NumberKey(dev) : "z";

    // No label is no text, which sorts before any; and so do fewer segments before more.
    private static string LocalKey(Pep440Parts parts) => string.Concat(parts.Local.Select(LocalSegmentKey));

    // Letters sort before numbers; a full stop ends the letters, so that "ab" sorts before "abc" and "ab1".
    private static string LocalSegmentKey(string segment) =>
        segment.All(char.IsAsciiDigit) ? "n" + NumberKey(segment) : $"a{segment}.";

    // More digits make a greater number, the zeros at its beginning being gone.
    private static string NumberKey(string digits) =>
        digits.Length.ToString("x2", CultureInfo.InvariantCulture) + digits;
}
