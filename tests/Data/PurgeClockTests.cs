using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Data;

/// <summary>A purge after the clock of the machine was wrong once: one plugin was last available far in the future.</summary>
public sealed class PurgeClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(7);

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly RegistryApp _app;
    private long _seed;

    public PurgeClockTests() => _app = new RegistryApp().At(_time);

    public async ValueTask InitializeAsync()
    {
        _seed = await _app.AddSeedAsync("http://runner.test");
        await _app.StoreAsync(_seed, PluginDocument.Stored("a"), PluginDocument.Stored("future"));
        TestDatabase.Execute(_app.DatabasePath, """
            UPDATE plugin_availability SET last_available = '2999-01-01T00:00:00.0000000Z'
            WHERE plugin_id = (SELECT id FROM plugin WHERE identifier = 'future')
            """);
    }

    [Fact]
    public async Task What_Is_There_Now_Is_Not_Old_Because_Of_It()
    {
        var plugins = _app.Services.GetRequiredService<PluginRepository>();

        var stale = await plugins.CountStaleAsync(Age);
        var purged = await plugins.PurgeAsync(Age);

        Assert.Equal((0, 0), (stale, purged));
    }

    [Fact]
    public async Task What_Was_There_In_The_Future_Grows_Old_As_All_Others_Do()
    {
        var plugins = _app.Services.GetRequiredService<PluginRepository>();
        await plugins.PurgeAsync(Age);

        _time.Advance(Age + TimeSpan.FromSeconds(1));
        // Nobody has asked anybody since: a registry that has lost its network.
        Assert.Equal((0, 0), (await plugins.CountStaleAsync(Age), await plugins.PurgeAsync(Age)));
        await _app.StoreAsync(_seed, PluginDocument.Stored("new"));

        Assert.Equal((2, 2), (await plugins.CountStaleAsync(Age), await plugins.PurgeAsync(Age)));
        Assert.Equal(["The new (1.0.0)"], (await _app.GetAsync("/api/plugins/")).ItemNames);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
