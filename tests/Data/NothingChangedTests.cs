using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Qhana.Registry.Data;
using Qhana.Registry.Tests.Support;

namespace Qhana.Registry.Tests.Data;

/// <summary>Writes that find nothing to change leave every answer that is kept as it is.</summary>
public sealed class NothingChangedTests : IAsyncLifetime
{
    private readonly RegistryApp _app = new();

    public async ValueTask InitializeAsync()
    {
        await _app.PostAsync("/api/services/", Body("services"));
        await _app.AddSeedAsync("http://127.0.0.1:9/");
        await _app.AddTemplateAsync();
    }

    [Theory]
    [InlineData("DELETE", "seeds/4711/", 200)]
    [InlineData("DELETE", "services/none/", 200)]
    [InlineData("DELETE", "env/none/", 200)]
    [InlineData("DELETE", "templates/4711/", 200)]
    [InlineData("DELETE", "templates/1/tabs/4711/", 200)]
    [InlineData("PUT", "templates/4711/", 404)]
    [InlineData("POST", "services/", 409)]
    [InlineData("POST", "seeds/", 409)]
    public async Task No_Revision_Moves_On(string method, string path, int status)
    {
        var revisions = _app.Services.GetRequiredService<Revisions>();
        var before = revisions.Of(Shown.Everything);

        var answer = await _app.SendTextAsync(HttpMethod.Parse(method), "/api/" + path, Body(path.Split('/')[0]).ToJsonString());

        Assert.Equal(status, answer.Code);
        Assert.Equal(before, revisions.Of(Shown.Everything));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static JsonNode Body(string kind) => JsonNode.Parse(kind switch
    {
        "services" => """{"serviceId": "known", "name": "", "description": "", "url": ""}""",
        "seeds" => """{"url": "http://127.0.0.1:9/"}""",
        _ => """{"name": "T", "description": "", "tags": []}""",
    })!;
}
