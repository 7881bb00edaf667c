namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// A title as the slots of its code points (see <see cref="CharacterSlots"/>; -1 where the name lacks the character), with an
/// index from slot to positions. From 200 code points on, characters that make up more than 1 % + 1 of the title
/// are left out of the index: difflib's "autojunk", which treats them as too popular to start a match.
/// </summary>
internal readonly ref struct IndexedTitle
{
    private const int AutojunkLength = 200;

    private readonly ReadOnlySpan<int> _positions;
    private readonly ReadOnlySpan<int> _ends;

    /// <summary>
    /// Indexes <paramref name="text"/>. <paramref name="counts"/> says how often each slot occurs in it, and is overwritten;
    /// <paramref name="buffer"/> has room for the text twice. All three stay in use as long as this value does.
    /// </summary>
    public IndexedTitle(ReadOnlySpan<int> text, Span<int> counts, Span<int> buffer)
    {
        Text = text;
        var distinctive = buffer[..text.Length];
        var positions = buffer.Slice(text.Length, text.Length);
        MarkPopular(text, counts, distinctive);
        FillPositions(distinctive, counts, positions);
        Distinctive = distinctive;
        _positions = positions;
        _ends = counts;
    }

    /// <summary>The slot of each code point, -1 where the name has no such character.</summary>
    public ReadOnlySpan<int> Text { get; }

    /// <summary>The same as <see cref="Text"/>, with -1 for popular characters too.</summary>
    public ReadOnlySpan<int> Distinctive { get; }

    /// <summary>The number of code points.</summary>
    public int Length => Text.Length;

    /// <summary>The length of one buffer that holds the text, the counts and the index.</summary>
    public static int BufferLength(int maxLength, int slots) => 3 * maxLength + slots;

    /// <summary>The positions of a slot in <see cref="Distinctive"/> from <paramref name="start"/> on, ascending.</summary>
    public ReadOnlySpan<int> PositionsOf(int slot, int start)
    {
        var positions = _positions[(slot == 0 ? 0 : _ends[slot - 1]).._ends[slot]];
        if (positions.IsEmpty || positions[0] >= start)
            return positions;
        var found = positions.BinarySearch(start);
        return positions[(found >= 0 ? found : ~found)..];
    }

    private static void MarkPopular(ReadOnlySpan<int> text, Span<int> counts, Span<int> distinctive)
    {
        var most = text.Length >= AutojunkLength ? text.Length / 100 + 1 : text.Length;
        for (var i = 0; i < text.Length; i++)
            distinctive[i] = text[i] >= 0 && counts[text[i]] > most ? -1 : text[i];
        foreach (ref var count in counts)
            count = count > most ? 0 : count;
    }

    // A counting sort: the counts become the start of each slot's positions, and end up as their end.
    private static void FillPositions(ReadOnlySpan<int> distinctive, Span<int> counts, Span<int> positions)
    {
        var next = 0;
        foreach (ref var count in counts)
            (count, next) = (next, next + count);
        for (var i = 0; i < distinctive.Length; i++)
        {
            if (distinctive[i] >= 0)
                positions[counts[distinctive[i]]++] = i;
        }
    }
}
