using System.Diagnostics;
using Qhana.Registry.Benchmarks.Servers;

namespace Qhana.Registry.Benchmarks.Load;

/// <summary>
/// Keeps 16 connections to a server busy, each with one request at a time. Two threads with blocking sockets share them:
/// a thread goes from connection to connection, takes the answer and sends the next request, which takes two system calls
/// and no switch of threads for a request. So the server, not the client, is what is measured.
/// </summary>
public sealed class LoadGenerator : IDisposable
{
    private const int Threads = 2;
    private const int ConnectionsPerThread = 8;

    private readonly Worker[] _workers;

    /// <summary>Connects to the server.</summary>
    public LoadGenerator(ServerProcess server, RequestPlan plan) =>
        _workers = [.. Enumerable.Range(0, Threads).Select(_ => new Worker(server, plan.Begin(server.Host)))];

    /// <summary>Asks for a while; returns how many answers came a second.</summary>
    /// <exception cref="InvalidDataException">An answer was none of 200.</exception>
    public async Task<double> RunAsync(TimeSpan window)
    {
        var end = Stopwatch.GetTimestamp() + (long)(window.TotalSeconds * Stopwatch.Frequency);
        var counts = await Task.WhenAll(_workers.Select(worker => Task.Factory.StartNew(
            () => worker.RunUntil(end), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return counts.Sum() / window.TotalSeconds;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var worker in _workers)
            worker.Dispose();
    }

    private sealed class Worker(ServerProcess server, NextRequest next) : IDisposable
    {
        private readonly LoadConnection[] _connections =
            [.. Enumerable.Range(0, ConnectionsPerThread).Select(_ => new LoadConnection(server.Address))];

        /// <summary>Returns how many answers came in time; takes in those that are late, so that the next run begins clean.</summary>
        public long RunUntil(long end)
        {
            foreach (var connection in _connections)
                connection.Send(next());
            var inTime = 0L;
            while (true)
            {
                foreach (var connection in _connections)
                {
                    connection.Receive();
                    if (Stopwatch.GetTimestamp() >= end)
                    {
                        foreach (var late in _connections.Where(c => c != connection))
                            late.Receive();
                        return inTime;
                    }

                    inTime++;
                    connection.Send(next());
                }
            }
        }

        public void Dispose()
        {
            foreach (var connection in _connections)
                connection.Dispose();
        }
    }
}
