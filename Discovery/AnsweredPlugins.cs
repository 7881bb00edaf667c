using System.Collections.Concurrent;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>The plugins that answered in a run, and where.</summary>
public sealed class AnsweredPlugins
{
    private readonly ConcurrentDictionary<(string Url, string Identifier, string Version), bool> _plugins = [];

    /// <summary>Notes that a plugin answered.</summary>
    public void Add(Plugin plugin) => _plugins[(plugin.Url, plugin.Identifier, plugin.Version)] = true;

    /// <summary>Whether this plugin answered at that URL.</summary>
    public bool Has(string url, Plugin plugin) => _plugins.ContainsKey((url, plugin.Identifier, plugin.Version));
}
