using System.Text;
using System.Text.RegularExpressions;

namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>
/// What a match is replaced by, in the syntax of the templates of Python's <c>re.sub</c>: \1 to \99, \g&lt;number&gt;,
/// \g&lt;name&gt;, octal escapes, \n and the like. Everything else is literal, a dollar sign too.
/// </summary>
internal sealed class PythonReplacement
{
    private readonly List<Part> _parts = [];
    private readonly StringBuilder _literal = new();

    private PythonReplacement()
    {
    }

    /// <summary>Parses <paramref name="template"/> for the matches of <paramref name="regex"/>.</summary>
    /// <exception cref="PythonSyntaxException">It has an unknown escape, or refers to a group that the regex does not have.</exception>
    public static PythonReplacement Parse(string template, PythonRegex regex)
    {
        var replacement = new PythonReplacement();
        var tokens = new PythonTokens(template);
        while (tokens.Next is not null)
            replacement.Add(tokens.Take(), tokens, regex);
        replacement.EndLiteral();
        return replacement;
    }

    /// <summary>Writes the replacement of <paramref name="match"/>. A group that took no part in the match is empty.</summary>
    public void AppendTo(StringBuilder output, Match match)
    {
        foreach (var part in _parts)
        {
            if (part.Literal is null)
                output.Append(match.Groups[part.Group].ValueSpan);
            else
                output.Append(part.Literal);
        }
    }

    private void Add(string token, PythonTokens tokens, PythonRegex regex)
    {
        switch (token)
        {
            case ['\\', 'g', ..]:
                AddGroup(ReadGroup(tokens, regex), regex);
                break;
            case ['\\', '0', ..]:
                _literal.Append((char)PythonEscapes.ReadOctal("0" + tokens.TakeWhile(PythonEscapes.IsOctalDigit, atMost: 2)));
                break;
            case ['\\', >= '1' and <= '9', ..]:
                AddNumber(PythonEscapes.ReadNumber(tokens, token), regex);
                break;
            case ['\\', '\\']:
                _literal.Append('\\');
                break;
            case ['\\', var letter, ..] when char.IsAsciiLetter(letter):
                _literal.Append(PythonEscapes.ControlCharacter(letter) ?? throw PythonEscapes.Unknown(token));
                break;
            default:
                // Also a backslash before anything else, which Python leaves there.
                _literal.Append(token);
                break;
        }
    }

    private static int ReadGroup(PythonTokens tokens, PythonRegex regex)
    {
        if (!tokens.TryTake("<"))
            throw new PythonSyntaxException(@"< is missing after \g");
        var group = tokens.TakeUntil(">", "group name");
        if (!PythonGroups.IsName(group))
            return PythonGroups.ParseNumber(group);
        return regex.GroupNumbers.TryGetValue(group, out var number)
            ? number
            : throw new PythonSyntaxException($"the pattern has no group called {group}");
    }

    private void AddNumber((int Value, bool IsGroup) number, PythonRegex regex)
    {
        if (number.IsGroup)
            AddGroup(number.Value, regex);
        else
            _literal.Append((char)number.Value);
    }

    private void AddGroup(int group, PythonRegex regex)
    {
        if (group > regex.GroupCount)
            throw new PythonSyntaxException($"the pattern has no group {group}");
        EndLiteral();
        _parts.Add(new Part(null, group));
    }

    private void EndLiteral()
    {
        if (_literal.Length > 0)
            _parts.Add(new Part(_literal.ToString(), 0));
        _literal.Clear();
    }

    // Text, or where it is null a group.
    private readonly record struct Part(string? Literal, int Group);
}
