using System.Text.Json;

namespace Qhana.Registry.Discovery;

/// <summary>
/// What came of asking for a URL. "Nobody is there", "it is not there" and "it could not be read" stay apart, because only
/// the first two say anything about a plugin.
/// </summary>
public abstract record Fetched
{
    private Fetched()
    {
    }

    /// <summary>A JSON document, to be read until it is disposed.</summary>
    public sealed record Reached(JsonDocument Document, DocumentBuffer Text) : Fetched, IDisposable
    {
        /// <inheritdoc />
        public void Dispose()
        {
            Document.Dispose();
            Text.Dispose();
        }
    }

    /// <summary>No document, with the reason in one line.</summary>
    public abstract record Failed(string Reason) : Fetched;

    /// <summary>The server says that there is nothing (404 or 410).</summary>
    public sealed record Missing(string Reason) : Failed(Reason);

    /// <summary>There is no server: the connection was refused, or the name has no address.</summary>
    public sealed record NobodyThere(string Reason) : Failed(Reason);

    /// <summary>There was no answer in time.</summary>
    public sealed record TimedOut(string Reason) : Failed(Reason);

    /// <summary>The server answered with an error, or broke off.</summary>
    public sealed record Broken(string Reason) : Failed(Reason);

    /// <summary>The answer is no JSON, or more of it than is read.</summary>
    public sealed record Unreadable(string Reason) : Failed(Reason);
}
