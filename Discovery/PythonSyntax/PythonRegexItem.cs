namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>
/// A translated part of a pattern, with the number of characters that it can match, and whether it captures any of them.
/// </summary>
internal readonly record struct PythonRegexItem(string Text, long MinWidth, long MaxWidth, bool HasGroups = false)
{
    // Widths above this are all the same; small enough that two can be multiplied.
    private const long Unlimited = int.MaxValue;

    /// <summary>Whether Python refuses to repeat it, as it has no width by nature: ^, $, \b and the like.</summary>
    public bool IsAnchor { get; private init; }

    /// <summary>Whether it is repeated already. Python refuses to repeat it once more.</summary>
    public bool IsRepeat { get; private init; }

    /// <summary>An anchor, of no width.</summary>
    public static PythonRegexItem Anchor(string text) => new(text, 0, 0) { IsAnchor = true };

    /// <summary>Something that matches one character.</summary>
    public static PythonRegexItem Character(string text) => new(text, 1, 1);

    /// <summary>One part after another.</summary>
    public static PythonRegexItem Sequence(IReadOnlyCollection<PythonRegexItem> items) => new(
        string.Concat(items.Select(item => item.Text)),
        Math.Min(items.Sum(item => item.MinWidth), Unlimited),
        Math.Min(items.Sum(item => item.MaxWidth), Unlimited),
        items.Any(item => item.HasGroups));

    /// <summary>Parts of which one matches.</summary>
    public static PythonRegexItem Choice(IReadOnlyCollection<PythonRegexItem> branches) => new(
        string.Join('|', branches.Select(item => item.Text)),
        branches.Min(item => item.MinWidth),
        branches.Max(item => item.MaxWidth),
        branches.Any(item => item.HasGroups));

    /// <summary>The same in brackets, from <paramref name="opening"/> to a closing parenthesis.</summary>
    public PythonRegexItem Enclosed(string opening) => new($"{opening}{Text})", MinWidth, MaxWidth, HasGroups);

    /// <summary>The same in brackets of a look-around, which has no width.</summary>
    public PythonRegexItem LookAround(string opening) => Enclosed(opening) with { MinWidth = 0, MaxWidth = 0 };

    /// <summary>The same, repeated.</summary>
    public PythonRegexItem Repeated(PythonQuantifier quantifier) => new(
        quantifier.ApplyTo(Text),
        Math.Min(MinWidth * quantifier.Min, Unlimited),
        Math.Min(MaxWidth * quantifier.Max, Unlimited),
        HasGroups)
    { IsRepeat = true };
}
