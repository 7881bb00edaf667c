using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Api;

/// <summary>What the OpenAPI document says, by itself. That answers are as it says is tested beside this.</summary>
public sealed class OpenApiTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private const string Url = "/api/api-spec.json";

    private static readonly string[] Components =
    [
        // The data of answers, by the names that links use.
        "CursorPage", "Discovery", "Env", "Plugin", "RecommendationCollection", "Root", "Seed", "Service", "Template",
        "TemplateGroup", "TemplateTab",
        // The data of answers to writes.
        "ChangedObject", "DeletedObject", "NewObject",
        // What these are made of.
        "ApiLink", "DataInput", "DataOutput", "EmbeddedAnswer", "EntryPoint", "PluginDependency", "SeedDiscovery", "SeedFailure",
        // Bodies of requests.
        "EnvBody", "SeedBody", "ServiceBody", "TabBody", "TemplateBody",
        // What goes wrong.
        "ProblemDetails", "ValidationProblem",
    ];

    [Fact]
    public async Task The_Document_Is_Json_And_Names_Its_Api()
    {
        var answer = await app.GetAsync(Url);

        Assert.Equal(200, answer.Code);
        Assert.Equal("application/json", answer.ContentType);
        Assert.StartsWith("3.1.", (string)answer.Json["openapi"]!, StringComparison.Ordinal);
        Assert.Equal("QHAna plugin registry", (string)answer.Json["info"]!["title"]!);
        Assert.Equal("Apache-2.0", (string)answer.Json["info"]!["license"]!["identifier"]!);
        Assert.Equal(
            typeof(Program).Assembly.GetName().Version!.ToString(3), (string)answer.Json["info"]!["version"]!);
        Assert.Contains("follow links", (string)answer.Json["info"]!["description"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Server_Is_The_One_That_Was_Asked()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url);
        request.Headers.Host = "registry.example:8443";

        var asked = await app.GetAsync(Url);
        var other = await Answer.ReadAsync(await app.Client.SendAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal(app.Origin, (string)Assert.Single(asked.Json["servers"]!.AsArray())!["url"]!);
        Assert.Equal("http://registry.example:8443", (string)Assert.Single(other.Json["servers"]!.AsArray())!["url"]!);
        Assert.DoesNotContain(app.Origin, other.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readers_Of_OpenApi_Find_Nothing_Wrong()
    {
        var answer = await app.GetAsync(Url);

        var read = OpenApiDocument.Parse(answer.Text, "json");

        Assert.Empty(read.Diagnostic!.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        Assert.NotEmpty(read.Document!.Paths);
    }

    [Fact]
    public async Task The_Components_Have_The_Names_That_Clients_Know()
    {
        var contract = await OpenApiContract.OfAsync(app);

        Assert.Equal(Components.Order(), contract.Schemas.Select(s => s.Key).Order());
        Assert.All(contract.Schemas, s => Assert.NotEmpty((string)s.Value!["description"]!));
        Assert.All(
            contract.Schemas.SelectMany(s => s.Value!["properties"]!.AsObject()),
            p => Assert.NotEmpty((string)p.Value!["description"]!));
    }

    [Fact]
    public async Task Every_Reference_Leads_Somewhere()
    {
        var contract = await OpenApiContract.OfAsync(app);

        var references = References(contract.Document).ToList();

        Assert.NotEmpty(references);
        Assert.All(references, r => Assert.NotNull(contract.Find(r)));
    }

    [Fact]
    public async Task Every_Operation_Is_Described()
    {
        var contract = await OpenApiContract.OfAsync(app);
        var tags = contract.Document["tags"]!.AsArray().ToDictionary(t => (string)t!["name"]!, t => (string)t!["description"]!);

        var operations = contract.Operations.ToList();

        Assert.Equal(operations.Count, operations.Select(o => (string)o.Operation["operationId"]!).Distinct().Count());
        Assert.All(tags.Values, Assert.NotEmpty);
        Assert.All(operations, o =>
        {
            Assert.EndsWith("/", o.Path, StringComparison.Ordinal);
            Assert.Contains(o.Method, (string[])["get", "post", "put", "delete"]);
            Assert.NotEmpty((string)o.Operation["summary"]!);
            Assert.Contains((string)Assert.Single(o.Operation["tags"]!.AsArray())!, tags.Keys);
            Assert.All(o.Operation["parameters"]?.AsArray() ?? [], AssertDescribed);
            Assert.All(o.Operation["responses"]!.AsObject(), r => AssertDescribed(r.Key, r.Value!));
        });
    }

    [Theory]
    [InlineData("get /api/", "200")]
    [InlineData("get /api/plugins/", "200 400 422")]
    [InlineData("post /api/plugins/", "204 422")]
    [InlineData("get /api/plugins/{pluginId}/", "200 400 404")]
    [InlineData("get /api/seeds/", "200 422")]
    [InlineData("post /api/seeds/", "200 400 409 422")]
    [InlineData("delete /api/seeds/{seedId}/", "200 400")]
    [InlineData("get /api/env/", "200")]
    [InlineData("put /api/services/{serviceId}/", "200 400 404 422")]
    [InlineData("post /api/templates/{templateId}/tabs/", "200 400 404 422")]
    [InlineData("get /api/templates/{templateId}/tabs/", "200 400 404")]
    [InlineData("get /api/recommendations/", "200 422")]
    [InlineData("get /api/discovery/", "200 422")]
    public async Task An_Operation_Tells_What_Can_Come_Back(string operation, string statuses)
    {
        var contract = await OpenApiContract.OfAsync(app);

        var (_, _, found) = contract.Operations.Single(o => $"{o.Method} {o.Path}" == operation);

        Assert.Equal($"{statuses} default", string.Join(' ', found["responses"]!.AsObject().Select(r => r.Key)));
    }

    [Fact]
    public async Task A_Parameter_Tells_Its_Range_And_Default()
    {
        var contract = await OpenApiContract.OfAsync(app);

        var (_, _, list) = contract.Operations.Single(o => o is { Method: "get", Path: "/api/plugins/" });
        var (_, _, announce) = contract.Operations.Single(o => o is { Method: "post", Path: "/api/plugins/" });

        Assert.Equal(
            """{"maximum":100,"minimum":1,"type":"integer","default":25}""", Parameter(list, "item-count")["schema"]!.ToJsonString());
        Assert.Equal("name,-version", (string)Parameter(list, "sort")["schema"]!["default"]!);
        Assert.Null(Parameter(list, "name")["required"]);
        Assert.True((bool)Parameter(announce, "url")["required"]!);
    }

    [Fact]
    public async Task A_Body_Tells_Its_Limits_And_What_May_Be_Missing()
    {
        var contract = await OpenApiContract.OfAsync(app);

        var tab = contract.Schemas["TabBody"]!;

        Assert.Equal(255, (int)tab["properties"]!["name"]!["maxLength"]!);
        Assert.Equal(
            ["name", "description", "location", "sortKey", "filterString"], tab["required"]!.AsArray().Select(r => (string)r!));
        Assert.Equal(["null", "string"], tab["properties"]!["icon"]!["type"]!.AsArray().Select(t => (string)t!));
        Assert.Equal("string", (string)tab["properties"]!["groupKey"]!["type"]!);
    }

    [Fact]
    public async Task The_Outcomes_Of_Discovery_Are_Written_As_Answers_Write_Them()
    {
        var contract = await OpenApiContract.OfAsync(app);

        var outcome = contract.Schemas["SeedDiscovery"]!["properties"]!["outcome"]!;

        Assert.Equal("string", (string)outcome["type"]!);
        Assert.Equal(
            ["ok", "partial", "unreachable", "not-a-runner", "timed-out", "failed"],
            outcome["enum"]!.AsArray().Select(v => (string)v!));
    }

    private static JsonNode Parameter(JsonNode operation, string name) =>
        operation["parameters"]!.AsArray().Single(p => (string)p!["name"]! == name)!;

    private static void AssertDescribed(JsonNode? parameter)
    {
        Assert.NotEmpty((string)parameter!["description"]!);
        Assert.Contains((string)parameter["in"]!, (string[])["path", "query"]);
        Assert.Contains((string)parameter["schema"]!["type"]!, (string[])["string", "integer", "number"]);
        if ((string)parameter["in"]! == "path")
            Assert.True((bool)parameter["required"]!);
    }

    private static void AssertDescribed(string status, JsonNode response)
    {
        if (status == "default")
        {
            Assert.Equal("#/components/responses/Problem", (string)response["$ref"]!);
            return;
        }

        Assert.NotEmpty((string)response["description"]!);
        if (status == "204")
            Assert.Null(response["content"]);
        else
            Assert.Equal(status == "200" ? "application/json" : "application/problem+json", Assert.Single(response["content"]!.AsObject()).Key);
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Key == "$ref" ? [(string)p.Value!] : References(p.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
