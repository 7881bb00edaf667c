using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;
using static Qhana.Registry.Tests.Support.RecommendationPlugins;

namespace Qhana.Registry.Tests.Api;

/// <summary>Recommendations with what the backend knows of an experiment.</summary>
public sealed class RecommendationContextTests : IAsyncLifetime
{
    private readonly RecommendationApp _app = new();

    public async ValueTask InitializeAsync()
    {
        await _app.InitializeAsync();
        // What the backend says shall count however slow the machine is.
        _app.With(options => options with { BackendTimeout = TimeSpan.FromSeconds(30) });
        _app.Backend
            .HasData(1, """{"entity/list": ["application/json"], "graph/taxonomy": ["application/zip"]}""")
            .HasData(2, "{}")
            .HasData(3, """{"entity/vector": ["application/json", "text/csv"]}""")
            .HasStep(1, 1, Step("costume-loader", "v0.2.1", "SUCCESS", "GOOD", "", "entity/list application/json"))
            .HasStep(1, 2, Step("wu-palmer", "1.0.0", "FAILURE", null, "entity/list application/json", ""))
            .HasStep(1, 3, Step("wu-palmer", "v7", "SUCCESS", "UNKNOWN", "entity/list application/json", "custom/element-similarities application/zip"))
            .HasStep(1, 4, Step("mds", "1.0.0", "PENDING", null, "entity/list application/json", ""))
            .HasStep(1, 5, Step("nobody", "v1", "SUCCESS", "UNUSABLE", "", "entity/vector application/json"));
    }

    // Each row is an answer of the original to these plugins and experiments.
    [Theory]
    [InlineData("experiment=1", new[] { "wu-palmer 1", "clean-delta 1", "any-juniper 1", "noinput-yarrow 1" })]
    [InlineData("experiment=1&step=1", new[] { "wu-palmer 5.5", "clean-delta 2", "any-juniper 1" })]
    [InlineData("experiment=1&step=2", new[] { "clean-delta 2", "any-juniper 2", "wu-palmer 1.5", "noinput-yarrow 1" })]
    [InlineData("experiment=1&step=3", new[] { "any-juniper 2", "clean-delta 1", "wu-palmer 0.5" })]
    [InlineData("experiment=1&step=4", new[] { "wu-palmer 1", "clean-delta 1", "any-juniper 1", "noinput-yarrow 1" })]
    [InlineData("experiment=1&step=5", new string[0])]
    [InlineData("experiment=1&step=99", new[] { "wu-palmer 1", "clean-delta 1", "any-juniper 1", "noinput-yarrow 1" })]
    [InlineData("experiment=2", new string[0])]
    [InlineData("experiment=3", new[] { "any-juniper 1", "conv-cedar 1", "kmeans-sable 1", "noinput-yarrow 1" })]
    [InlineData("experiment=99", new string[0])]
    [InlineData("experiment=1&data-type=entity/list&content-type=application/json", new[] { "clean-delta 1", "any-juniper 1", "wu-palmer 0.5" })]
    public async Task An_Experiment_And_Its_Step_Are_The_Context(string query, string[] expected)
    {
        await StoreAsync();

        var best = await _app.RecommendAsync(query + "&limit=100");

        Assert.Equal(expected, best);
    }

    [Theory]
    // The rules of wu-palmer instead of those of costume-loader; sym-max-mean lacks its input.
    [InlineData("experiment=1&step=1&plugin-id=2", new[] { "clean-delta 1", "any-juniper 1", "wu-palmer 0.5" })]
    // costume-loader instead of wu-palmer.
    [InlineData("experiment=1&step=3&plugin-id=5", new[] { "wu-palmer 5.5", "clean-delta 2", "any-juniper 2" })]
    // A plugin that nobody knows has no rules.
    [InlineData("experiment=1&step=1&plugin-id=4711", new[] { "clean-delta 1", "any-juniper 1", "wu-palmer 0.5" })]
    // A plugin is known, but the step failed.
    [InlineData("experiment=1&step=2&plugin-id=5", new[] { "clean-delta 2", "any-juniper 2", "wu-palmer 1.5", "noinput-yarrow 1" })]
    [InlineData("experiment=1&plugin-id=5", new[] { "wu-palmer 1", "clean-delta 1", "any-juniper 1", "noinput-yarrow 1" })]
    // The data of the caller beside those of the step.
    [InlineData("experiment=1&step=1&data-type=graph/taxonomy", new[] { "wu-palmer 6", "clean-delta 2", "any-juniper 2" })]
    public async Task What_The_Caller_Says_Overrides_What_The_Backend_Says(string query, string[] expected)
    {
        await StoreAsync();

        var best = await _app.RecommendAsync(query + "&limit=100");

        Assert.Equal(expected, best);
    }

    [Theory]
    [InlineData("""{"entity/*": ["*"]}""", new[] { "list", "vector", "none" })]
    [InlineData("""{"*": ["application/json"]}""", new[] { "list", "none" })]
    [InlineData("""{"entity/list": ["*/json"], "entity/vector": ["text/*"]}""", new[] { "list", "vector", "none" })]
    [InlineData("""{"entity/list": ["text/csv"]}""", new[] { "none" })]
    public async Task Available_Data_May_Have_Stars(string data, string[] expected)
    {
        await _app.SetBackendAsync(_app.Backend.HasData(7, data).Url);
        await _app.StoreAsync(
            Plugin("list").Takes("entity/list", "application/json"), Plugin("vector").Takes("entity/vector", "text/csv"), Plugin("none"));

        var best = await _app.RecommendAsync("experiment=7");

        Assert.Equal(expected.Select(e => e + " 1"), best);
    }

