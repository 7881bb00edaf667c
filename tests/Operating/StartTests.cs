using System.Text.Json.Nodes;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Operating;

/// <summary>How the server starts, or does not, as a process of its own.</summary>
public sealed class StartTests : IDisposable
{
    private const string AnyPort = "--urls=http://127.0.0.1:0";

    private readonly TestFolder _folder = new();

    [Fact]
    public async Task A_Value_That_Cannot_Be_Understood_Stops_The_Start_At_Once_With_One_Line()
    {
        using var program = new RegistryProgram(_folder).With("PLUGIN_BATCH_SIZE", "many");

        var end = await program.RunAsync();

        Assert.Equal(1, end.Code);
        Assert.Equal("PLUGIN_BATCH_SIZE: 'many' cannot be understood; allowed is a whole number from 1 to 1000.\n", end.Errors);
        Assert.Equal("", end.Output);
        // A second on a machine that has nothing else to do.
        Assert.InRange(end.Duration, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Several_Values_That_Cannot_Be_Understood_Have_A_Line_Each_Wherever_They_Come_From()
    {
        await WriteAsync("appsettings.json", """{"RECOMMENDATION_LIMIT": 1000}""");
        using var program = new RegistryProgram(_folder, "--PLUGIN_PURGE_AFTER=soon")
            .With("URL_MAP_TO_LOCALHOST", """{"(": "x"}""").With("SERVER_PORT", "http").With("DEFAULT_LOG_LEVEL", "LOUD");

        var end = await program.RunAsync();

        Assert.Equal(1, end.Code);
        Assert.Equal(
            ["DEFAULT_LOG_LEVEL", "PLUGIN_PURGE_AFTER", "RECOMMENDATION_LIMIT", "SERVER_PORT", "URL_MAP_TO_LOCALHOST"],
            end.ErrorLines.Select(l => l.Split(':')[0]).Order(StringComparer.Ordinal));
        Assert.Equal("", end.Output);
    }

    [Fact]
    public async Task What_Is_In_Force_Is_Told_At_The_Start_In_A_Line_Each()
    {
        using var program = await new RegistryProgram(_folder, AnyPort)
            .With("SQLALCHEMY_DATABASE_URI", "sqlite:///data/relative.db")
            .With("PLUGIN_DISCOVERY_INTERVAL", "30 4 * * *").With("PLUGIN_PURGE_INTERVAL", "-1").With("PLUGIN_PURGE_AFTER", "auto")
            .With("INITIAL_PLUGIN_SEEDS", "http://127.0.0.1:9\nhttp://127.0.0.1:9/b")
            .With("URL_MAP_FROM_LOCALHOST", """{"localhost": "host", "127\\.0\\.0\\.2": "host"}""")
            .With("QHANA_ENV_NESTED__NAME", "deep")
            .ServeAsync();

        using var client = new HttpClient { BaseAddress = new Uri(program.Addresses.Single()) };
        var variable = await client.GetStringAsync("/api/env/NESTED__NAME/", TestContext.Current.CancellationToken);

        Assert.Equal("deep", (string)JsonNode.Parse(variable)!["data"]!["value"]!);
        Assert.True(File.Exists(_folder.File("data/relative.db")));
        string[] told =
        [
            $"Database: {_folder.File("data/relative.db")}", "Discovery: 30 4 * * *", "Purge: never, of plugins gone for 10 discovery intervals",
            "Seeds: 2", "URL maps: 2 rules from localhost, 0 to localhost",
        ];
        Assert.All(told, words => Assert.Single(program.Output.Split('\n'), line => line.Contains(words, StringComparison.Ordinal)));
        Assert.DoesNotContain("Not needed", program.Output, StringComparison.Ordinal);
        Assert.Equal("", program.Errors);
    }

    [Fact]
    public async Task Variables_Of_The_Original_That_Are_Not_Needed_Are_Named_Once()
    {
        string[] idle = ["BROKER_URL", "RESULT_BACKEND", "CELERY_QUEUE", "CONCURRENCY", "CONTAINER_MODE"];
        using var program = new RegistryProgram(_folder, AnyPort);
        foreach (var variable in idle)
            program.With(variable, "something");

        await program.ServeAsync();

        var line = Assert.Single(program.Output.Split('\n'), l => l.Contains("BROKER_URL", StringComparison.Ordinal));
        Assert.All(idle, variable => Assert.Contains(variable, line, StringComparison.Ordinal));
        Assert.DoesNotContain("something", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Command_Line_Wins_Over_The_Environment_And_That_Over_The_File()
    {
        await WriteAsync("appsettings.json", """{"PLUGIN_BATCH_SIZE": 11, "PLUGIN_DISCOVERY_INTERVAL": 111, "PLUGIN_PURGE_AFTER": "1111"}""");
        using var program = await new RegistryProgram(_folder, "--PLUGIN_BATCH_SIZE", "33", AnyPort)
            .With("PLUGIN_BATCH_SIZE", "22").With("PLUGIN_DISCOVERY_INTERVAL", "222")
            .ServeAsync();

        Assert.Contains("Discovery: every 222 s, 33 requests at once", program.Output, StringComparison.Ordinal);
        Assert.Contains("of plugins gone for 1111 s", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Variable_May_Stand_First_On_The_Command_Line_In_Each_Of_Asp_Nets_Ways()
    {
        using var program = await new RegistryProgram(_folder, "PLUGIN_BATCH_SIZE=44", "/PLUGIN_PURGE_AFTER=4444", AnyPort).ServeAsync();

        Assert.Contains("44 requests at once", program.Output, StringComparison.Ordinal);
        Assert.Contains("of plugins gone for 4444 s", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_Listens_On_Server_Port_On_All_Interfaces()
    {
        var port = RegistryProgram.FreePort();
        using var program = await new RegistryProgram(_folder).With("SERVER_PORT", $"{port}").ServeAsync();

        var answer = await RawRequests.GetRawAsync($"http://127.0.0.1:{port}/health/live");

        Assert.Equal(200, answer.Code);
        Assert.Contains(Assert.Single(program.Addresses), (string[])[$"http://[::]:{port}", $"http://0.0.0.0:{port}"]);
    }

    [Fact]
    public async Task It_Listens_On_All_Ports_That_Asp_Net_Is_Given_And_Has_No_Warnings()
    {
        var (first, second) = (RegistryProgram.FreePort(), RegistryProgram.FreePort());
        using var program = await new RegistryProgram(_folder).With("ASPNETCORE_HTTP_PORTS", $"{first};{second}").ServeAsync();

        Assert.Equal(200, (await RawRequests.GetRawAsync($"http://127.0.0.1:{first}/health/live")).Code);
        Assert.Equal(200, (await RawRequests.GetRawAsync($"http://127.0.0.1:{second}/health/live")).Code);
        Assert.DoesNotContain("warn:", program.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Port_That_Is_Taken_Stops_The_Start_With_One_Line()
    {
        var port = RegistryProgram.FreePort();
        using var first = await new RegistryProgram(_folder).With("SERVER_PORT", $"{port}").ServeAsync();
        using var second = new RegistryProgram(_folder).With("SERVER_PORT", $"{port}");

        await AssertRefusedAsync(second, $":{port}");
    }

    [Fact]
    public async Task A_Port_Of_Its_Own_That_Shall_Be_Passed_On_Stops_The_Start_With_One_Line()
    {
        var port = RegistryProgram.FreePort();
        using var program = new RegistryProgram(_folder, $"--urls=http://localhost:{port}").With("LOCALHOST_PROXY_PORTS", $":{port}");

        await AssertRefusedAsync(program, $":{port}");
    }

    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("ftp://localhost:5006", "ftp://localhost:5006")]
    [InlineData("http://localhost:70000", "port")]
    [InlineData("http://localhost:5006/base", "path base")]
    public async Task An_Address_That_Is_None_Stops_The_Start_With_One_Line(string address, string reason)
    {
        using var program = new RegistryProgram(_folder, $"--urls={address}");

        await AssertRefusedAsync(program, reason);
    }

    [Fact]
    public async Task A_Database_That_Only_Says_That_It_Is_The_Registrys_Stops_The_Start_With_One_Line()
    {
        TestDatabase.Execute(_folder.File("registry.db"), $"PRAGMA user_version = {DatabaseMigrator.CurrentVersion}");
        using var program = new RegistryProgram(_folder, AnyPort);

        await AssertRefusedAsync(program, "no such table");
    }

    [Fact]
    public async Task Metrics_And_Traces_Go_To_The_Collector_That_Is_Set()
    {
        await using var collector = await FakeRunner.StartAsync();
        var bodies = new Dictionary<string, string>();
        foreach (var path in (string[])["/v1/metrics", "/v1/traces"])
        {
            collector.Serves(path, async context =>
            {
                using var reader = new StreamReader(context.Request.Body, System.Text.Encoding.Latin1);
                var body = await reader.ReadToEndAsync(context.RequestAborted);
                lock (bodies)
                    bodies[path] = bodies.GetValueOrDefault(path) + body;
            });
        }

        using var program = await new RegistryProgram(_folder, AnyPort)
            .With("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url).With("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
            .With("OTEL_METRIC_EXPORT_INTERVAL", "100").With("OTEL_BSP_SCHEDULE_DELAY", "100")
            .With("INITIAL_PLUGIN_SEEDS", collector.Url)
            .ServeAsync();
        await RawRequests.GetRawAsync(program.Addresses.Single() + "/api/plugins/");

        await SaysAsync("/v1/metrics", "qhana-plugin-registry", "registry.plugins", "registry.discovery.seeds", "registry.discovery.duration");
        await SaysAsync("/v1/traces", "qhana-plugin-registry", "/api/plugins/");

        Task SaysAsync(string path, params string[] words) => Eventually.EqualsAsync("", () =>
        {
            lock (bodies)
                return string.Join(' ', words.Where(w => !bodies.GetValueOrDefault(path, "").Contains(w, StringComparison.Ordinal)));
        });
    }

    [Fact]
    public async Task Logs_Are_Json_By_The_Standard_Setting()
    {
        using var program = await new RegistryProgram(_folder, AnyPort).With("Logging__Console__FormatterName", "json").ServeAsync();

        var lines = program.Output[..program.Output.LastIndexOf('\n')].Split('\n');

        Assert.Contains(lines, l => ((string)JsonNode.Parse(l)!["Message"]!).StartsWith("Database: ", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task AssertRefusedAsync(RegistryProgram program, string reason)
    {
        var end = await program.RunAsync();

        Assert.Equal(1, end.Code);
        Assert.Contains(reason, Assert.Single(end.ErrorLines), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", end.Output, StringComparison.Ordinal);
    }

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(_folder.File(name), text, TestContext.Current.CancellationToken);
}
