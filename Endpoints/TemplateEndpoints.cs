using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints;

/// <summary>UI templates.</summary>
public static class TemplateEndpoints
{
    /// <summary>Maps <c>/api/templates/</c>.</summary>
    public static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Routes.Templates).WithTags("Templates");

        group.MapMethods("/", ReadMethods.GetAndHead, ListTemplates)
            .WithName(nameof(ListTemplates))
            .WithSummary("List UI templates")
            .Produces<ApiResponse<CursorPageData>>();
        group.MapPost("/", AddTemplate)
            .WithName(nameof(AddTemplate))
            .WithSummary("Add a UI template")
            .Produces<ApiResponse<NewData>>();
        group.MapMethods("/{templateId}/", ReadMethods.GetAndHead, GetTemplate)
            .WithName(nameof(GetTemplate))
            .WithSummary("One UI template")
            .Produces<ApiResponse<TemplateData>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{templateId}/", UpdateTemplate)
            .WithName(nameof(UpdateTemplate))
            .WithSummary("Change a UI template")
            .WithDescription("Its tabs stay as they are.")
            .Produces<ApiResponse<ChangedData>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{templateId}/", DeleteTemplate)
            .WithName(nameof(DeleteTemplate))
            .WithSummary("Delete a UI template")
            .WithDescription("Deletes its tabs, too. A template that is not there is deleted already.")
            .Produces<ApiResponse<DeletedData>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ListTemplates(
        Query<TemplateListQuery> query, TemplateRepository templates, TemplateRepresentations representations)
    {
        if (query.Problem is { } problem)
            return problem;
        var page = await templates.ListAsync(query.Value.Page.Request, query.Value.TemplateId);
        return new ApiResult<CursorPageData>(representations.TemplatePage(query.Value.Page, page), Shown.Templates);
    }

    private static async Task<IResult> AddTemplate(
        Body<TemplateBody> body, TemplateRepository templates, TemplateRepresentations representations)
    {
        if (body.Problem is { } problem)
            return problem;
        return new ApiResult<NewData>(representations.NewTemplate(await templates.AddAsync(body.Value.ToContent())));
    }

    private static async Task<IResult> GetTemplate(
        string templateId, TemplateRepository templates, TemplateRepresentations representations)
    {
        if (!WholeNumber.TryParseId(templateId, out var id))
            return Problems.MalformedId("template id", templateId);
        return await templates.FindAsync(id) is { } template
            ? new ApiResult<TemplateData>(representations.Template(template), Shown.Templates)
            : Problems.NotFound("template");
    }

    private static async Task<IResult> UpdateTemplate(
        string templateId, Body<TemplateBody> body, TemplateRepository templates, TemplateRepresentations representations)
    {
        if (!WholeNumber.TryParseId(templateId, out var id))
            return Problems.MalformedId("template id", templateId);
        if (body.Problem is { } problem)
            return problem;
        return await templates.UpdateAsync(id, body.Value.ToContent()) is { } template
            ? new ApiResult<ChangedData>(representations.ChangedTemplate(template))
            : Problems.NotFound("template");
    }

    private static async Task<IResult> DeleteTemplate(
        string templateId, TemplateRepository templates, TemplateRepresentations representations)
    {
        if (!WholeNumber.TryParseId(templateId, out var id))
            return Problems.MalformedId("template id", templateId);
        var name = await templates.DeleteAsync(id);
        return new ApiResult<DeletedData>(representations.DeletedTemplate(id, name ?? templateId));
    }

    internal sealed record TemplateListQuery(PageQuery Page, long? TemplateId) : IQuery<TemplateListQuery>
    {
        public static IReadOnlyList<QueryParameter> Parameters =>
        [
            .. PageQuery.Parameters(TemplateRepository.Sorting),
            new("template-id", "integer", "Only the template with this id."),
        ];

        public static TemplateListQuery Read(QueryReader reader)
        {
            var id = reader.Integer("template-id");
            var page = PageQuery.Read(
                reader, TemplateRepository.Sorting,
                new KeyValuePair<string, string?>("template-id", id?.ToString(CultureInfo.InvariantCulture)));
            return new TemplateListQuery(page, id);
        }
    }
}

/// <summary>A UI template to add or change.</summary>
public sealed record TemplateBody(
    [property: Description("Its name for people."), MaxLength(TextLimits.Name)] string Name,
    [property: Description("May be empty.")] string Description,
    [property: Description("May be empty.")] IReadOnlyList<string> Tags) : IBody<TemplateBody>
{
    /// <inheritdoc />
    public static TemplateBody Read(FieldReader reader) => new(
        reader.Text("name", TextLimits.Name), reader.Text("description"), reader.Texts("tags", TextLimits.Name));

    /// <summary>The same for the repository.</summary>
    public TemplateContent ToContent() => new(Name, Description, Tags);
}
