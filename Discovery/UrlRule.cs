using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Qhana.Registry.Discovery.PythonSyntax;

namespace Qhana.Registry.Discovery;

/// <summary>
/// One rule of a <see cref="UrlMap"/>: Python's <c>re.sub(pattern, replacement, url)</c>, within limits of time and length.
/// </summary>
internal sealed class UrlRule
{
    // Of one attempt at one URL. Its last match may begin just before the time is over: both together take 100 ms at most.
    private static readonly TimeSpan FirstLimit = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan SecondLimit = TimeSpan.FromMilliseconds(30);

    private readonly Regex _first;
    private readonly Regex _second;
    // Null where no match can be empty.
    private readonly Regex? _advance;
    private readonly PythonReplacement _replacement;

    /// <summary>A rule that replaces what <paramref name="regex"/>, the translation of <paramref name="pattern"/>, matches.</summary>
    /// <exception cref="PythonSyntaxException">.NET cannot match it.</exception>
    public UrlRule(string pattern, PythonRegex regex, PythonReplacement replacement)
    {
        Pattern = pattern;
        _replacement = replacement;
        _first = Backtracking(regex.Pattern, FirstLimit);
        _second = TryCompileLinear(regex.Pattern) ?? Backtracking(regex.Pattern, SecondLimit);
        _advance = regex.CanBeEmpty ? Backtracking($@"\G(?:{regex.Pattern})(?!\G)", FirstLimit) : null;
    }

    /// <summary>The pattern as it was given.</summary>
    public string Pattern { get; }

    /// <summary>
    /// The URL with every match replaced, from left to right. Matches do not overlap; an empty match counts unless another
    /// empty one was replaced at its place. Null if that takes too long (100 ms at most) or makes the URL longer than
    /// <see cref="UrlMap.MaxUrlLength"/>.
    /// </summary>
    // Backtracking is what Python does. .NET's linear-time engine does not always keep the order of alternatives (b(?:|a)?
    // matches "ba" of "ba", not "b"), so it is only for patterns that would take exponential time. Others get a second
    // attempt: the clock also runs for other threads and the garbage collector, and a harmless rule must not suffer for that.
    public string? Apply(string url) => TryApply(_first, url) ?? TryApply(_second, url);

    private string? TryApply(Regex regex, string url)
    {
        var started = Stopwatch.GetTimestamp();
        var output = new StringBuilder();
        var copied = 0;
        try
        {
            for (var match = regex.Match(url); match.Success; match = NextMatch(regex, url, match))
            {
                output.Append(url, copied, match.Index - copied);
                _replacement.AppendTo(output, match);
                copied = match.Index + match.Length;
                if (output.Length > UrlMap.MaxUrlLength || Stopwatch.GetElapsedTime(started) > regex.MatchTimeout)
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
    private Match NextMatch(Regex regex, string url, Match match)
    {
        var end = match.Index + match.Length;
        if (match.Length > 0)
            return regex.Match(url, end);
        var longer = _advance!.Match(url, end);
        if (longer.Success || end == url.Length)
            return longer;
        return regex.Match(url, end + 1);
    }

    private static Regex Backtracking(string pattern, TimeSpan limit)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, limit);
        }
        catch (Exception exception) when (exception is ArgumentException or IndexOutOfRangeException)
        {
            // The latter is a bug of .NET's compiler, with empty groups repeated in a negative look-ahead.
            throw new PythonSyntaxException(".NET cannot match it");
        }
    }

    private static Regex? TryCompileLinear(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, SecondLimit);
        }
        catch (NotSupportedException)
        {
            // Look-arounds, back-references, atomic groups and conditions, or too many states.
            return null;
        }
    }
}
