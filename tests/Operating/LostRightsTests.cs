using System.Net.Http.Json;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>A folder of the database that the running registry may not enter any more, as after a wrong chmod.</summary>
public sealed class LostRightsTests : IDisposable
{
    private const UnixFileMode Enterable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TestFolder _folder = new();
    private readonly string _data;

    public LostRightsTests() => _data = Directory.CreateDirectory(_folder.File("data")).FullName;

    [Fact]
    public async Task It_Says_That_It_Cannot_Write_And_Reads_On_Until_The_Rights_Are_Back()
    {
        Assert.SkipWhen(Unix.BoundByRights is null, "Root may do everything here, and cannot lay that down.");
        using var registry = RegistryProcess.StartBy(
            Unix.BoundByRights!, _folder.Path, ("SQLALCHEMY_DATABASE_URI", $"sqlite:///{_data}/registry.db"));
        using var client = new HttpClient { BaseAddress = new Uri(await registry.OriginAsync()) };
        Assert.Equal(200, await SetAsync(client));
        Assert.Equal(200, await GetAsync(client, "/api/env/A/"));

        Protect(UnixFileMode.None);
        var (write, read, health) = (await SetAsync(client), await GetAsync(client, "/api/env/?x=unasked"), await GetAsync(client, "/health"));
        Protect(Enterable);
        var later = await SetAsync(client);

        Assert.Equal((503, 200, 503), (write, read, health));
        Assert.Equal(200, later);
        Assert.Equal(200, await GetAsync(client, "/health"));
        Assert.DoesNotContain(registry.Said, l => l.StartsWith("   at ", StringComparison.Ordinal));
        Assert.Equal(0, (await registry.TerminateAsync()).Exit.Code);
    }

    public void Dispose()
    {
        Protect(Enterable);
        _folder.Dispose();
    }

    private void Protect(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_data, mode);
    }

    private static async Task<int> SetAsync(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/api/env/", new { name = "A", value = "1" }, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    private static async Task<int> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }
}
