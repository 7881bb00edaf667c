using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;

namespace Qhana.Registry.Discovery;

/// <summary>One rule of a <see cref="UrlMap"/>: Python's <c>re.sub(pattern, replacement, url)</c>, within limits of time and length.</summary>
internal sealed class UrlRule
{
    /// <summary>
    /// How long one attempt may take. The last match of it may begin just before the time is over, and a second attempt is
    /// made: so a rule ends within four times this time.
    /// </summary>
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(20);

    private readonly Regex _regex;
    private readonly Lazy<Regex> _advance;
    private readonly PythonReplacement _replacement;

    /// <summary>A rule that replaces what <paramref name="regex"/>, the translation of <paramref name="pattern"/>, matches.</summary>
    public UrlRule(string pattern, PythonRegex regex, PythonReplacement replacement)
    {
        Pattern = pattern;
        _replacement = replacement;
        _regex = Compile(regex.Pattern);
        _advance = new Lazy<Regex>(() => Backtracking($@"\G(?:{regex.Pattern})(?!\G)"));
    }

    /// <summary>The pattern as it was given.</summary>
    public string Pattern { get; }

    /// <summary>
    /// The URL with every match replaced, from left to right. Matches do not overlap; an empty match counts unless another
    /// empty one was replaced at its place. Null if that takes too long (within 80 ms) or makes the URL longer than
    /// <see cref="UrlMap.MaxUrlLength"/>.
    /// </summary>
    // The clock runs while other threads do, or the garbage collector, or the just-in-time compiler at the first match. That
    // must not cost a harmless rule its effect, therefore the second attempt.
    public string? Apply(string url) => TryApply(url) ?? TryApply(url);

    private string? TryApply(string url)
    {
        var started = Stopwatch.GetTimestamp();
        var output = new StringBuilder();
        var copied = 0;
        try
        {
            for (var match = _regex.Match(url); match.Success; match = NextMatch(url, match))
            {
                output.Append(url, copied, match.Index - copied);
                _replacement.AppendTo(output, match);
                copied = match.Index + match.Length;
                if (output.Length > UrlMap.MaxUrlLength || Stopwatch.GetElapsedTime(started) > TimeLimit)
                    return null;
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
        output.Append(url, copied, url.Length - copied);
        return output.Length <= UrlMap.MaxUrlLength ? output.ToString() : null;
    }

    // After an empty match Python first tries once more at the same place for a match that is not empty; .NET would go on.
    private Match NextMatch(string url, Match match)
    {
        var end = match.Index + match.Length;
        if (match.Length > 0)
            return _regex.Match(url, end);
        var longer = _advance.Value.Match(url, end);
        if (longer.Success || end == url.Length)
            return longer;
        return _regex.Match(url, end + 1);
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeLimit);
        }
        catch (NotSupportedException)
        {
            // Look-arounds, back-references, atomic groups and conditions, or too many states.
            return Backtracking(pattern);
        }
    }

    private static Regex Backtracking(string pattern) => new(pattern, RegexOptions.CultureInvariant, TimeLimit);
}
