using System.Globalization;
using System.Text;
using Qhana.Registry.Data;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>
/// Makes every link of every answer; no other file builds a URL. Links begin with the scheme, host and prefix that the
/// request came in by.
/// </summary>
public sealed class Links(string origin)
{
    private readonly Dictionary<string, string> _schemas = [];

    private const string ItemCount = "item-count";
    private static readonly KeyValuePair<string, string>[] FirstPageQuery = [new(ItemCount, "25")];

    /// <summary>Scheme, host and prefix, without a slash at the end.</summary>
    public string Origin => origin;

    /// <summary>Links for the answer to a request.</summary>
    public static Links For(HttpRequest request)
    {
        // HTTP/1.0 may come without a Host header.
        var host = request.HttpContext.RequestServices.GetRequiredService<ServerOptions>().ServerName
            ?? (request.Host.HasValue ? request.Host.ToUriComponent() : null)
            ?? $"localhost:{request.HttpContext.Connection.LocalPort.ToString(CultureInfo.InvariantCulture)}";
        return new Links($"{request.Scheme}://{host}{request.PathBase.ToUriComponent()}");
    }

    /// <summary>The root of the API.</summary>
    public ApiLink Root(params string[] rels) => new(Url(Routes.Root), rels, ResourceTypes.Root) { Schema = Schema(Schemas.Root) };

    /// <summary>The first page of a list, without a sort of its own.</summary>
    public ApiLink FirstPage(Collection collection, params ReadOnlySpan<string> rels) =>
        Page(collection, FirstPageQuery, [.. rels, Rels.Collection, Rels.Page, "page-1", Rels.First]);

    /// <summary>A page of a list.</summary>
    public ApiLink Page(Collection collection, IReadOnlyList<KeyValuePair<string, string>> query, IReadOnlyList<string> rels) =>
        new(Url(collection.Route, query), rels, collection.ResourceType)
        {
            Schema = Schema(collection == Collection.Discovery ? Schemas.Discovery : Schemas.CursorPage),
            ResourceKey = query.ToDictionary(p => "?" + p.Key, p => p.Value),
        };

    /// <summary>Creates an item of a list.</summary>
    public ApiLink Create(Collection collection) => Page(collection, FirstPageQuery, [Rels.Create, Rels.Post]);

    /// <summary>Announces a plugin.</summary>
    public ApiLink AnnouncePlugin() => Whole(Routes.Plugins, ResourceTypes.Plugin, Schemas.CursorPage, Rels.Post);

    /// <summary>A plugin.</summary>
    public ApiLink Plugin(PluginRow plugin, params string[] rels) => Item(
        Routes.Plugins + Text(plugin.Id) + "/", ResourceTypes.Plugin, Schemas.Plugin, $"{plugin.Title} ({plugin.Version})",
        "pluginId", Text(plugin.Id), rels);

    /// <summary>A seed.</summary>
    public ApiLink Seed(SeedRow seed, params string[] rels) => Item(
        Routes.Seeds + Text(seed.Id) + "/", ResourceTypes.Seed, Schemas.Seed, seed.Url, "seedId", Text(seed.Id), rels);

    /// <summary>A service.</summary>
    public ApiLink Service(string serviceId, string name, params string[] rels) => Item(
        Routes.Services + UrlText.Segment(serviceId) + "/", ResourceTypes.Service, Schemas.Service, name,
        "serviceId", serviceId, rels);

    /// <summary>An environment variable.</summary>
    public ApiLink Env(string name, params string[] rels) => Item(
        Routes.Env + UrlText.Segment(name) + "/", ResourceTypes.Env, Schemas.Env, name, "envId", name, rels);

    /// <summary>The list of environment variables, which has no pages; the one of that name, where one is given.</summary>
    public ApiLink EnvList(string? name, params string[] rels)
    {
        if (name is null)
            return Whole(Routes.Env, ResourceTypes.Env, Schemas.CursorPage, rels);
        KeyValuePair<string, string>[] query = [new("name", name)];
        return new ApiLink(Url(Routes.Env, query), rels, ResourceTypes.Env)
        {
            Schema = Schema(Schemas.CursorPage),
            ResourceKey = new Dictionary<string, string> { ["?name"] = name },
        };
    }

