namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// Finds the matching blocks of a name and a title one after another, as difflib does: the longest block of both first (of
/// several the one that starts first in the name, then first in the title), then the same on its left and on its right.
/// </summary>
internal ref struct MatchingBlocks
{
    private readonly ReadOnlySpan<int> _name;
    private readonly IndexedTitle _title;
    // Regions not looked at yet, instead of recursion: a long title must not be able to overflow the stack.
    private readonly Stack<Region> _pending = new();

    /// <summary>Starts with nothing matched; <paramref name="name"/> consists of slots, none of them -1.</summary>
    public MatchingBlocks(ReadOnlySpan<int> name, IndexedTitle title)
    {
        _name = name;
        _title = title;
        Add(new Region(0, name.Length, 0, title.Length));
    }

    /// <summary>The number of code points in the blocks found so far.</summary>
    public int Matched { get; private set; }

    /// <summary>What <see cref="Matched"/> cannot exceed in the end. Equal to it when all blocks are found.</summary>
    public int Possible { get; private set; }

    /// <summary>Looks for one more block, without promising that there is one. False when nothing is left to look at.</summary>
    public bool MoveNext()
    {
        if (!_pending.TryPop(out var region))
            return false;

        Possible -= region.MaxMatches;
        var block = FindLongest(region);
        if (block.Length == 0)
            return true;

        Matched += block.Length;
        Possible += block.Length;
        Add(region with { NameEnd = block.NameStart, TitleEnd = block.TitleStart });
        Add(region with { NameStart = block.NameStart + block.Length, TitleStart = block.TitleStart + block.Length });
        return true;
    }

    private void Add(Region region)
    {
        if (region.MaxMatches == 0)
            return;
        _pending.Push(region);
        Possible += region.MaxMatches;
    }

    // Popular characters do not make a block, but may lengthen one. So it is with a block of length 0, at the start of the region.
    private readonly Block FindLongest(Region region)
    {
        var best = new Block(region.NameStart, region.TitleStart, 0);
        for (var i = region.NameStart; i < region.NameEnd - best.Length; i++)
        {
            foreach (var j in _title.PositionsOf(_name[i], region.TitleStart))
            {
                // Too close to the end for anything longer.
                if (i >= region.NameEnd - best.Length || j >= region.TitleEnd - best.Length)
                    break;
                if (IsWithinRun(i, j, region) || _name[i + best.Length] != _title.Distinctive[j + best.Length])
                    continue;
                var length = _name[i..region.NameEnd].CommonPrefixLength(_title.Distinctive[j..region.TitleEnd]);
                if (length > best.Length)
                    best = new Block(i, j, length);
            }
        }
        return Lengthen(best, region);
    }

    // A run was measured when its first pair was met; its other pairs start nothing longer.
    private readonly bool IsWithinRun(int i, int j, Region region) =>
        i > region.NameStart && j > region.TitleStart && _name[i - 1] == _title.Distinctive[j - 1];

    private readonly Block Lengthen(Block block, Region region)
    {
        var (i, j, length) = block;
        length += _name[(i + length)..region.NameEnd].CommonPrefixLength(_title.Text[(j + length)..region.TitleEnd]);
        while (i > region.NameStart && j > region.TitleStart && _name[i - 1] == _title.Text[j - 1])
            (i, j, length) = (i - 1, j - 1, length + 1);
        return new Block(i, j, length);
    }

    private readonly record struct Block(int NameStart, int TitleStart, int Length);

    private readonly record struct Region(int NameStart, int NameEnd, int TitleStart, int TitleEnd)
    {
        public int MaxMatches => Math.Min(NameEnd - NameStart, TitleEnd - TitleStart);
    }
}
