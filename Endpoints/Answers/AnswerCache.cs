using System.Collections.Concurrent;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints.Answers;

/// <summary>What an answer depends on beside the data: all that a client can say that changes its bytes.</summary>
/// <param name="Scheme">Of the request.</param>
/// <param name="Host">Of the request.</param>
/// <param name="Prefix">Of the request, behind a proxy.</param>
/// <param name="Target">Path and query as they came.</param>
public readonly record struct AnswerKey(string Scheme, string Host, string Prefix, string Target);

/// <summary>
/// Keeps whole answers as long as what they show has not changed. An answer is kept with the revision of the data from
/// before it was made, and is worth nothing once that has moved on; so nobody reads a stale answer after a write was
/// acknowledged, not even one that was being made meanwhile. Bounded in memory; safe for use by many threads.
/// </summary>
/// <remarks>
/// ASP.NET's output cache knows of no revision: it forgets by tag, and an answer that is computed before a commit and
/// stored after the forgetting would stay. It also comes after routing, and compresses or tags nothing.
/// </remarks>
public sealed class AnswerCache(Revisions revisions)
{
    /// <summary>How much memory all answers together may take, in bytes.</summary>
    public const int MaxBytes = 48 << 20;

    private const int MaxAnswerBytes = 2 << 20;

    // How many questions are remembered to tell whether they come again; each takes 4 bytes.
    private const int Remembered = 1 << 14;

    private readonly int[] _asked = new int[Remembered];

    // Two generations: when the young one is full, it becomes the old one, and what was old and not asked for again goes.
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>The answer that is kept for a key and still true; null for none.</summary>
    public Answer? Find(in AnswerKey key)
    {
        if (_young.Entries.TryGetValue(key, out var entry))
            return entry.Revision == revisions.Of(entry.Shown) ? entry.Answer : null;
        if (!_old.Entries.TryGetValue(key, out entry) || entry.Revision != revisions.Of(entry.Shown))
            return null;
        Add(key, entry);
        return entry.Answer;
    }

    /// <summary>
    /// Whether this was asked before, not long ago; true by mistake now and then. What is asked but once, as when somebody
    /// pages through everything, is not worth the memory, nor what would have to go for it.
    /// </summary>
    public bool WasAskedBefore(in AnswerKey key)
    {
        var hash = key.GetHashCode();
        return Interlocked.Exchange(ref _asked[hash & (Remembered - 1)], hash) == hash;
    }

    /// <summary>Keeps an answer.</summary>
    /// <param name="key">What it is the answer to.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="shown">What it shows.</param>
    /// <param name="before">The revisions from before anything was read for it.</param>
    public void Keep(in AnswerKey key, Answer answer, Shown shown, RevisionSnapshot before)
    {
        if (answer.Size <= MaxAnswerBytes)
            Add(key, new Entry(answer, shown, before.Of(shown)));
    }

    private sealed record Entry(Answer Answer, Shown Shown, long Revision);

    private sealed class Generation
    {
        public ConcurrentDictionary<AnswerKey, Entry> Entries { get; } = new();

        public long Bytes;
    }

    private void Add(in AnswerKey key, Entry entry)
    {
        var young = _young;
        young.Entries[key] = entry;
        // Replaced entries count twice until the generation ends; that only ends it earlier.
        var size = entry.Answer.Size + (2 * key.Target.Length);
        if (Interlocked.Add(ref young.Bytes, size) <= MaxBytes / 2)
            return;
        lock (revisions)
        {
            if (_young == young)
            {
                _old = young;
                _young = new Generation();
            }
        }
    }
}
