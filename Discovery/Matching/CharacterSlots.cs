namespace Qhana.Registry.Discovery.Matching;

/// <summary>Numbers the distinct code points of a text from 0 in order of their first appearance.</summary>
internal sealed class CharacterSlots
{
    private readonly int[] _ascii = new int[128];
    private readonly Dictionary<int, int> _others = [];

    /// <summary>Creates an empty numbering.</summary>
    public CharacterSlots() => Array.Fill(_ascii, -1);

    /// <summary>How many distinct code points have a number.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a code point, which is the next free one if it has none yet.</summary>
    public int Add(int codePoint)
    {
        var slot = Find(codePoint);
        if (slot >= 0)
            return slot;
        if (codePoint < _ascii.Length)
            _ascii[codePoint] = Count;
        else
            _others.Add(codePoint, Count);
        return Count++;
    }

    /// <summary>The number of a code point, or -1 if it has none.</summary>
    public int Find(int codePoint)
    {
        if (codePoint < _ascii.Length)
            return _ascii[codePoint];
        return _others.TryGetValue(codePoint, out var slot) ? slot : -1;
    }
}
