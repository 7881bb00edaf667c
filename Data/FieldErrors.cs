namespace Qhana.Registry.Data;

/// <summary>What is wrong with a request, by field or parameter.</summary>
public sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> _messages = [];

    /// <summary>True where nothing is wrong.</summary>
    public bool IsEmpty => _messages.Count == 0;

    /// <summary>Adds a sentence about a field.</summary>
    public void Add(string field, string message)
    {
        if (!_messages.TryGetValue(field, out var messages))
            _messages[field] = messages = [];
        messages.Add(message);
    }

    /// <summary>The sentences, as a problem's <c>errors</c>.</summary>
    public Dictionary<string, string[]> ToDictionary() => _messages.ToDictionary(p => p.Key, p => p.Value.ToArray());
}
