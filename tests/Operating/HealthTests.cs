using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>What those who watch over the registry are told.</summary>
public sealed class HealthTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task A_Healthy_Registry_Tells_Of_Its_Database_And_Its_Last_Discovery()
    {
        await using var runner = await FakeRunner.StartAsync();
        runner.Offers(PluginDocument.Of("a"), PluginDocument.Of("b"));
        var before = DateTimeOffset.UtcNow;
        await using var app = new RegistryApp()
            .With("PLUGIN_DISCOVERY_INTERVAL", "3600").With("INITIAL_PLUGIN_SEEDS", runner.Url);
        await app.HasAsync(2, "/api/plugins/");

        var answer = await Eventually.IsAsync(() => app.GetAsync("/health"), a => Instant(a, "nextDiscovery") > DateTimeOffset.UtcNow);

        Assert.Equal((200, "ok", "ok"), (answer.Code, (string)answer.Json["status"]!, (string)answer.Json["database"]!));
        Assert.Equal((2, 0), ((int)answer.Json["plugins"]!, (int)answer.Json["failingSeeds"]!));
        Assert.InRange(Instant(answer, "lastDiscovery")!.Value, before, DateTimeOffset.UtcNow);
        Assert.Equal(TimeSpan.FromHours(1), Instant(answer, "nextDiscovery") - Instant(answer, "lastDiscovery"));
    }

    [Fact]
    public async Task A_Seed_That_Fails_Is_Told_But_Is_No_Reason_To_Fail()
    {
        await using var runner = await FakeRunner.StartAsync();
        await using var app = new RegistryApp();
        await app.AddSeedAsync(runner.Url + "/nobody");
        await app.DiscoverAsync();

        var answer = await app.GetAsync("/health");

        Assert.Equal((200, 1), (answer.Code, (int)answer.Json["failingSeeds"]!));
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/")]
    [InlineData("/health/live")]
    public async Task Health_Answers_Head_And_Is_Never_Answered_From_A_Cache(string path)
    {
        await using var app = new RegistryApp();

        var head = await RawRequests.SendRawAsync(HttpMethod.Head, app.Origin + path);
        var get = await app.GetRawAsync(path);

        Assert.Equal((200, 200), (head.Code, get.Code));
        Assert.Equal("application/json", get.Header("Content-Type"));
        Assert.Null(get.Header("ETag"));
    }

    [Fact]
    public async Task A_File_That_Has_Become_Garbage_Makes_It_503_While_The_Process_Is_Alive()
    {
        await (await RegistryWithDataAsync()).DisposeAsync();
        await using var app = new RegistryApp().UseDatabase(_folder.File("registry.db"));
        Assert.Equal(200, (await app.GetAsync("/health")).Code);
        await LeaveFileAsync(app);
        await File.WriteAllTextAsync(app.DatabasePath, string.Concat(Enumerable.Repeat("This is no database. ", 1000)), TestContext.Current.CancellationToken);

        var health = await app.GetAsync("/health");
        var live = await app.GetAsync("/health/live");

        Assert.Equal((503, "failing", "failing"), (health.Code, (string)health.Json["status"]!, (string)health.Json["database"]!));
        Assert.Null(health.Json["plugins"]);
        Assert.DoesNotContain(app.DatabasePath, health.Text, StringComparison.Ordinal);
        Assert.Equal((200, "ok"), (live.Code, (string)live.Json["status"]!));
    }

    [Fact]
    public async Task A_File_That_Has_Vanished_Makes_It_503_At_Once()
    {
        await using var app = await RegistryWithDataAsync();
        foreach (var file in Directory.GetFiles(_folder.Path))
            File.Delete(file);

        var health = await app.GetAsync("/health");
        var live = await app.GetAsync("/health/live");

        Assert.Equal((503, "failing"), (health.Code, (string)health.Json["database"]!));
        Assert.Equal(200, live.Code);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_File_That_Was_Replaced_By_Garbage_Makes_It_503_At_Once()
    {
        await using var app = await RegistryWithDataAsync();
        foreach (var file in Directory.GetFiles(_folder.Path))
            File.Delete(file);
        await File.WriteAllTextAsync(app.DatabasePath, new string('x', 10_000), TestContext.Current.CancellationToken);

        var health = await app.GetAsync("/health");

        Assert.Equal((503, "failing"), (health.Code, (string)health.Json["database"]!));
    }

    [Fact]
    public async Task It_Is_Healthy_Again_When_The_File_Is_Back()
    {
        await using var app = await RegistryWithDataAsync();
        await LeaveFileAsync(app);
        File.Move(app.DatabasePath, _folder.File("aside.db"));
        var without = await app.GetAsync("/health");
        File.Move(_folder.File("aside.db"), app.DatabasePath);

        var with = await app.GetAsync("/health");

        Assert.Equal((503, 200), (without.Code, with.Code));
    }

    public void Dispose() => _folder.Dispose();

    private static DateTimeOffset? Instant(Answer answer, string name) => (DateTimeOffset?)answer.Json[name];

    private async Task<RegistryApp> RegistryWithDataAsync()
    {
        var app = new RegistryApp().UseDatabase(_folder.File("registry.db"));
        await app.PostAsync("/api/env/", new JsonObject { ["name"] = "A", ["value"] = "1" });
        Assert.Equal(200, (await app.GetAsync("/health")).Code);
        return app;
    }

    /// <summary>Has the registry close the connections that it reads by, as it does after some minutes without a request.</summary>
    private static async Task LeaveFileAsync(RegistryApp app)
    {
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync();
        SqliteConnection.ClearPool((SqliteConnection)connection);
    }
}
