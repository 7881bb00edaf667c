namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>Translates one pattern for <see cref="PythonRegex"/>. Each method reads one construct and answers with its translation.</summary>
internal sealed class PythonRegexParser(string pattern)
{
    // Far more than any pattern needs, and far less than the stack holds.
    private const int MaxDepth = 100;
    private const string VerboseBlanks = " \t\n\r\v\f";

    private readonly PythonTokens _tokens = new(pattern);
    private readonly PythonGroups _groups = new();
    private int _depth;

    /// <summary>Reads the whole pattern.</summary>
    /// <exception cref="PythonSyntaxException">It is not valid or not supported.</exception>
    public PythonRegex Parse()
    {
        var flags = PythonFlags.None;
        do
        {
            SkipIgnored(flags);
        } while (PythonFlagsReader.TryReadGlobal(_tokens, ref flags));

        var body = ParseChoice(flags);
        if (_tokens.Next is not null)
            throw new PythonSyntaxException("a ) has no matching (");
        _groups.CheckConditions();
        return new PythonRegex
        {
            Pattern = body.Text,
            GroupCount = _groups.Count,
            GroupNumbers = _groups.Numbers,
            CanBeEmpty = body.MinWidth == 0,
        };
    }

    private PythonRegexItem ParseChoice(PythonFlags flags) => PythonRegexItem.Choice(ParseBranches(flags));

    private List<PythonRegexItem> ParseBranches(PythonFlags flags)
    {
        if (++_depth > MaxDepth)
            throw new PythonSyntaxException($"its groups are nested more than {MaxDepth} deep");
        var branches = new List<PythonRegexItem> { ParseSequence(flags) };
        while (_tokens.TryTake("|"))
            branches.Add(ParseSequence(flags));
        _depth--;
        return branches;
    }

    private PythonRegexItem ParseSequence(PythonFlags flags)
    {
        var items = new List<PythonRegexItem>();
        for (SkipIgnored(flags); _tokens.Next is not (null or "|" or ")"); SkipIgnored(flags))
        {
            if (PythonQuantifier.TryRead(_tokens) is { } quantifier)
                Repeat(items, quantifier);
            else
                items.Add(ParseItem(flags));
        }
        return PythonRegexItem.Sequence(items);
    }

    private void Repeat(List<PythonRegexItem> items, PythonQuantifier quantifier)
    {
        if (items.Count == 0 || items[^1].IsAnchor)
            throw new PythonSyntaxException("there is nothing to repeat");
        if (items[^1].IsRepeat)
            throw new PythonSyntaxException("something is repeated twice");
        // .NET goes wrong here, up to matches of negative length.
        if (quantifier.IsLazy && items[^1].MinWidth == 0)
            throw new PythonSyntaxException("a lazy repetition of something that can be empty is not supported");
        // .NET matches look-behinds from right to left: the last repetition would be the leftmost one.
        if (items[^1].HasGroups && _groups.IsInLookBehind && quantifier.Max > 1)
            throw new PythonSyntaxException("repeated groups in a look-behind are not supported");
        items[^1] = items[^1].Repeated(quantifier);
    }

    private PythonRegexItem ParseItem(PythonFlags flags)
    {
        var token = _tokens.Take();
        return token switch
        {
            "." => PythonRegexItem.Character(flags.HasFlag(PythonFlags.DotAll) ? @"[\s\S]" : @"[^\n]"),
            "^" => PythonRegexItem.Anchor(flags.HasFlag(PythonFlags.MultiLine) ? "(?m:^)" : "^"),
            "$" => PythonRegexItem.Anchor(flags.HasFlag(PythonFlags.MultiLine) ? "(?m:$)" : "$"),
            "[" => PythonRegexItem.Character(PythonCharacterSetParser.Parse(_tokens, flags).ToString()),
            "(" => ParseGroup(flags),
            ['\\', ..] => ParseEscape(token, flags),
            _ => Literal(char.ConvertToUtf32(token, 0), flags),
        };
    }

    private PythonRegexItem ParseEscape(string token, PythonFlags flags)
    {
        switch (token[1])
        {
            case 'A':
                return PythonRegexItem.Anchor(@"\A");
            case 'Z':
                return PythonRegexItem.Anchor(@"\z");
            case 'b' or 'B':
                return PythonRegexItem.Anchor(WordBoundary(token[1], flags));
            case 'd' or 'D' or 's' or 'S' or 'w' or 'W':
                var set = new PythonCharacterSet(flags);
                set.AddClass(token[1]);
                return PythonRegexItem.Character(set.ToString());
            case >= '1' and <= '9':
                var (value, isGroup) = PythonEscapes.ReadNumber(_tokens, token);
                return isGroup ? Reference(value, flags) : Literal(value, flags);
            default:
                return Literal(PythonEscapes.ReadCharacter(_tokens, token), flags);
        }
    }

