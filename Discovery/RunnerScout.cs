using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Qhana.Registry.Discovery;

/// <summary>
/// Looks at URLs during one run: each URL once, a bounded number of requests at once, a smaller number at one host, and
/// no more at a host that keeps silent.
/// </summary>
public sealed class RunnerScout(RunnerClient client, DiscoveryOptions options) : IDisposable
{
    private readonly SemaphoreSlim _requests = new(options.BatchSize);
    private readonly ConcurrentDictionary<string, Host> _hosts = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<Look>>> _looks = [];

    /// <summary>Looks at a URL; the second time in a run that is what was seen the first time.</summary>
    public async Task<Look> LookAsync(string url, CancellationToken cancellationToken)
    {
        var look = _looks.GetOrAdd(url, _ => new Lazy<Task<Look>>(() => LookAgainAsync(url, cancellationToken)));
        try
        {
            return await look.Value;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Somebody else's time was over, not ours.
            _looks.TryRemove(new KeyValuePair<string, Lazy<Task<Look>>>(url, look));
            return await LookAsync(url, cancellationToken);
        }
    }

    /// <summary>Looks at a URL, seen already or not.</summary>
    public async Task<Look> LookAgainAsync(string url, CancellationToken cancellationToken)
    {
        switch (await AskAsync(url, client.GetDocumentAsync, cancellationToken))
        {
            case Fetched.Failed failure:
                return new Look.Nothing(failure.Reason, failure, failure is Fetched.Missing or Fetched.NobodyThere);
            case Fetched.Reached reached:
                using (reached)
                {
                    switch (RunnerParser.Parse(reached.Document.RootElement, options.ToLocalhost.Apply(url)))
                    {
                        case RunnerDocument.IsPlugin(var plugin):
                            return new Look.APlugin(plugin);
                        case RunnerDocument.Unusable(var reason):
                            return new Look.Nothing(reason, null);
                    }
                }

                break;
        }

        return await LookAtListAsync(url.TrimEnd('/') + "/plugins", cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _requests.Dispose();
        foreach (var host in _hosts.Values)
            host.Dispose();
    }

    private async Task<Look> LookAtListAsync(string url, CancellationToken cancellationToken)
    {
        switch (await AskAsync(url, client.GetListAsync, cancellationToken))
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
        return addresses.Count <= DiscoveryOptions.MaxPlugins
            ? new Look.ARunner(addresses, skipped)
            : new Look.Nothing($"lists more than {DiscoveryOptions.MaxPlugins} plugins", null);
    }

    private async Task<Fetched> AskAsync(
        string url, Func<string, CancellationToken, Task<Fetched>> fetch, CancellationToken cancellationToken)
    {
        var host = _hosts.GetOrAdd(HostOf(url), _ => new Host());
        // The host first: who waits for a slow host must not keep others from asking theirs.
        await host.Requests.WaitAsync(cancellationToken);
        try
        {
            if (host.IsSilent)
                return new Fetched.TimedOut("not asked: the host keeps silent");
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
