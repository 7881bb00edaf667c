using System.Text;

namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>
/// A set of characters, as a .NET character class that holds what the Python one holds. Classes such as \w are spelled out,
/// since the two disagree on them outside ASCII.
/// </summary>
internal sealed class PythonCharacterSet(PythonFlags flags)
{
    private readonly StringBuilder _members = new();

    /// <summary>Whether the set holds all characters but those added.</summary>
    public bool IsNegated { get; init; }

    private bool IsAscii => flags.HasFlag(PythonFlags.Ascii);

    private bool IgnoresCase => flags.HasFlag(PythonFlags.IgnoreCase);

    /// <summary>Adds the characters from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public void Add(char low, char high)
    {
        Append(low, high);
        if (!IsAscii || !IgnoresCase)
            return;
        // .NET has no ASCII-only case; with Python's flags a and i only ASCII letters have two.
        AddShifted(low, high, 'A', 'Z', 'a' - 'A');
        AddShifted(low, high, 'a', 'z', 'A' - 'a');
    }

    /// <summary>Adds a class by its letter: d, s, w, or D, S, W for its complement.</summary>
    public void AddClass(char letter) => _members.Append(IsAscii ? AsciiClass(letter) : UnicodeClass(letter));

    /// <summary>The set as one item of a .NET pattern.</summary>
    public override string ToString()
    {
        var set = $"[{(IsNegated ? "^" : "")}{_members}]";
        return IgnoresCase && !IsAscii ? $"(?i:{set})" : set;
    }

    /// <summary>One character as .NET reads it, in a class and outside, whatever it means in patterns.</summary>
    public static string Quote(char character) =>
        char.IsAsciiLetterOrDigit(character) ? character.ToString() : $@"\u{(int)character:X4}";

    private void Append(char low, char high)
    {
        _members.Append(Quote(low));
        if (high > low)
            _members.Append('-').Append(Quote(high));
    }

    private void AddShifted(char low, char high, char first, char last, int distance)
    {
        var from = Math.Max(low, first);
        var to = Math.Min(high, last);
        if (from <= to)
            Append((char)(from + distance), (char)(to + distance));
    }

    private static string AsciiClass(char letter) => letter switch
    {
        'd' => "0-9",
        'D' => @"\u0000-/:-\uFFFF",
        's' => @"\t-\r ",
        'S' => @"\u0000-\u0008\u000E-\u001F!-\uFFFF",
        'w' => "a-zA-Z0-9_",
        'W' => @"\u0000-/:-@\[-\^`{-\uFFFF",
        _ => throw new ArgumentOutOfRangeException(nameof(letter)),
    };

    // str.isdecimal, str.isspace (which counts U+001C to U+001F as space), str.isalnum and the underscore.
    private static string UnicodeClass(char letter) => letter switch
    {
        'd' => @"\p{Nd}",
        'D' => @"\P{Nd}",
        's' => @"\s\u001C-\u001F",
        'S' => @"\u0000-\u0008\u000E-\u001B!-\u0084\u0086-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFFFF",
        'w' => @"\p{L}\p{N}_",
        'W' => @"\p{M}\p{Z}\p{S}\p{C}\p{Pd}\p{Ps}\p{Pe}\p{Pi}\p{Pf}\p{Po}\u203F\u2040\u2054\uFE33\uFE34\uFE4D-\uFE4F\uFF3F",
        _ => throw new ArgumentOutOfRangeException(nameof(letter)),
    };
}
