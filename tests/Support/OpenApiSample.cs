using System.Text.Json.Nodes;

namespace Qhana.Registry.Tests.Support;

/// <summary>A registry with something of everything, and its OpenAPI document.</summary>
public sealed class OpenApiSample : IAsyncLifetime
{
    private FakeRunner? _runner;
    private OpenApiContract? _contract;

    /// <summary>The registry.</summary>
    public RegistryApp App { get; } = new();

    /// <summary>Its document.</summary>
    public OpenApiContract Contract => _contract!;

    /// <summary>The path of a template that has a group and a tab inside of it.</summary>
    public string Template { get; private set; } = "";

    /// <summary>A tab as clients send it.</summary>
    public static JsonObject Tab(string name, string location, string filter = "", string group = "") => new()
    {
        ["name"] = name,
        ["description"] = "",
        ["location"] = location,
        ["sortKey"] = 1,
        ["groupKey"] = group,
        ["filterString"] = filter,
    };

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _runner = await FakeRunner.StartAsync();
        _runner.Offers(PluginDocument.Of("mapper"), PluginDocument.Of("viewer", change: AddDependency));
        _runner.Serves("/plugins/broken/", "no JSON").Lists(_runner.Url + "/plugins/broken/");
        await App.AddSeedAsync(_runner.Url);
        await App.AddSeedAsync(_runner.Url + "/nobody/");
        await App.DiscoverAsync();
        await App.PostAsync("/api/services/", new JsonObject
        {
            ["serviceId"] = "backend",
            ["name"] = "Backend",
            ["description"] = "",
            ["url"] = "http://backend.test/",
        });
        await App.PostAsync("/api/env/", new JsonObject { ["name"] = "A/B", ["value"] = "" });
        var template = await App.PostAsync(
            "/api/templates/", new JsonObject { ["name"] = "All", ["description"] = "", ["tags"] = new JsonArray("a") });
        Template = new Uri((string)template.Data["new"]!["href"]!).AbsolutePath;
        await App.PostAsync(Template + "tabs/", Tab("Group", "experiment-navigation", group: "more"));
        await App.PostAsync(Template + "tabs/", Tab("Inside", "experiment-navigation.more", """{"tag": "test"}"""));
        _contract = await OpenApiContract.OfAsync(App);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _runner!.DisposeAsync();
    }

    private static void AddDependency(JsonObject plugin) => plugin["entryPoint"]!["pluginDependencies"] = new JsonArray(
        new JsonObject { ["parameter"] = "by", ["required"] = true, ["name"] = "mapper", ["tags"] = new JsonArray("!old") });
}
