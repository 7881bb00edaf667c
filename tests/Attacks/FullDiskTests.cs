using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Attacks;

/// <summary>A disk without room: writes are refused, reads go on, nothing is lost, and all is well when there is room again.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int MostWrites = 200;

    private readonly TestFolder _folder = new();
    private readonly List<string> _acknowledged = [];
    private bool _isMounted;

    [Fact]
    public async Task A_File_That_May_Not_Grow_Takes_No_Writes_Until_It_May()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limits of a running process can be changed on Linux only.");
        // Memory for compiled code is a file to the kernel, too; that one must be able to grow.
        using var registry = RegistryProcess.StartBy(Unix.SurvivingFileLimits, _folder.Path, ("DOTNET_EnableWriteXorExecute", "0"));
        var origin = await registry.OriginAsync();

        await FillsUpAndRecoversAsync(
            registry, origin, () => Unix.LimitFiles(registry.Id, 800_000), () => Unix.LimitFiles(registry.Id, null));
    }

    [Fact]
    public async Task A_Disk_Without_Room_Takes_No_Writes_Until_There_Is_Some()
    {
        var disk = _folder.File("disk");
        Directory.CreateDirectory(disk);
        _isMounted = Environment.IsPrivilegedProcess && Unix.Run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk);
        if (!_isMounted)
            Assert.Skip("Nobody may mount a small disk here; the other test fills up a file.");
        using var registry = RegistryProcess.Start(disk);
        var origin = await registry.OriginAsync();

        await FillsUpAndRecoversAsync(registry, origin, () => FillDisk(disk), () => File.Delete(Path.Combine(disk, "filler")));
    }

    public void Dispose()
    {
        if (_isMounted)
            Unix.Run("umount", "--lazy", _folder.File("disk"));
        _folder.Dispose();
    }

    private async Task FillsUpAndRecoversAsync(RegistryProcess registry, string origin, Action takeRoom, Action giveRoom)
    {
        using var client = new HttpClient { BaseAddress = new Uri(origin) };
        Assert.Equal(200, await AddAsync(client));
        Assert.Equal((200, "ok", "ok"), await HealthAsync(client));

        takeRoom();
        var refused = await AddUntilRefusedAsync(client);

        Assert.Equal(503, refused);
        Assert.Equal(503, await AddAsync(client));
        Assert.Equal((200, "degraded", "not-writable"), await HealthAsync(client));
        await AllAreThereAsync(client);

        giveRoom();

        Assert.Equal(200, await AddAsync(client));
        Assert.Equal((200, "ok", "ok"), await HealthAsync(client));
        await AllAreThereAsync(client);
        // One line a minute says it; the disk that is full already shall not be filled with logs.
        Assert.Single(registry.Said, l => l.Contains(" fail:", StringComparison.Ordinal));
        var (exit, _) = await registry.TerminateAsync();
        Assert.Equal(0, exit.Code);
        IsWhole(registry.WorkingFolder);
    }

    private async Task<int> AddUntilRefusedAsync(HttpClient client)
    {
        for (var i = 0; i < MostWrites; i++)
        {
            if (await AddAsync(client) is not 200 and var code)
                return code;
        }

        return 200;
    }

    /// <summary>Adds a service that takes some room; what is refused is refused with a problem.</summary>
    private async Task<int> AddAsync(HttpClient client)
    {
        var id = $"{_acknowledged.Count}";
        using var response = await client.PostAsJsonAsync(
            "/api/services/", new { serviceId = id, name = id, description = new string('x', 50_000), url = "" }, TestContext.Current.CancellationToken);
        if (response.IsSuccessStatusCode)
        {
            _acknowledged.Add(id);
        }
        else
        {
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
            Assert.Equal((int)response.StatusCode, (int)(await JsonAsync(response))["status"]!);
        }

        return (int)response.StatusCode;
    }

    private static void FillDisk(string disk)
    {
        using var filler = File.Create(Path.Combine(disk, "filler"), bufferSize: 0);
        try
        {
            while (true)
                filler.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Now it is full.
        }
    }

    private static async Task<(int Code, string? Status, string? Database)> HealthAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/health", TestContext.Current.CancellationToken);
        var health = await JsonAsync(response);
        return ((int)response.StatusCode, (string?)health["status"], (string?)health["database"]);
    }

    /// <summary>Reads the list anew, and each thing by itself.</summary>
    private async Task AllAreThereAsync(HttpClient client)
    {
        using var list = await client.GetAsync($"/api/services/?item-count=100&x={Guid.NewGuid()}", TestContext.Current.CancellationToken);
        Assert.Equal(_acknowledged.Count, (int)(await JsonAsync(list))["data"]!["collectionSize"]!);
        foreach (var id in _acknowledged)
        {
            using var one = await client.GetAsync($"/api/services/{id}/", TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)one.StatusCode);
        }
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

    private void IsWhole(string folder)
    {
        var path = Path.Combine(folder, "registry.db");
        Assert.Equal("ok", TestDatabase.Query<string>(path, "PRAGMA integrity_check"));
        Assert.Equal(_acknowledged.Order(StringComparer.Ordinal), TestDatabase.QueryAll<string>(path, "SELECT service_id FROM service ORDER BY service_id"));
    }
}
