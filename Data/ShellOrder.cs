using System.Text;

namespace Qhana.Registry.Data;

/// <summary>
/// The order of environment variables. A process sees its variables in no order of their own; the original is started by
/// a shell, which hands them on in the order of its hash table, and lists its environment collection in that order. Ours
/// does the same, so that the list looks the same, and is the same after every start.
/// </summary>
public static class ShellOrder
{
    // FNV-1 with 32 bits over 1024 buckets, as bash keeps its variables.
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;
    private const uint Buckets = 1024;

    /// <summary>Sorts things by the whole names of their variables.</summary>
    public static IEnumerable<T> Sort<T>(IEnumerable<T> items, Func<T, string> variable) =>
        items.OrderBy(item => Hash(variable(item)) % Buckets).ThenBy(variable, StringComparer.Ordinal);

    private static uint Hash(string name) =>
        Encoding.UTF8.GetBytes(name).Aggregate(OffsetBasis, (hash, octet) => unchecked(hash * Prime) ^ octet);
}
