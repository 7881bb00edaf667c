namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>The flags that a Python pattern can set for itself or for one of its groups.</summary>
[Flags]
internal enum PythonFlags
{
    /// <summary>Python's default: the classes \w, \d, \s and \b know all of Unicode.</summary>
    None = 0,

    /// <summary><c>a</c>: the classes \w, \d, \s, \b and letter case know ASCII only.</summary>
    Ascii = 1,

    /// <summary><c>i</c>: upper and lower case are the same.</summary>
    IgnoreCase = 2,

    /// <summary><c>m</c>: ^ and $ match at every line.</summary>
    MultiLine = 4,

    /// <summary><c>s</c>: a dot matches a line feed too.</summary>
    DotAll = 8,

    /// <summary><c>x</c>: white space and comments in the pattern are ignored.</summary>
    Verbose = 16,

    /// <summary><c>u</c>: the opposite of <see cref="Ascii"/>, and the default. Only while flags are read.</summary>
    Unicode = 32,
}

/// <summary>Reads flags such as <c>(?im)</c> and <c>(?s-i:…)</c>.</summary>
internal static class PythonFlagsReader
{
    private const string Letters = "aimsxu";
    private const PythonFlags Alphabets = PythonFlags.Ascii | PythonFlags.Unicode;

    /// <summary>Reads the flags of the whole pattern, <c>(?flags)</c>, and adds them. Reads nothing and is false if something else stands here.</summary>
    /// <exception cref="PythonSyntaxException">Flags exclude each other.</exception>
    public static bool TryReadGlobal(PythonTokens tokens, ref PythonFlags flags)
    {
        var start = tokens.Position;
        if (tokens.TryTake("(?") && tokens.TakeWhile(Letters.Contains) is { Length: > 0 } letters && tokens.TryTake(")"))
        {
            flags = Checked(flags | Parse(letters));
            return true;
        }
        tokens.Position = start;
        return false;
    }

    /// <summary>Reads the flags of a group after its <c>(?</c>, up to the colon, and answers with what holds inside the group.</summary>
    /// <exception cref="PythonSyntaxException">These are no flags, or not allowed here.</exception>
    public static PythonFlags ReadScoped(PythonTokens tokens, PythonFlags outside)
    {
        var added = Checked(Parse(tokens.TakeWhile(char.IsAsciiLetter)));
        var removed = tokens.TryTake("-") ? ParseRemoved(tokens.TakeWhile(char.IsAsciiLetter)) : PythonFlags.None;
        if (tokens.TryTake(")"))
            throw new PythonSyntaxException("flags for the whole pattern must stand at its start");
        if (!tokens.TryTake(":"))
            throw new PythonSyntaxException($"(?{tokens.Next} is not known");
        if ((added & removed) != PythonFlags.None)
            throw new PythonSyntaxException("a flag is turned on and off at once");
        if ((added & Alphabets) != PythonFlags.None)
            outside &= ~Alphabets;
        return (outside | added) & ~removed;
    }

    private static PythonFlags ParseRemoved(string letters)
    {
        if (letters.Length == 0)
            throw new PythonSyntaxException("a flag is missing after (?-");
        var removed = Parse(letters);
        if ((removed & Alphabets) != PythonFlags.None)
            throw new PythonSyntaxException("the flags a and u cannot be turned off");
        return removed;
    }

    private static PythonFlags Parse(string letters)
    {
        var flags = PythonFlags.None;
        foreach (var letter in letters)
        {
            flags |= letter switch
            {
                'a' => PythonFlags.Ascii,
                'i' => PythonFlags.IgnoreCase,
                'm' => PythonFlags.MultiLine,
                's' => PythonFlags.DotAll,
                'x' => PythonFlags.Verbose,
                'u' => PythonFlags.Unicode,
                'L' => throw new PythonSyntaxException("the flag L is for patterns of bytes only"),
                _ => throw new PythonSyntaxException($"the flag {letter} is not known"),
            };
        }
        return flags;
    }

    private static PythonFlags Checked(PythonFlags flags) =>
        (flags & Alphabets) == Alphabets ? throw new PythonSyntaxException("the flags a and u exclude each other") : flags;
}
