namespace Qhana.Registry.Data.Configuration;

/// <summary>
/// Reads the variables of the registry from environment, appsettings.json and command line. A value that cannot be
/// understood does not throw: it becomes one line in <see cref="Errors"/>, so that all of them are told at once.
/// </summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> _errors = [];

    /// <summary>Tries to understand a value.</summary>
    public delegate bool Parser<T>(string text, out T value);

    /// <summary>One line for each value that was not understood: variable, value, and what is allowed.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>The value of a variable without surrounding blanks, or null where it is not set or blank.</summary>
    public string? Text(string variable) =>
        configuration[variable]?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The variables whose names begin with a prefix, by the rest of their names.</summary>
    public IEnumerable<KeyValuePair<string, string>> WithPrefix(string prefix) =>
        from pair in configuration.AsEnumerable()
        where pair.Value is not null
        // ASP.NET turns the double underscore of an environment variable into the colon of a section.
        let name = pair.Key.Replace(":", "__", StringComparison.Ordinal)
        where name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length
        select KeyValuePair.Create(name[prefix.Length..], pair.Value!);

    /// <summary>
    /// The understood value of a variable, or <paramref name="fallback"/> where it is not set, or not understood (then
    /// <see cref="Errors"/> has a line more, which ends in <paramref name="allowed"/>).
    /// </summary>
    public T Read<T>(string variable, T fallback, Parser<T> parse, string allowed)
    {
        if (Text(variable) is not { } text)
            return fallback;
        if (parse(text, out var value))
            return value;
        Refuse(variable, text, allowed);
        return fallback;
    }

    /// <summary>Adds the line for a value that was not understood.</summary>
    public void Refuse(string variable, string text, string allowed)
    {
        var shown = ShortText.Of(text.ReplaceLineEndings(" "), 200);
        _errors.Add($"{variable}: '{shown}' cannot be understood; allowed is {allowed}.");
    }
}
