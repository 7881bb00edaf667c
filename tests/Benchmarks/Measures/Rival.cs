using Qhana.Registry.Benchmarks.Load;
using Qhana.Registry.Benchmarks.Servers;

namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>A registry with a number of plugins, and a bare Kestrel that sends the very same bytes.</summary>
/// <param name="Plugins">How many plugins it has.</param>
/// <param name="Registry">The registry.</param>
/// <param name="Bare">The bare Kestrel.</param>
public sealed record Rival(int Plugins, ServerProcess Registry, ServerProcess Bare) : IAsyncDisposable
{
    /// <summary>Starts both.</summary>
    public static async Task<Rival> StartAsync(Bench bench, int plugins, IEnumerable<Subject> subjects)
    {
        var registry = await bench.StartRegistryAsync(await bench.Databases.FileAsync(plugins));
        try
        {
            return new Rival(plugins, registry, await BareKestrel.StartCopyAsync(bench, registry, subjects));
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>Both, with the same to do.</summary>
    public IReadOnlyList<Contender> Contenders(Subject subject)
    {
        var plan = RequestPlan.Repeat(subject);
        return [new(Registry, plan), new(Bare, plan)];
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        await Bare.DisposeAsync();
    }
}
