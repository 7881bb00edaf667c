namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>
/// Reads a Python pattern or replacement template token by token. A token is one character (a surrogate pair counts as
/// one) or a backslash together with the character behind it.
/// </summary>
internal sealed class PythonTokens(string text)
{
    /// <summary>Where the next token begins. May be set back to an earlier place.</summary>
    public int Position { get; set; }

    /// <summary>The next token, or null at the end.</summary>
    /// <exception cref="PythonSyntaxException">The text ends in a lone backslash.</exception>
    public string? Next
    {
        get
        {
            if (Position >= text.Length)
                return null;
            if (text[Position] != '\\')
                return text.Substring(Position, CharacterLength(Position));
            if (Position + 1 == text.Length)
                throw new PythonSyntaxException("it ends in a backslash");
            return text.Substring(Position, 1 + CharacterLength(Position + 1));
        }
    }

    /// <summary>The next token, which is read.</summary>
    /// <exception cref="PythonSyntaxException">There is none.</exception>
    public string Take()
    {
        var token = Next ?? throw new PythonSyntaxException("it ends too early");
        Position += token.Length;
        return token;
    }

    /// <summary>Reads <paramref name="expected"/>, which has no backslash, if it comes next; otherwise reads nothing.</summary>
    public bool TryTake(string expected)
    {
        if (!text.AsSpan(Position).StartsWith(expected, StringComparison.Ordinal))
            return false;
        Position += expected.Length;
        return true;
    }

    /// <summary>Reads characters that <paramref name="accepts"/> likes, at most so many; perhaps none.</summary>
    public string TakeWhile(Predicate<char> accepts, int atMost = int.MaxValue)
    {
        var start = Position;
        while (Position < text.Length && Position - start < atMost && accepts(text[Position]))
            Position++;
        return text[start..Position];
    }

    /// <summary>Reads up to and including <paramref name="terminator"/>; answers with what stands before it, maybe nothing.</summary>
    /// <exception cref="PythonSyntaxException">The terminator is missing; <paramref name="what"/> says what it would have ended.</exception>
    public string TakeUntil(string terminator, string what)
    {
        var start = Position;
        while (Next is { } token)
        {
            Position += token.Length;
            if (token == terminator)
                return text[start..(Position - 1)];
        }
        throw new PythonSyntaxException($"{terminator} is missing after the {what}");
    }

    private int CharacterLength(int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]) ? 2 : 1;
}