    private PythonRegexItem ParseGroup(PythonFlags flags)
    {
        if (!_tokens.TryTake("?"))
            return ParseCapture(null, flags);
        if (_tokens.TryTake(":"))
            return ParseBody(flags).Enclosed("(?:");
        if (_tokens.TryTake(">"))
            return ParseBody(flags).Enclosed("(?>");
        if (_tokens.TryTake("="))
            return ParseBody(flags).LookAround("(?=");
        if (_tokens.TryTake("!"))
            return ParseBody(flags).LookAround("(?!");
        if (_tokens.TryTake("<="))
            return ParseLookBehind("(?<=", flags);
        if (_tokens.TryTake("<!"))
            return ParseLookBehind("(?<!", flags);
        if (_tokens.TryTake("("))
            return ParseCondition(flags);
        if (_tokens.TryTake("P<"))
            return ParseCapture(_tokens.TakeUntil(">", "group name"), flags);
        if (_tokens.TryTake("P="))
            return Reference(_groups.NumberOf(_tokens.TakeUntil(")", "group name")), flags);
        if (_tokens.TryTake("P"))
            throw new PythonSyntaxException($"(?P{_tokens.Next} is not known");
        return ParseBody(PythonFlagsReader.ReadScoped(_tokens, flags)).Enclosed("(?:");
    }

    private PythonRegexItem ParseCapture(string? name, PythonFlags flags)
    {
        var number = _groups.Open(name);
        var body = ParseBody(flags);
        _groups.Close(number, body);
        return body.Enclosed("(") with { HasGroups = true };
    }

    private PythonRegexItem ParseLookBehind(string opening, PythonFlags flags)
    {
        var before = _groups.EnterLookBehind();
        var body = ParseBody(flags);
        _groups.LeaveLookBehind(before);
        if (body.MinWidth != body.MaxWidth)
            throw new PythonSyntaxException("a look-behind does not have a fixed width");
        return body.LookAround(opening);
    }

    private PythonRegexItem ParseCondition(PythonFlags flags)
    {
        var group = _groups.Condition(_tokens.TakeUntil(")", "group name"));
        var branches = ParseBranches(flags);
        if (branches.Count > 2)
            throw new PythonSyntaxException("a condition has more than two branches");
        Close();
        var body = PythonRegexItem.Choice(branches).Enclosed($"(?({group})");
        // Without a second branch there is nothing to match where the group took no part.
        return branches.Count == 2 ? body : body with { MinWidth = 0 };
    }

    private PythonRegexItem ParseBody(PythonFlags flags)
    {
        var body = ParseChoice(flags);
        Close();
        return body;
    }

    private void Close()
    {
        if (!_tokens.TryTake(")"))
            throw new PythonSyntaxException("a ( is not closed");
    }

    private PythonRegexItem Reference(int number, PythonFlags flags)
    {
        var reference = _groups.Reference(number);
        return flags.HasFlag(PythonFlags.IgnoreCase) ? reference.Enclosed("(?i:") : reference;
    }

    private static PythonRegexItem Literal(int codePoint, PythonFlags flags)
    {
        if (codePoint > char.MaxValue)
            return PythonRegexItem.Character($"(?:{string.Concat(char.ConvertFromUtf32(codePoint).Select(PythonCharacterSet.Quote))})");
        var character = (char)codePoint;
        if (!flags.HasFlag(PythonFlags.IgnoreCase) || !char.IsLetter(character))
            return PythonRegexItem.Character(PythonCharacterSet.Quote(character));
        var cases = new PythonCharacterSet(flags);
        cases.Add(character, character);
        return PythonRegexItem.Character(cases.ToString());
    }

    // .NET's \b serves for Unicode, so that it can be matched in linear time.
    private static string WordBoundary(char letter, PythonFlags flags)
    {
        if (!flags.HasFlag(PythonFlags.Ascii))
            return $@"\{letter}";
        const string word = "[a-zA-Z0-9_]";
        return letter == 'b'
            ? $"(?:(?<={word})(?!{word})|(?<!{word})(?={word}))"
            : $"(?:(?<={word})(?={word})|(?<!{word})(?!{word}))";
    }

    // Comments, and with the flag x blanks. A quantifier behind them belongs to what stands before them.
    private void SkipIgnored(PythonFlags flags)
    {
        while (TrySkipComment() || (flags.HasFlag(PythonFlags.Verbose) && TrySkipVerbose()))
        {
        }
    }

    private bool TrySkipComment()
    {
        if (!_tokens.TryTake("(?#"))
            return false;
        _tokens.TakeUntil(")", "comment");
        return true;
    }

    private bool TrySkipVerbose()
    {
        if (_tokens.TakeWhile(VerboseBlanks.Contains).Length > 0)
            return true;
        if (!_tokens.TryTake("#"))
            return false;
        while (_tokens.Next is not null && _tokens.Take() != "\n")
        {
        }
        return true;
    }
}
