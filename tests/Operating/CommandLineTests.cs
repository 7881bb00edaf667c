using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>Help, mistakes, and the commands that ask a server: export-openapi and health.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Fact]
    public async Task Help_Names_Every_Command_And_Each_Has_Help_Of_Its_Own()
    {
        var help = await RunAsync("--help");

        var commands = CommandLine().Matches(help.Output).Select(m => (Name: m.Groups[1].Value, Text: m.Groups[2].Value.Trim())).ToList();
        Assert.Equal(
            ["create-db", "discover", "drop-db", "export-openapi", "health", "preload-db", "purge"],
            commands.Select(c => c.Name).Order(StringComparer.Ordinal));
        foreach (var (name, text) in commands)
        {
            var own = await RunAsync(name, "--help");
            Assert.Equal((0, ""), (own.Code, own.Errors));
            Assert.Contains(text, own.Output, StringComparison.Ordinal);
            Assert.Matches($"Usage:\\s+\\S+ {name}", own.Output);
        }

        Assert.Equal(0, help.Code);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("server", "server")]
    [InlineData("create-db nonsense", "nonsense")]
    [InlineData("drop-db --no", "--no")]
    [InlineData("purge --dry-rum", "--dry-rum")]
    [InlineData("export-openapi", "export-openapi")]
    [InlineData("--nonsense", "--nonsense")]
    public async Task What_Is_Not_Understood_Is_An_Error_That_Names_It(string words, string named)
    {
        var end = await RunAsync(words.Split(' '));

        Assert.NotEqual(0, end.Code);
        Assert.Contains(end.ErrorLines, l => l.Contains(named, StringComparison.Ordinal));
        Assert.DoesNotContain(" at Qhana", end.Errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Export_Openapi_Writes_The_Document_That_The_Server_Has()
    {
        var end = await RunAsync("export-openapi", "api.json");

        await using var app = new RegistryApp();
        var served = (await app.GetAsync("/api/api-spec.json")).Json.AsObject();
        var exported = JsonNode.Parse(await File.ReadAllTextAsync(_folder.File("api.json"), TestContext.Current.CancellationToken))!.AsObject();
        served.Remove("servers");
        Assert.Equal((0, ""), (end.Code, end.Errors));
        Assert.Contains(_folder.File("api.json"), Assert.Single(end.OutputLines), StringComparison.Ordinal);
        Assert.NotNull(exported["paths"]!["/api/plugins/"]);
        // All but the server, which is gone by now.
        Assert.True(JsonNode.DeepEquals(served, exported));
        // It needs no database.
        Assert.Equal([_folder.File("api.json")], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_File_May_Be_Called_Like_The_Command()
    {
        var end = await RunAsync("export-openapi", "export-openapi");

        Assert.Equal((0, ""), (end.Code, end.Errors));
        Assert.True(File.Exists(_folder.File("export-openapi")));
    }

    [Fact]
    public async Task A_File_That_Cannot_Be_Written_Is_An_Error_In_One_Line()
    {
        var end = await RunAsync("export-openapi", "nowhere/api.json");

        Assert.NotEqual(0, end.Code);
        Assert.Contains("nowhere/api.json", Assert.Single(end.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_Is_Well_Where_A_Registry_Runs_And_Not_Where_None_Does()
    {
        var port = RegistryProgram.FreePort();
        using var server = await new RegistryProgram(_folder).With("SERVER_PORT", $"{port}").ServeAsync();

        var byPort = await HealthAsync("SERVER_PORT", $"{port}");
        var byUrl = await HealthAsync("ASPNETCORE_URLS", $"http://*:{port}");
        var none = await HealthAsync("SERVER_PORT", $"{RegistryProgram.FreePort()}");

        Assert.Equal((0, 0), (byPort.Code, byUrl.Code));
        Assert.Contains("\"database\":\"ok\"", byPort.Output, StringComparison.Ordinal);
        Assert.Equal(1, none.Code);
        Assert.Contains("does not answer", Assert.Single(none.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_Is_Not_Well_Where_The_Registry_Fails()
    {
        await using var failing = await FakeRunner.StartAsync();
        failing.Serves("/health", context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });

        var end = await HealthAsync("ASPNETCORE_URLS", failing.Url);

        Assert.Equal((1, "/health"), (end.Code, Assert.Single(failing.Requests)));
    }

    [Theory]
    [InlineData("health")]
    [InlineData("export-openapi api.json")]
    public async Task The_Proxy_Of_The_Environment_Is_Not_Asked_For_This_Machine(string words)
    {
        // Docker gives its containers the proxy of the machine.
        await using var healthy = await FakeRunner.StartAsync();
        healthy.Serves("/health", "{}");
        using var program = new RegistryProgram(_folder, words.Split(' ')).With("ASPNETCORE_URLS", healthy.Url)
            .With("HTTP_PROXY", "http://127.0.0.1:9").With("http_proxy", "http://127.0.0.1:9").With("NO_PROXY", "").With("no_proxy", "");

        var end = await program.RunAsync();

        Assert.Equal((0, ""), (end.Code, end.Errors));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ProgramEnd> RunAsync(params string[] words)
    {
        using var program = new RegistryProgram(_folder, words);
        return await program.RunAsync();
    }

    private async Task<ProgramEnd> HealthAsync(string variable, string value)
    {
        using var program = new RegistryProgram(_folder, "health").With(variable, value);
        return await program.RunAsync();
    }

    [GeneratedRegex("^  ([a-z]+(?:-[a-z]+)*)(?: <[A-Z]+>)?  +(\\S.*)$", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
