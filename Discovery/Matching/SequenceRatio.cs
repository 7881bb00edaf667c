using System.Buffers;

namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// How alike two texts are, as Python's <c>difflib.SequenceMatcher(None, a.lower(), b.lower()).ratio()</c> says,
/// its "autojunk" rule for long texts included. An instance holds a name (Python's <c>a</c>), prepared once to be
/// compared with many titles (Python's <c>b</c>). The order matters: exchanging the two can change the ratio.
/// </summary>
/// <remarks>
/// <para>Texts are sequences of code points, lowercased as <see cref="PythonLowercase"/> describes.</para>
/// <para>
/// Time: the ratio is a sum over at most min(|a|, |b|) matching blocks, each found in at most |a| · f steps, where f
/// counts the most frequent character of b: below 200, or |b| / 100 + 1 where the autojunk rule holds.
/// <see cref="IsSimilar"/> stops at the first moment that the answer is certain, which is mostly before the first block.
/// </para>
/// <para>Instances do not change and may be used by several threads at once.</para>
/// </remarks>
public sealed class SequenceRatio
{
    /// <summary>Texts are similar when their ratio is greater than this, as the original registry has it.</summary>
    public const double SimilarityThreshold = 0.8;

    private readonly CharacterSlots _slots = new();
    private readonly int[] _name;
    private readonly int[] _nameCounts;

    /// <summary>Prepares <paramref name="name"/>, Python's <c>a</c>, for comparisons.</summary>
    public SequenceRatio(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var lowered = new int[PythonLowercase.MaxLength(name)];
        _name = lowered[..PythonLowercase.Write(name, lowered)];
        for (var i = 0; i < _name.Length; i++)
            _name[i] = _slots.Add(_name[i]);
        _nameCounts = new int[_slots.Count];
        foreach (var slot in _name)
            _nameCounts[slot]++;
    }

    /// <summary>
    /// The exact double that Python computes for <paramref name="a"/> and <paramref name="b"/>: twice the number of
    /// matching code points, divided by the number of all code points. From 0 to 1; 1 for two empty texts.
    /// </summary>
    public static double Ratio(string a, string b) => new SequenceRatio(a).RatioTo(b);

    /// <summary>The same as <see cref="Ratio"/> of this name and <paramref name="title"/>.</summary>
    public double RatioTo(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        var buffer = ArrayPool<int>.Shared.Rent(BufferLength(title));
        try
        {
            var indexed = Index(title, buffer, out _);
            var blocks = new MatchingBlocks(_name, indexed);
            while (blocks.MoveNext())
            {
            }
            return Quotient(blocks.Matched, indexed.Length);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(buffer);
        }
    }

    /// <summary>Whether <see cref="RatioTo"/> of <paramref name="title"/> is greater than <see cref="SimilarityThreshold"/>.</summary>
    public bool IsSimilar(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        if (IsFarTooLong(title))
            return false;

        var buffer = ArrayPool<int>.Shared.Rent(BufferLength(title));
        try
        {
            var indexed = Index(title, buffer, out var common);
            return Quotient(common, indexed.Length) > SimilarityThreshold && HasSimilarBlocks(indexed);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(buffer);
        }
    }

    private bool HasSimilarBlocks(IndexedTitle title)
    {
        var blocks = new MatchingBlocks(_name, title);
        do
        {
            if (Quotient(blocks.Matched, title.Length) > SimilarityThreshold)
                return true;
            if (Quotient(blocks.Possible, title.Length) <= SimilarityThreshold)
                return false;
        } while (blocks.MoveNext());
        return false;
    }

    // The best that a title can do is to contain all of the name. Two UTF-16 units make at least one code point, so this
    // needs no look at the title.
    private bool IsFarTooLong(string title) => Quotient(_name.Length, (title.Length + 1) / 2) <= SimilarityThreshold;

    private int BufferLength(string title) => IndexedTitle.BufferLength(PythonLowercase.MaxLength(title), _slots.Count);

    // "common" is the number of characters the two have in common wherever they stand: never less than what matches in order.
    private IndexedTitle Index(string title, int[] buffer, out int common)
    {
        var text = buffer.AsSpan(0, PythonLowercase.MaxLength(title));
        text = text[..PythonLowercase.Write(title, text)];
        var counts = buffer.AsSpan(PythonLowercase.MaxLength(title), _slots.Count);
        counts.Clear();
        common = 0;
        foreach (ref var character in text)
        {
            character = _slots.Find(character);
            if (character >= 0 && ++counts[character] <= _nameCounts[character])
                common++;
        }
        return new IndexedTitle(text, counts, buffer.AsSpan(PythonLowercase.MaxLength(title) + _slots.Count));
    }

    // Only an addition, a product and a quotient of exact numbers: equal to Python's double bit by bit, and never smaller for more matches.
    private double Quotient(int matched, int titleLength)
    {
        var length = _name.Length + titleLength;
        return length == 0 ? 1.0 : 2.0 * matched / length;
    }
}