    [Fact]
    public async Task The_Processor_Of_A_Step_Is_Found_In_Its_Version_And_Otherwise_In_Another_One()
    {
        await _app.SetBackendAsync(_app.Backend
            .HasStep(8, 1, Step("wu-palmer", "2.0.0", "SUCCESS", "GOOD", "", ""))
            .HasStep(8, 2, Step("wu-palmer", "9.9.9", "SUCCESS", "GOOD", "", "")).Url);
        await _app.StoreAsync(Plugin("wu-palmer"), Plugin("wu-palmer", "2.0.0").Tagged("data-cleaning"), Plugin("sym-max-mean"));

        var exact = await _app.RecommendAsync("experiment=8&step=1");
        var other = await _app.RecommendAsync("experiment=8&step=2");

        // Version 2.0.0 is tagged, so wu-palmer itself comes next, too; the newest version stands for one that is not there.
        Assert.Equal(["wu-palmer 5", "wu-palmer (2.0.0) 5", "sym-max-mean 5"], exact);
        Assert.Equal(exact, other);
    }

    [Fact]
    public async Task The_Backend_Is_Asked_About_The_Experiment_And_The_Step_Only()
    {
        await _app.SetBackendAsync(_app.Backend.Url + "/");
        await _app.RecommendAsync("experiment=1");
        var first = _app.Backend.Requests;

        await _app.RecommendAsync("experiment=1&step=2");

        Assert.Equal(["/experiments/1/data-summary"], first);
        Assert.Equal(
            ["/experiments/1/data-summary", "/experiments/1/timeline/2"], _app.Backend.Requests.Skip(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_Backend_Is_Asked_Both_Questions_At_Once()
    {
        // Neither is answered before both have come.
        var both = new CountdownEvent(2);
        var asked = new TaskCompletionSource();
        _app.Backend
            .Answers(FakeBackend.DataPath(6), context => AnswerAsync(context, """{"entity/list": ["application/json"]}"""))
            .Answers(FakeBackend.StepPath(6, 1), context => AnswerAsync(context, Step("x", "1", "FAILURE", null, "entity/list application/json", "")));
        await StoreAsync();

        var best = await _app.RecommendAsync("experiment=6&step=1");

        Assert.Equal(["clean-delta 2", "any-juniper 2", "noinput-yarrow 1"], best);

        async Task AnswerAsync(Microsoft.AspNetCore.Http.HttpContext context, string text)
        {
            if (both.Signal())
                asked.SetResult();
            await asked.Task.WaitAsync(context.RequestAborted);
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, text, context.RequestAborted);
        }
    }

    [Fact]
    public async Task The_Url_Of_The_Backend_Is_Mapped_From_Localhost()
    {
        _app.With("URL_MAP_FROM_LOCALHOST", new JsonObject { [@"http://backend\.test(/api)?"] = _app.Backend.Url }.ToJsonString());
        await _app.SetBackendAsync("http://backend.test/api");
        await _app.StoreAsync(Plugin("none"));

        var best = await _app.RecommendAsync("experiment=1");

        Assert.Equal(["none 1"], best);
    }

    [Fact]
    public async Task A_Backend_That_Moves_Is_Asked_At_Its_New_Place()
    {
        await _app.SetBackendAsync("http://127.0.0.1:9");
        await _app.StoreAsync(Plugin("none"));
        await _app.RecommendAsync("experiment=1");

        await _app.Services.GetRequiredService<ServiceRepository>().UpdateAsync("qhana-backend", "Backend", "", _app.Backend.Url);

        Assert.Equal(["none 1"], await _app.RecommendAsync("experiment=1"));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task StoreAsync()
    {
        await _app.SetBackendAsync(_app.Backend.Url);
        await _app.StoreAsync(
            Plugin("load-umber").OfType("dataloader").Tagged("data-loading"),
            Plugin("wu-palmer").Takes("entity/list", "application/json").Takes("graph/taxonomy", "application/zip"),
            Plugin("clean-delta").Tagged("data-cleaning").Takes("entity/list", "application/json", "text/csv"),
            Plugin("sym-max-mean").Takes("custom/element-similarities", "application/zip").MayTake("entity/list", "application/json"),
            Plugin("costume-loader").OfType("dataloader").Tagged("data-loading", "MUSE"),
            Plugin("any-juniper").Takes("*", "*"),
            Plugin("vec-willow").Takes("entity/vector", "application/json").Takes("entity/label", "application/json"),
            Plugin("view-raven").OfType("visualization").Takes("entity/list", "application/json"),
            Plugin("conv-cedar").OfType("conversion").Takes("entity/*", "text/csv"),
            Plugin("mds").Tagged("scaling").Takes("custom/entity-distances", "application/json"),
            Plugin("kmeans-sable").Tagged("clustering").Takes("entity/vector", "application/json"),
            Plugin("noinput-yarrow"));
    }

    private static string Step(string processor, string version, string status, string? quality, string input, string output) => new JsonObject
    {
        ["processorName"] = processor,
        ["processorVersion"] = version,
        ["status"] = status,
        ["resultQuality"] = quality,
        ["inputData"] = Data(input),
        ["outputData"] = Data(output),
    }.ToJsonString();

    private static JsonArray Data(string types) => types.Split(' ') is [var dataType, var contentType]
        ? [new JsonObject { ["name"] = "a.json", ["type"] = dataType, ["contentType"] = contentType }]
        : [];
}
