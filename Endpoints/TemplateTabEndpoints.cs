using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints;

/// <summary>The tabs of a UI template; a changed filter is in force when the answer comes.</summary>
public static class TemplateTabEndpoints
{
    /// <summary>Maps <c>/api/templates/{id}/tabs/</c>.</summary>
    public static void MapTemplateTabs(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Routes.Templates + "{templateId}/tabs/").WithTags("Template tabs");

        group.MapMethods("/", ReadMethods.GetAndHead, ListTabs)
            .WithName(nameof(ListTabs))
            .WithSummary("List the tabs of a UI template")
            .WithDescription("All of them, or with a group those at one location, sorted by sortKey.")
            .Produces<ApiResponse<CursorPageData>>()
            .Produces<ApiResponse<TemplateGroupData>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPost("/", AddTab)
            .WithName(nameof(AddTab))
            .WithSummary("Add a tab to a UI template")
            .WithDescription("The answer embeds the template, too, since its groups may have changed.")
            .Produces<ApiResponse<NewData>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapMethods("/{tabId}/", ReadMethods.GetAndHead, GetTab)
            .WithName(nameof(GetTab))
            .WithSummary("One tab of a UI template")
            .Produces<ApiResponse<TemplateTabData>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{tabId}/", UpdateTab)
            .WithName(nameof(UpdateTab))
            .WithSummary("Change a tab of a UI template")
            .WithDescription("The tab shows the plugins that match the new filter as soon as the answer comes.")
            .Produces<ApiResponse<ChangedData>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{tabId}/", DeleteTab)
            .WithName(nameof(DeleteTab))
            .WithSummary("Delete a tab of a UI template")
            .WithDescription("A tab that is not there is deleted already.")
            .Produces<ApiResponse<DeletedData>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListTabs(
        string templateId, Query<TabListQuery> query, TemplateRepository templates, TabRepository tabs,
        TemplateRepresentations representations)
    {
        if (!WholeNumber.TryParseId(templateId, out var id))
            return Problems.MalformedId("template id", templateId);
        if (await templates.FindAsync(id) is not { } template)
            return Problems.NotFound("template");
        var all = await tabs.ListAsync(id);
        // Without a location there is no group; but a template with tabs at the empty location links to it, too.
        if (query.Value.Group is not { } location || (location.Length == 0 && all.All(t => t.Location.Length > 0)))
            return new ApiResult<CursorPageData>(representations.TabList(template, all), Shown.Templates);
        var group = TabGroup.At(location, all);
        return new ApiResult<TemplateGroupData>(
            representations.TabGroup(template, group, all.Where(t => t.Location == location)), Shown.Templates);
    }

    private static async Task<IResult> AddTab(
        string templateId, Body<TabBody> body, TemplateRepository templates, TabRepository tabs,
        TemplateRepresentations representations)
    {
        if (!WholeNumber.TryParseId(templateId, out var id))
            return Problems.MalformedId("template id", templateId);
        if (await templates.FindAsync(id) is null)
            return Problems.NotFound("template");
        if (body.Problem is { } problem)
            return problem;
        return await tabs.AddAsync(id, body.Value.ToContent()) is { } tab && await templates.FindAsync(id) is { } template
            ? new ApiResult<NewData>(representations.NewTab(template, tab))
            : Problems.NotFound("template");
    }

    private static async Task<IResult> GetTab(
        string templateId, string tabId, TabRepository tabs, TemplateRepresentations representations)
    {
        if (TabPath.Malformed(templateId, tabId, out var path) is { } malformed)
            return malformed;
        return await tabs.FindAsync(path.TemplateId, path.TabId) is { } tab
            ? new ApiResult<TemplateTabData>(representations.Tab(tab), Shown.Templates)
            : Problems.NotFound("tab");
    }

    private static async Task<IResult> UpdateTab(
        string templateId, string tabId, Body<TabBody> body, TemplateRepository templates, TabRepository tabs,
        TemplateRepresentations representations)
    {
        if (TabPath.Malformed(templateId, tabId, out var path) is { } malformed)
            return malformed;
        if (body.Problem is { } problem)
            return problem;
        return await tabs.UpdateAsync(path.TemplateId, path.TabId, body.Value.ToContent()) is { } tab
            && await templates.FindAsync(path.TemplateId) is { } template
            ? new ApiResult<ChangedData>(representations.ChangedTab(template, tab))
            : Problems.NotFound("tab");
    }

    private static async Task<IResult> DeleteTab(
        string templateId, string tabId, TemplateRepository templates, TabRepository tabs,
        TemplateRepresentations representations)
    {
        if (TabPath.Malformed(templateId, tabId, out var path) is { } malformed)
            return malformed;
        var deleted = await tabs.DeleteAsync(path.TemplateId, path.TabId);
        if (await templates.FindAsync(path.TemplateId) is not { } template)
            return Problems.NotFound("template");
        var tab = deleted ?? new Tab(path.TabId, path.TemplateId, tabId, "", null, "workspace", 0, "", "");
        return new ApiResult<DeletedData>(representations.DeletedTab(template, tab));
    }

    private readonly record struct TabPath(long TemplateId, long TabId)
    {
        /// <summary>The problem with the ids of a tab's path, or null.</summary>
        public static IResult? Malformed(string templateId, string tabId, out TabPath path)
        {
            path = default;
            if (!WholeNumber.TryParseId(templateId, out var template))
                return Problems.MalformedId("template id", templateId);
            if (!WholeNumber.TryParseId(tabId, out var tab))
                return Problems.MalformedId("tab id", tabId);
            path = new TabPath(template, tab);
            return null;
        }
    }

    internal sealed record TabListQuery(string? Group) : IQuery<TabListQuery>
    {
        public static IReadOnlyList<QueryParameter> Parameters =>
            [new("group", "string", "A location: only the tabs there, as a group.")];

        public static TabListQuery Read(QueryReader reader) => new(reader.Text("group"));
    }
}

/// <summary>A tab to add or change.</summary>
public sealed record TabBody(
    [property: Description("Its name for people."), MaxLength(TextLimits.Name)] string Name,
    [property: Description("May be empty.")] string Description,
    [property: Description("Null, empty or missing for none."), MaxLength(TextLimits.Icon)] string? Icon,
    [property: Description("Where the tab is; L.K is inside the group with key K at location L."), MaxLength(TextLimits.Name)] string Location,
    [property: Description("Orders the tabs of a template.")] long SortKey,
    [property: Description("The key of the group that the tab opens; empty or missing where it opens none."), MaxLength(TextLimits.GroupKey), DefaultValue("")] string GroupKey,
    [property: Description("A JSON object in the filter language, or empty; empty where the tab opens a group.")] string FilterString)
    : IBody<TabBody>
{
    /// <inheritdoc />
    public static TabBody Read(FieldReader reader)
    {
        var body = new TabBody(
            reader.Text("name", TextLimits.Name),
            reader.Text("description"),
            reader.OptionalText("icon", TextLimits.Icon),
            reader.Text("location", TextLimits.Name),
            reader.Integer("sortKey"),
            reader.TextOr("groupKey", "", TextLimits.GroupKey),
            reader.Text("filterString"));
        TabRules.Check(body.ToContent(), "filterString", isFromFile: false, reader.Errors);
        return body;
    }

    /// <summary>The same for the repository.</summary>
    public TabContent ToContent() => new(Name, Description, Icon, Location, SortKey, GroupKey, FilterString);
}
