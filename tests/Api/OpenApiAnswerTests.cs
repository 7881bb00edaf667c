using System.Globalization;
using System.Text.Json.Nodes;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>Real answers are as the OpenAPI document says.</summary>
public sealed class OpenApiAnswerTests(OpenApiSample sample) : IClassFixture<OpenApiSample>
{
    private RegistryApp App => sample.App;

    private OpenApiContract Contract => sample.Contract;

    [Fact]
    public async Task Whatever_Can_Be_Reached_From_The_Root_Is_As_Its_Schema_Says()
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>([App.Origin + "/api/"]);
        var schemas = new HashSet<string>();

        while (open.TryDequeue(out var url))
        {
            if (!seen.Add(url))
                continue;
            var answer = await App.GetAsync(url);
            schemas.Add(AssertRead(url, answer));
            foreach (var link in LinksIn(answer.Json).Where(l => !Answer.Rels(l).Any(r => r is "post" or "put" or "delete")))
                open.Enqueue((string)link["href"]!);
        }

        Assert.Equal(
            new[]
            {
                Schemas.Root, Schemas.Plugin, Schemas.Seed, Schemas.Service, Schemas.Env, Schemas.Template, Schemas.TemplateTab,
                Schemas.TemplateGroup, Schemas.CursorPage, Schemas.RecommendationCollection, Schemas.Discovery,
            }.Order(),
            schemas.Order());
    }

    [Fact]
    public async Task Answers_To_Writes_Are_As_Their_Schemas_Say()
    {
        await AssertWriteAsync("post", "/api/plugins/?url=http://nobody.test/", null);
        var seed = await AssertWriteAsync("post", "/api/seeds/", Fields("url", "http://127.0.0.1:9/"));
        await AssertWriteAsync("delete", NewPath(seed), null);
        var service = Fields("serviceId", "s/1", "name", "S", "description", "", "url", "");
        await AssertWriteAsync("post", "/api/services/", service);
        await AssertWriteAsync("put", "/api/services/s%2F1/", service);
        await AssertWriteAsync("delete", "/api/services/s%2F1/", null);
        await AssertWriteAsync("post", "/api/env/", Fields("name", "N", "value", "V"));
        await AssertWriteAsync("put", "/api/env/N/", Fields("name", "N", "value", ""));
        await AssertWriteAsync("delete", "/api/env/N/", null);
        var content = new JsonObject { ["name"] = "T", ["description"] = "", ["tags"] = new JsonArray() };
        var template = NewPath(await AssertWriteAsync("post", "/api/templates/", content));
        await AssertWriteAsync("put", template, content);
        var tab = NewPath(await AssertWriteAsync("post", template + "tabs/", OpenApiSample.Tab("Tab", "workspace", """{"tag": "x"}""")));
        await AssertWriteAsync("put", tab, OpenApiSample.Tab("Tab", "experiment-navigation", group: "g"));
        await AssertWriteAsync("delete", tab, null);
        await AssertWriteAsync("delete", template, null);
    }

    [Theory]
    [InlineData("get", "/api/seeds/?item-count=0", 422)]
    [InlineData("get", "/api/seeds/x/", 400)]
    [InlineData("get", "/api/seeds/99/", 404)]
    [InlineData("get", "/api/recommendations/?step=x", 422)]
    [InlineData("post", "/api/plugins/", 422)]
    [InlineData("post", "/api/seeds/", 422)]
    public async Task Problems_Are_As_Their_Schemas_Say(string method, string url, int status)
    {
        var body = method == "post" ? Content(new JsonObject { ["nonsense"] = 1 }) : null;

        var answer = await App.SendAsync(HttpMethod.Parse(method), url, body);

        Assert.Equal(status, answer.Code);
        AssertAnswer(method, url, answer);
        AssertAs(status == 422 ? "ValidationProblem" : "ProblemDetails", answer.Json);
    }

    [Fact]
    public async Task A_Group_Of_Tabs_And_The_List_Of_Them_Are_Both_Known()
    {
        var list = await App.GetAsync(sample.Template + "tabs/");
        var group = await App.GetAsync(sample.Template + "tabs/?group=experiment-navigation");

        Assert.Equal(Schemas.CursorPage, AssertRead(sample.Template + "tabs/", list));
        Assert.Equal(Schemas.TemplateGroup, AssertRead(sample.Template + "tabs/", group));
    }

    [Fact]
    public async Task The_Sample_Has_What_Is_Rare()
    {
        var discovery = await App.GetAsync("/api/discovery/");
        var viewer = (await App.GetAsync("/api/plugins/?name=viewer")).Embedded[0]["data"]!;

        Assert.Contains(discovery.Data["seeds"]!.AsArray(), s => s!["failures"]!.AsArray().Count > 0);
        Assert.NotEmpty(viewer["entryPoint"]!["pluginDependencies"]!.AsArray());
    }

    // The check of these tests finds what is wrong: each line breaks a plugin in one place.
    [Theory]
    [InlineData("title", null, "/title is missing")]
    [InlineData("title", "7", "/title is 7")]
    [InlineData("title", "null", "/title is null")]
    [InlineData("self", "[]", "/self is []")]
    [InlineData("self/name", "null", "/self/name is null")]
    [InlineData("tags", "[\"a\", 1]", "/tags/1 is 1")]
    [InlineData("entryPoint", "{}", "/entryPoint/href is missing")]
    [InlineData("self/resourceKey/pluginId", "3", "/self/resourceKey/pluginId is 3")]
    [InlineData("entryPoint/dataInput/0/required", "\"yes\"", "/entryPoint/dataInput/0/required is \"yes\"")]
    public async Task Wrong_Data_Is_Found(string path, string? json, string fault)
    {
        var plugin = (await App.GetAsync("/api/plugins/?name=mapper")).Embedded[0]["data"]!;
        AssertAs(Schemas.Plugin, plugin);

        Break(plugin, path.Split('/'), json);

        Assert.Contains(Faults(Schemas.Plugin, plugin), f => f.StartsWith(fault, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("outcome", "\"NotARunner\"")]
    [InlineData("outcome", "null")]
    [InlineData("durationMs", "0.5")]
    [InlineData("durationMs", "\"5\"")]
    public async Task A_Wrong_Outcome_Is_Found(string property, string json)
    {
        var seed = (await App.GetAsync("/api/discovery/")).Data["seeds"]![0]!;
        AssertAs("SeedDiscovery", seed);

        Break(seed, [property], json);

        Assert.NotEmpty(Faults("SeedDiscovery", seed));
    }

    private async Task<Answer> AssertWriteAsync(string method, string url, JsonObject? body)
    {
        var answer = await App.SendAsync(HttpMethod.Parse(method), url, body is null ? null : Content(body));
        Assert.InRange(answer.Code, 200, 204);
        if (answer.Code == 200)
            AssertAnswer(method, url, answer);
        else
            Assert.NotNull(Contract.Find($"#/paths/~1api~1plugins~1/{method}/responses/{answer.Code}"));
        return answer;
    }

    /// <summary>The answer is as its operation says, which knows this kind of data; returns the name of its schema.</summary>
    private string AssertRead(string url, Answer answer)
    {
        AssertAnswer("get", url, answer);
        var name = AssertData(answer.Json);
        var data = Contract.FindAnswer("get", PathOf(url), 200)!["properties"]!["data"]!;
        Assert.Contains(
            $"#/components/schemas/{name}", (data["anyOf"]?.AsArray() ?? [data.DeepClone()]).Select(s => (string)s!["$ref"]!));
        return name;
    }

    /// <summary>The whole answer is as its operation says, and so are the answers inside of it.</summary>
    private void AssertAnswer(string method, string url, Answer answer)
    {
        var schema = Contract.FindAnswer(method, PathOf(url), answer.Code);
        Assert.True(schema is not null, $"{method} {url} does not tell of {answer.Code}");
        Assert.Empty(Contract.Faults(answer.Json, schema));
        if (answer.Code != 200)
            return;
        foreach (var embedded in answer.Embedded)
            AssertData(embedded);
        foreach (var link in LinksIn(answer.Json))
            Assert.NotNull(Contract.Find((string)link["schema"]!));
    }

    /// <summary>The data is as the schema says to which the link to itself leads; returns the schema's name.</summary>
    private string AssertData(JsonNode answer)
    {
        var data = answer["data"]!;
        var link = (string)data["self"]!["schema"]!;
        Assert.StartsWith($"{App.Origin}/api/api-spec.json#/components/schemas/", link, StringComparison.Ordinal);
        var name = link[(link.LastIndexOf('/') + 1)..];
        AssertAs(name, data);
        return name;
    }

    /// <summary>The value is as the schema says, and has nothing of which the schema does not tell.</summary>
    private void AssertAs(string schema, JsonNode value)
    {
        Assert.Empty(Faults(schema, value));
        var properties = Contract.Schemas[schema]!["properties"]!.AsObject();
        Assert.All(value.AsObject().Where(p => p.Key != "traceId"), p => Assert.Contains(p.Key, properties));
    }

    private IReadOnlyList<string> Faults(string schema, JsonNode value) => Contract.Faults(value, Contract.Schemas[schema]!);

    /// <summary>Every link in an answer, wherever it is.</summary>
    private static IEnumerable<JsonNode> LinksIn(JsonNode? node) => node switch
    {
        JsonObject link when link.ContainsKey("resourceType") => [link],
        JsonObject map => map.SelectMany(p => LinksIn(p.Value)),
        JsonArray list => list.SelectMany(LinksIn),
        _ => [],
    };

    private static void Break(JsonNode data, string[] path, string? json)
    {
        var parent = path[..^1].Aggregate(data, (node, step) => node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!);
        if (json is null)
            parent.AsObject().Remove(path[^1]);
        else
            parent[path[^1]] = JsonNode.Parse(json);
    }

    private static JsonObject Fields(params string[] namesAndValues) =>
        new(namesAndValues.Chunk(2).Select(p => KeyValuePair.Create(p[0], (JsonNode?)p[1])));

    private static StringContent Content(JsonObject body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private string PathOf(string url) => new Uri(new Uri(App.Origin), url).AbsolutePath;

    private static string NewPath(Answer answer) => new Uri((string)answer.Data["new"]!["href"]!).AbsolutePath;
}