    /// <summary>A UI template.</summary>
    public ApiLink Template(long id, string name, params string[] rels) => Item(
        Routes.Templates + Text(id) + "/", ResourceTypes.Template, Schemas.Template, name, "uiTemplateId", Text(id), rels);

    /// <summary>The list of all tabs of a template, under the URL that the original gives to it in links.</summary>
    public ApiLink AllTabs(long templateId, params string[] rels) =>
        TabsOf(templateId, FirstPageQuery, null, Schemas.CursorPage, rels);

    /// <summary>The list of all tabs of a template.</summary>
    public ApiLink TabList(long templateId) => TabsOf(templateId, [], null, Schemas.CursorPage, [Rels.Collection]);

    /// <summary>The tabs at one location of a template.</summary>
    public ApiLink TabGroup(long templateId, TabGroup group, params string[] rels) =>
        TabsOf(templateId, [new("group", group.Location)], group.Title, Schemas.TemplateGroup, rels);

    /// <summary>A tab.</summary>
    public ApiLink Tab(Tab tab, params string[] rels) =>
        new(Url(TabsPath(tab.TemplateId) + Text(tab.Id) + "/"), rels, ResourceTypes.Tab)
        {
            Schema = Schema(Schemas.TemplateTab),
            Name = tab.Name,
            ResourceKey = new Dictionary<string, string>
            {
                ["uiTemplateId"] = Text(tab.TemplateId),
                ["uiTemplateTabId"] = Text(tab.Id),
                ["?group"] = tab.Location,
            },
        };

    /// <summary>The plugins of a tab.</summary>
    public ApiLink TabPlugins(long tabId, params string[] rels) => Page(
        Collection.Plugins, [new("template-tab", Text(tabId))], [.. rels, Rels.Collection, Rels.Page, "page-1", Rels.First]);

    /// <summary>Recommended plugins.</summary>
    public ApiLink Recommendations(params string[] rels) =>
        Whole(Routes.Recommendations, ResourceTypes.Recommendation, Schemas.RecommendationCollection, rels);

    /// <summary>What discovery does.</summary>
    public ApiLink Discovery(params string[] rels) =>
        Whole(Routes.Discovery, ResourceTypes.Discovery, Schemas.Discovery, rels);

    private ApiLink TabsOf(
        long templateId, KeyValuePair<string, string>[] query, string? name, string schema, string[] rels) =>
        new(Url(TabsPath(templateId), query), rels, ResourceTypes.Tab)
        {
            Schema = Schema(schema),
            Name = name,
            ResourceKey = query.Select(p => KeyValuePair.Create("?" + p.Key, p.Value))
                .Append(new("uiTemplateId", Text(templateId)))
                .ToDictionary(),
        };

    private static string TabsPath(long templateId) => $"{Routes.Templates}{Text(templateId)}/tabs/";

    private ApiLink Whole(string route, string resourceType, string schema, params string[] rels) =>
        new(Url(route), rels, resourceType) { Schema = Schema(schema) };

    private ApiLink Item(
        string path, string resourceType, string schema, string name, string key, string id, string[] rels) =>
        new(Url(path), rels, resourceType)
        {
            Schema = Schema(schema),
            Name = name,
            ResourceKey = new Dictionary<string, string> { [key] = id },
        };

    private string Url(string path) => origin + path;

    private string Url(string path, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var url = new StringBuilder(origin).Append(path);
        for (var i = 0; i < query.Count; i++)
        {
            url.Append(i == 0 ? '?' : '&').Append(query[i].Key).Append('=').Append(UrlText.QueryValue(query[i].Value));
        }

        return url.ToString();
    }

    private string Schema(string name)
    {
        if (!_schemas.TryGetValue(name, out var url))
            _schemas[name] = url = $"{origin}{Routes.Specification}#/components/schemas/{name}";
        return url;
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
