using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Qhana.Registry.Discovery;

/// <summary>
/// Looks at URLs during one run: each URL once, a bounded number of requests at once, a smaller number at one host, no more
/// at a host that keeps silent, and none while what was found waits to be stored.
/// </summary>
public sealed class RunnerScout(RunnerClient client, UrlMaps maps, PluginIntake intake, DiscoveryOptions options) : IDisposable
{
    // Beyond so many bytes nothing more is remembered, and what two seeds lead to is looked at twice.
    private const long MostRemembered = 32 << 20;

    private readonly SemaphoreSlim _requests = new(options.BatchSize);
    private readonly ConcurrentDictionary<string, Host> _hosts = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<Look>>> _looks = [];
    private long _remembered;

    /// <summary>Looks at a URL; the second time in a run that is what was seen the first time.</summary>
    public async Task<Look> LookAsync(string url, CancellationToken cancellationToken)
    {
        var look = _looks.GetOrAdd(url, _ => new Lazy<Task<Look>>(() => LookOnceAsync(url, cancellationToken)));
        try
        {
            // Another seed may have more time left for it than this one.
            return await look.Value.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody else's time was over, not ours.
            _looks.TryRemove(new KeyValuePair<string, Lazy<Task<Look>>>(url, look));
            return await LookAsync(url, cancellationToken);
        }
    }

    /// <summary>
    /// Looks at a URL, seen already or not, even where its host keeps silent; from now on this is what is there.
    /// </summary>
    public async Task<Look> LookAgainAsync(string url, CancellationToken cancellationToken)
    {
        var look = await LookAsync(url, insists: true, cancellationToken);
        if (IsWorthRemembering(look))
            _looks[url] = new Lazy<Task<Look>>(Task.FromResult(look));
        else
            _looks.TryRemove(url, out _);
        return look;
    }

    /// <summary>Forgets that there was nothing at a URL: whoever comes later may find something.</summary>
    public void ForgetFailure(string url)
    {
        if (_looks.TryGetValue(url, out var look) && look is { IsValueCreated: true, Value: { IsCompletedSuccessfully: true, Result: Look.Nothing } })
            _looks.TryRemove(new KeyValuePair<string, Lazy<Task<Look>>>(url, look));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _requests.Dispose();
        foreach (var host in _hosts.Values)
            host.Dispose();
    }

    private async Task<Look> LookOnceAsync(string url, CancellationToken cancellationToken)
    {
        var look = await LookAsync(url, insists: false, cancellationToken);
        if (!IsWorthRemembering(look))
            _looks.TryRemove(url, out _);
        return look;
    }

    private bool IsWorthRemembering(Look look)
    {
        if (Interlocked.Add(ref _remembered, look.Size) <= MostRemembered)
            return true;
        Interlocked.Add(ref _remembered, -look.Size);
        return false;
    }

    private async Task<Look> LookAsync(string url, bool insists, CancellationToken cancellationToken)
    {
        switch (await AskAsync(url, client.GetDocumentAsync, insists, cancellationToken))
        {
            case Fetched.Failed failure:
                return new Look.Nothing(failure.Reason, failure, failure is Fetched.Missing or Fetched.NobodyThere);
            case Fetched.Reached reached:
                using (reached)
                {
                    switch (RunnerParser.Parse(reached.Document.RootElement, maps.ForStorage(url)))
                    {
                        case RunnerDocument.IsPlugin(var plugin):
                            return new Look.APlugin(plugin, reached.Text.Bytes.Length);
                        case RunnerDocument.Unusable(var reason):
                            return new Look.Nothing(reason, null);
                    }
                }

                break;
        }

        return await LookAtListAsync(url.TrimEnd('/') + "/plugins", insists, cancellationToken);
    }

    private async Task<Look> LookAtListAsync(string url, bool insists, CancellationToken cancellationToken)
    {
        switch (await AskAsync(url, client.GetListAsync, insists, cancellationToken))
        {
            case Fetched.Failed failure:
                return new Look.Nothing($"neither a plugin nor a runner: {url}: {failure.Reason}", failure);
            case Fetched.Reached reached:
                using (reached)
                    return ReadList(reached.Document.RootElement, url);
            case var other:
                throw new UnreachableException(other.ToString());
        }
    }

    private static Look ReadList(JsonElement root, string url)
    {
        if (RunnerParser.ParseList(root, url, out var skipped) is not { } addresses)
            return new Look.Nothing($"neither a plugin nor a runner: {url} is no list of plugins", null);
        var runner = new Look.ARunner(addresses, skipped);
        if (addresses.Count > DiscoveryOptions.MaxPlugins)
            return new Look.Nothing($"lists more than {DiscoveryOptions.MaxPlugins} plugins", null);
        // Short references to a long URL become many long URLs.
        return runner.Size <= 2L * DiscoveryOptions.MaxDocumentBytes
            ? runner
            : new Look.Nothing($"lists more than {DiscoveryOptions.MaxDocumentBytes >> 20} MiB of URLs", null);
    }

    private async Task<Fetched> AskAsync(
        string url, Func<string, CancellationToken, Task<Fetched>> fetch, bool insists, CancellationToken cancellationToken)
    {
        var host = _hosts.GetOrAdd(HostOf(url), _ => new Host());
        // The host first: who waits for a slow host must not keep others from asking theirs.
        await host.Requests.WaitAsync(cancellationToken);
        try
        {
            if (host.IsSilent && !insists)
                return new Fetched.TimedOut("not asked: the host keeps silent");
            await intake.WaitForRoomAsync(cancellationToken);
            await _requests.WaitAsync(cancellationToken);
            try
            {
                var fetched = await fetch(url, cancellationToken);
                host.Note(fetched is Fetched.TimedOut or Fetched.NobodyThere);
                return fetched;
            }
            finally
            {
                _requests.Release();
            }
        }
        finally
        {
            host.Requests.Release();
        }
    }

    private static string HostOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Authority : url;

    private sealed class Host : IDisposable
    {
        private int _silence;

        public SemaphoreSlim Requests { get; } = new(DiscoveryOptions.RequestsPerHost);

        public bool IsSilent => Volatile.Read(ref _silence) >= DiscoveryOptions.MaxSilence;

        public void Note(bool silent)
        {
            if (silent)
                Interlocked.Increment(ref _silence);
            else
                Volatile.Write(ref _silence, 0);
        }

        public void Dispose() => Requests.Dispose();
    }
}
