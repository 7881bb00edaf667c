using System.Globalization;

namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>The capturing groups of a pattern while it is parsed: their numbers and names, and who may refer to them.</summary>
internal sealed class PythonGroups
{
    // By number - 1; null while a group is open.
    private readonly List<PythonRegexItem?> _groups = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private int _highestCondition;
    private int? _groupsBeforeLookBehind;

    /// <summary>The number of groups so far.</summary>
    public int Count => _groups.Count;

    /// <summary>The numbers of the named groups so far.</summary>
    public IReadOnlyDictionary<string, int> Numbers => _numbers;

    /// <summary>Whether the parser is inside a look-behind.</summary>
    public bool IsInLookBehind => _groupsBeforeLookBehind is not null;

    /// <summary>Opens a group, named unless the name is null, and answers with its number.</summary>
    /// <exception cref="PythonSyntaxException">The name is taken or no name.</exception>
    public int Open(string? name)
    {
        _groups.Add(null);
        if (name is not null && !_numbers.TryAdd(CheckedName(name), Count))
            throw new PythonSyntaxException($"the group name {name} is used twice");
        return Count;
    }

    /// <summary>Closes the group of this number, which contains <paramref name="body"/>.</summary>
    public void Close(int number, PythonRegexItem body) => _groups[number - 1] = body;

    /// <summary>The number of the group called <paramref name="name"/>.</summary>
    /// <exception cref="PythonSyntaxException">No group has this name yet, or it is no name.</exception>
    public int NumberOf(string name) =>
        _numbers.TryGetValue(CheckedName(name), out var number) ? number : throw new PythonSyntaxException($"no group is called {name}");

    /// <summary>A back-reference to a group.</summary>
    /// <exception cref="PythonSyntaxException">The group does not exist yet, is still open, or belongs to the look-behind around the reference.</exception>
    public PythonRegexItem Reference(int number)
    {
        if (number > Count)
            throw new PythonSyntaxException($"there is no group {number} to refer to");
        CheckLookBehind(number);
        var group = _groups[number - 1] ?? throw new PythonSyntaxException($"group {number} refers to itself");
        return new PythonRegexItem($@"\k<{number}>", group.MinWidth, group.MaxWidth);
    }

    /// <summary>The number of the group that a condition names by number or name. A number may belong to a group that is still to come.</summary>
    /// <exception cref="PythonSyntaxException">There is no such group.</exception>
    public int Condition(string nameOrNumber)
    {
        var number = nameOrNumber.All(char.IsAsciiDigit) ? ParseNumber(nameOrNumber) : NumberOf(nameOrNumber);
        if (number == 0)
            throw new PythonSyntaxException("group 0 is always there, and no condition");
        if (IsInLookBehind && (number > Count || _groups[number - 1] is null))
            throw new PythonSyntaxException($"group {number} is not closed before the look-behind that refers to it");
        CheckLookBehind(number);
        _highestCondition = Math.Max(_highestCondition, number);
        return number;
    }

    /// <summary>Enters a look-behind; the answer is for <see cref="LeaveLookBehind"/>.</summary>
    public int? EnterLookBehind()
    {
        var before = _groupsBeforeLookBehind;
        _groupsBeforeLookBehind ??= Count;
        return before;
    }

    /// <summary>Leaves a look-behind.</summary>
    public void LeaveLookBehind(int? before) => _groupsBeforeLookBehind = before;

    /// <summary>To be called at the end of the pattern.</summary>
    /// <exception cref="PythonSyntaxException">A condition names a group that did not come.</exception>
    public void CheckConditions()
    {
        if (_highestCondition > Count)
            throw new PythonSyntaxException($"there is no group {_highestCondition} to refer to");
    }

    /// <summary>The value of the digits of a group's number.</summary>
    /// <exception cref="PythonSyntaxException">These are no digits, or too many.</exception>
    public static int ParseNumber(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new PythonSyntaxException($"'{digits}' is no name or number of a group");

    /// <summary>Whether Python takes this for a name (an identifier) rather than a number.</summary>
    public static bool IsName(string text) => text.Length > 0
        && (text[0] == '_' || char.IsLetter(text[0]))
        && text.All(character => char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is
            UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    private static string CheckedName(string name) =>
        IsName(name) ? name : throw new PythonSyntaxException($"'{name}' is no name for a group");

    // A look-behind is matched before its groups are known.
    private void CheckLookBehind(int number)
    {
        if (number > _groupsBeforeLookBehind)
            throw new PythonSyntaxException($"group {number} belongs to the look-behind that refers to it");
    }
}
