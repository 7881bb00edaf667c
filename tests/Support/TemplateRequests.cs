using System.Text;
using System.Text.Json.Nodes;

namespace Qhana.Registry.Tests.Support;

/// <summary>UI templates and tabs as clients send them, and the requests that most tests begin with.</summary>
public static class TemplateRequests
{
    /// <summary>A template.</summary>
    public static JsonObject Template(string name = "Template", string description = "", params ReadOnlySpan<string> tags) => new()
    {
        ["name"] = name,
        ["description"] = description,
        ["tags"] = new JsonArray([.. tags.ToArray().Select(t => (JsonNode)t)]),
    };

    /// <summary>A tab in the workspace; <paramref name="change"/> makes it another one.</summary>
    public static JsonObject Tab(string name, string filter = "", Action<JsonObject>? change = null)
    {
        var tab = new JsonObject
        {
            ["name"] = name,
            ["description"] = $"About {name}",
            ["icon"] = null,
            ["location"] = "workspace",
            ["sortKey"] = 0,
            ["groupKey"] = "",
            ["filterString"] = filter,
        };
        change?.Invoke(tab);
        return tab;
    }

    /// <summary>A tab at another location.</summary>
    public static JsonObject TabAt(string location, string name, int sortKey = 0, string groupKey = "") => Tab(name, "", tab =>
    {
        tab["location"] = location;
        tab["sortKey"] = sortKey;
        tab["groupKey"] = groupKey;
    });

    /// <summary>Adds a template and returns its URL.</summary>
    public static async Task<string> AddTemplateAsync(this RegistryApp app, string name = "Template")
    {
        var added = await app.PostAsync("/api/templates/", Template(name));
        Assert.Equal(200, added.Code);
        return (string)added.Data["new"]!["href"]!;
    }

    /// <summary>Adds a tab to a template and returns its URL.</summary>
    public static async Task<string> AddTabAsync(this RegistryApp app, string template, JsonObject tab)
    {
        var added = await app.PostAsync($"{template}tabs/", tab);
        Assert.Equal(200, added.Code);
        return (string)added.Data["new"]!["href"]!;
    }

    /// <summary>The identifiers of the plugins of a tab, as a client finds them: by the link that the tab has to them.</summary>
    public static async Task<IReadOnlyList<string>> PluginsOfTabAsync(this RegistryApp app, string tab)
    {
        var plugins = await app.FollowAsync(await app.GetAsync(tab), "plugin", "nav", "collection");
        Assert.Equal(200, plugins.Code);
        return [.. plugins.Embedded.Select(e => (string)e["data"]!["identifier"]!)];
    }

    /// <summary>POST of bytes that are said to be JSON.</summary>
    public static Task<Answer> SendBytesAsync(this RegistryApp app, HttpMethod method, string url, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");
        return app.SendAsync(method, url, content);
    }

    /// <summary>Bytes of a text in which ÿ stands for the byte 255, which never occurs in UTF-8.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
