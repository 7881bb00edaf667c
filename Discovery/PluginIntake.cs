using System.Threading.Channels;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>
/// Takes in the plugins that a run finds and stores them in batches: a batch goes when it is full, or a moment after its
/// first plugin.
/// </summary>
public sealed class PluginIntake : IAsyncDisposable
{
    private readonly Channel<Entry> _entries;
    private readonly StoreBatch _store;
    private readonly DiscoveryOptions _options;
    private readonly TimeProvider _time;
    private readonly Task _worker;

    /// <summary>Stores a batch, or says what storing it would come to (see <see cref="PluginStore"/>).</summary>
    public delegate Task<IReadOnlyList<StoreOutcome>> StoreBatch(
        IReadOnlyList<FoundPlugin> found, DateTimeOffset now, Func<FoundPlugin, KnownPlugin, bool> mayMove);

    /// <summary>Starts to take in plugins.</summary>
    public PluginIntake(StoreBatch store, DiscoveryOptions options, TimeProvider time)
    {
        _store = store;
        _options = options;
        _time = time;
        _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(options.BatchSize) { SingleReader = true });
        _worker = WorkAsync();
    }

    /// <summary>Stores a plugin and says what came of it; fails where the database does.</summary>
    /// <param name="found">The plugin.</param>
    /// <param name="mayMove">Whether it may take the place of one that is stored with another URL.</param>
    public async Task<StoreOutcome> StoreAsync(FoundPlugin found, Func<KnownPlugin, bool> mayMove)
    {
        var entry = new Entry(found, mayMove, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _entries.Writer.WriteAsync(entry);
        return await entry.Outcome.Task;
    }

    /// <summary>
    /// Waits while a whole batch is waiting already: who fetches more than can be stored would only fill the memory.
    /// </summary>
    public async Task WaitForRoomAsync(CancellationToken cancellationToken) =>
        await _entries.Writer.WaitToWriteAsync(cancellationToken);

    /// <summary>Stores what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _worker;
    }

    private sealed record Entry(FoundPlugin Found, Func<KnownPlugin, bool> MayMove, TaskCompletionSource<StoreOutcome> Outcome)
    {
        public (string, string) Identity => (Found.Plugin.Identifier, Found.Plugin.Version);
    }

    private async Task WorkAsync()
    {
        var batch = new List<Entry>();
        while (await _entries.Reader.WaitToReadAsync())
        {
            await FillAsync(batch);
            // The same plugin twice must not be in one batch; each later one finds the earlier stored.
            while (batch.Count > 0)
            {
                var now = batch.DistinctBy(e => e.Identity).ToList();
                await StoreAsync(now);
                batch = [.. batch.Except(now)];
            }
        }
    }

    private async Task FillAsync(List<Entry> batch)
    {
        using var patience = new CancellationTokenSource(_options.BatchDelay);
        try
        {
            do
            {
                while (batch.Count < _options.BatchSize && _entries.Reader.TryRead(out var entry))
                    batch.Add(entry);
            }
            while (batch.Count < _options.BatchSize && await _entries.Reader.WaitToReadAsync(patience.Token));
        }
        catch (OperationCanceledException)
        {
            // Time is over: the batch goes as it is.
        }
    }

    private async Task StoreAsync(List<Entry> batch)
    {
        try
        {
            var byPlugin = new Dictionary<object, Func<KnownPlugin, bool>>(ReferenceEqualityComparer.Instance);
            foreach (var entry in batch)
                byPlugin[entry.Found] = entry.MayMove;
            var outcomes = await _store(
                [.. batch.Select(e => e.Found)], _time.GetUtcNow(), (found, known) => byPlugin[found](known));
            foreach (var (entry, outcome) in batch.Zip(outcomes))
                entry.Outcome.SetResult(outcome);
        }
#pragma warning disable CA1031 // Whatever it is, it belongs to those who wait for the batch.
        catch (Exception e)
#pragma warning restore CA1031
        {
            foreach (var entry in batch)
                entry.Outcome.SetException(e);
        }
    }
}
