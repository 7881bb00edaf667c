namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>Parses <c>[…]</c> of a Python pattern.</summary>
internal static class PythonCharacterSetParser
{
    /// <summary>Reads a set whose opening bracket has been read, and its closing bracket.</summary>
    /// <exception cref="PythonSyntaxException">It is not closed, or has a bad range, a bad escape or a character beyond U+FFFF.</exception>
    public static PythonCharacterSet Parse(PythonTokens tokens, PythonFlags flags)
    {
        var set = new PythonCharacterSet(flags) { IsNegated = tokens.TryTake("^") };
        // A closing bracket at the very start is a member like any other.
        do
        {
            AddMember(tokens, set);
        } while (!tokens.TryTake("]"));
        return set;
    }

    private static void AddMember(PythonTokens tokens, PythonCharacterSet set)
    {
        var low = TakeMember(tokens);
        if (!TryTakeHyphen(tokens))
        {
            if (low.Class is { } letter)
                set.AddClass(letter);
            else
                set.Add(low.Character, low.Character);
            return;
        }

        var high = TakeMember(tokens);
        if (low.Class is not null || high.Class is not null || high.Character < low.Character)
            throw new PythonSyntaxException($"the range {low.Source}-{high.Source} is not valid");
        set.Add(low.Character, high.Character);
    }

    // A hyphen before the closing bracket is a member, not the sign of a range.
    private static bool TryTakeHyphen(PythonTokens tokens)
    {
        var start = tokens.Position;
        if (tokens.TryTake("-") && tokens.Next != "]")
            return true;
        tokens.Position = start;
        return false;
    }

    private static Member TakeMember(PythonTokens tokens)
    {
        var token = tokens.Next ?? throw new PythonSyntaxException("a [ is not closed");
        tokens.Take();
        if (token[0] == '\\' && token[1] is 'd' or 'D' or 's' or 'S' or 'w' or 'W')
            return new Member(token, token[1], default);

        var codePoint = token[0] == '\\' ? PythonEscapes.ReadCharacter(tokens, token) : char.ConvertToUtf32(token, 0);
        if (codePoint > char.MaxValue)
            throw new PythonSyntaxException($"{token} is beyond U+FFFF, which is not supported in [ ]");
        return new Member(token, null, (char)codePoint);
    }

    // One class, whose letter is given, or one character.
    private readonly record struct Member(string Source, char? Class, char Character);
}
