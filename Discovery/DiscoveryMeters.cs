using System.Diagnostics.Metrics;
using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery;

/// <summary>What can be measured of discovery: outcomes of seeds, how long they took, how many plugins are known.</summary>
public sealed class DiscoveryMeters
{
    /// <summary>The name of the meter.</summary>
    public const string Name = "Qhana.Registry";

    private readonly Counter<long> _seeds;
    private readonly Histogram<double> _duration;

    /// <summary>Makes the instruments.</summary>
    public DiscoveryMeters(IMeterFactory factory, PluginRepository plugins)
    {
        var meter = factory.Create(Name);
        _seeds = meter.CreateCounter<long>("registry.discovery.seeds", "{seed}", "Discoveries of seeds, by outcome.");
        _duration = meter.CreateHistogram<double>("registry.discovery.duration", "s", "How long the discovery of a seed took.");
        meter.CreateObservableGauge("registry.plugins", () => CountPlugins(plugins), "{plugin}", "Plugins known.");
    }

    /// <summary>Counts the discovery of a seed.</summary>
    public void Record(SeedOutcome outcome)
    {
        var kind = new KeyValuePair<string, object?>("outcome", outcome.Kind.ToString());
        _seeds.Add(1, kind);
        _duration.Record(outcome.Duration.TotalSeconds, kind);
    }

    private static IEnumerable<Measurement<int>> CountPlugins(PluginRepository plugins)
    {
        // Instruments are read synchronously; SQLite answers synchronously, too.
        var count = plugins.CountAsync();
        return count.IsCompletedSuccessfully ? [new Measurement<int>(count.Result)] : [];
    }
}
