using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>What there is at a URL, as discovery sees it.</summary>
public abstract record Look
{
    private Look()
    {
    }

    /// <summary>How much memory it takes, about, in bytes.</summary>
    public virtual long Size => 0;

    /// <summary>A plugin.</summary>
    /// <param name="Plugin">The plugin.</param>
    /// <param name="DocumentSize">How large its document was, in bytes.</param>
    public sealed record APlugin(Plugin Plugin, int DocumentSize) : Look
    {
        /// <inheritdoc />
        public override long Size => 2L * DocumentSize;
    }

    /// <summary>A runner.</summary>
    /// <param name="Addresses">The URLs on its list.</param>
    /// <param name="Skipped">How many entries of the list have no usable URL.</param>
    public sealed record ARunner(IReadOnlyList<string> Addresses, int Skipped) : Look
    {
        /// <inheritdoc />
        public override long Size => Addresses.Sum(a => 2L * a.Length);
    }

    /// <summary>Neither.</summary>
    /// <param name="Reason">Why, in one line.</param>
    /// <param name="Cause">What was fetched instead; null where a document was fetched that is neither.</param>
    /// <param name="IsGone">Whether the server says that nothing is there, or there is no server.</param>
    public sealed record Nothing(string Reason, Fetched.Failed? Cause, bool IsGone = false) : Look;
}
