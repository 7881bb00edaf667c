using Microsoft.Extensions.Caching.Memory;

namespace Qhana.Registry.Data;

/// <summary>
/// Keeps lists that were computed from the data as long as nothing they depend on changes. Bounded; safe for use by many
/// threads.
/// </summary>
public sealed class RevisedCache(Revisions revisions) : IDisposable
{
    // Items kept in all lists together; at most 16 bytes each.
    private const int ItemsKept = 4_000_000;

    private readonly MemoryCache _lists = new(new MemoryCacheOptions { SizeLimit = ItemsKept });

    /// <summary>The list that is kept for a key and still true, or a new one.</summary>
    /// <param name="key">What is computed; equal for equal lists only.</param>
    /// <param name="shown">What it is computed from.</param>
    /// <param name="compute">Computes it.</param>
    public async Task<T[]> GetAsync<T>(string key, Shown shown, Func<Task<T[]>> compute)
    {
        // Taken before anything is read: a change in between makes the list look older than it is, never newer.
        var revision = revisions.Of(shown);
        if (_lists.TryGetValue(key, out Kept<T>? kept) && kept!.Revision == revision)
            return kept.Items;
        var items = await compute();
        _lists.Set(key, new Kept<T>(revision, items), new MemoryCacheEntryOptions { Size = items.Length + key.Length });
        return items;
    }

    /// <inheritdoc />
    public void Dispose() => _lists.Dispose();

    private sealed record Kept<T>(long Revision, T[] Items);
}
