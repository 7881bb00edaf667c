using Qhana.Registry.Data;
using Qhana.Registry.Discovery;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints;

/// <summary>Plugins: list with filters, one, and the announcement that one appeared or vanished.</summary>
public static class PluginEndpoints
{
    /// <summary>Maps <c>/api/plugins/</c>.</summary>
    public static void MapPlugins(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Routes.Plugins).WithTags("Plugins");

        group.MapMethods("/", ReadMethods.GetAndHead, ListPlugins)
            .WithName(nameof(ListPlugins))
            .WithSummary("List plugins")
            .WithDescription("All filters that are given must hold.")
            .Produces<ApiResponse<CursorPageData>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("/", AnnouncePlugin)
            .WithName(nameof(AnnouncePlugin))
            .WithSummary("Announce that a plugin appeared or vanished")
            .WithDescription("The URL is looked at now. Only URLs below a known seed are acted on, others are ignored.")
            .Produces(StatusCodes.Status204NoContent);
        group.MapMethods("/{pluginId}/", ReadMethods.GetAndHead, GetPlugin)
            .WithName(nameof(GetPlugin))
            .WithSummary("One plugin")
            .Produces<ApiResponse<PluginData>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListPlugins(
        Query<PluginListQuery> query, PluginRepository plugins, TimeProvider time, Representations representations)
    {
        if (query.Problem is { } problem)
            return problem;
        if (query.Value.MalformedIds)
            return Problems.MalformedIds("plugin-id");
        var page = await plugins.ListAsync(query.Value.Page.Request, query.Value.ToPluginQuery(time.GetUtcNow()));
        return new ApiResult<CursorPageData>(representations.PluginPage(query.Value.Page, page), query.Value.Shown);
    }

    private static async Task<IResult> AnnouncePlugin(Query<AnnounceQuery> query, PluginAnnouncements announcements)
    {
        if (query.Problem is { } problem)
            return problem;
        return await announcements.TryAnnounceAsync(query.Value.Url) ? TypedResults.NoContent() : Problems.TooManyAnnouncements();
    }

    private static async Task<IResult> GetPlugin(string pluginId, PluginRepository plugins, Representations representations)
    {
        if (!WholeNumber.TryParseId(pluginId, out var id))
            return Problems.MalformedId("plugin id", pluginId);
        return await plugins.FindAsync(id) is { } plugin
            ? new ApiResult<PluginData>(representations.Plugin(plugin), Shown.Plugins)
            : Problems.NotFound("plugin");
    }

    internal sealed record AnnounceQuery(string Url) : IQuery<AnnounceQuery>
    {
        public static IReadOnlyList<QueryParameter> Parameters =>
            [new("url", "string", "The API root of the plugin.", Required: true)];

        public static AnnounceQuery Read(QueryReader reader)
        {
            if (reader.Text("url") is { } url)
                return new AnnounceQuery(url);
            reader.Errors.Add("url", "Must be given.");
            return new AnnounceQuery("");
        }
    }
}
