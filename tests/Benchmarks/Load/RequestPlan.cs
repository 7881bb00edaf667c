using System.Text;

namespace Qhana.Registry.Benchmarks.Load;

/// <summary>Gives one request after another, as bytes ready to be sent. Called by one thread.</summary>
public delegate ReadOnlyMemory<byte> NextRequest();

/// <summary>What is asked of a server under load. Each thread of the load begins the plan for itself.</summary>
public sealed class RequestPlan
{
    // Of the whole process, so that no plan repeats what another one asked of the same server.
    private static long _last;

    private readonly Func<string, NextRequest> _begin;

    private RequestPlan(Func<string, NextRequest> begin) => _begin = begin;

    /// <summary>Always the same, in turn where it is more than one.</summary>
    public static RequestPlan Repeat(Subject subject) => new(host =>
    {
        var requests = subject.Targets.Select(target => ToBytes(host, target, subject.Headers)).ToArray();
        var i = 0;
        return () => requests[i++ % requests.Length];
    });

    /// <summary>Something else each time, so that no kept answer can be given.</summary>
    /// <param name="target">Makes path and query; the registry ignores the parameter <c>x</c> that is added.</param>
    public static RequestPlan Vary(Func<Random, string> target) => Vary(target, Subject.PlainHeaders);

    /// <summary>As the other overload, with the URLs of a subject in any order.</summary>
    public static RequestPlan Vary(Subject subject) =>
        Vary(random => subject.Targets[random.Next(subject.Targets.Count)], subject.Headers);

    private static RequestPlan Vary(Func<Random, string> target, IReadOnlyList<KeyValuePair<string, string>> headers) => new(host =>
    {
        var random = new Random(20240501);
        return () =>
        {
            var url = target(random);
            var separator = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            return ToBytes(host, $"{url}{separator}x={Interlocked.Increment(ref _last)}", headers);
        };
    });

    /// <summary>Begins the plan.</summary>
    /// <param name="host">The Host header.</param>
    public NextRequest Begin(string host) => _begin(host);

    /// <summary>A GET request.</summary>
    public static byte[] ToBytes(string host, string target, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var text = new StringBuilder($"GET {target} HTTP/1.1\r\nHost: {host}\r\n");
        foreach (var (name, value) in headers)
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.ASCII.GetBytes(text.Append("\r\n").ToString());
    }
}
