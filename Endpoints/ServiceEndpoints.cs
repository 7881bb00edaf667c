using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints;

/// <summary>Services, by service id.</summary>
public static class ServiceEndpoints
{
    /// <summary>Maps <c>/api/services/</c>.</summary>
    public static void MapServices(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Routes.Services).WithTags("Services");

        group.MapMethods("/", ReadMethods.GetAndHead, ListServices)
            .WithName(nameof(ListServices))
            .WithSummary("List services")
            .Produces<ApiResponse<CursorPageData>>();
        group.MapPost("/", AddService)
            .WithName(nameof(AddService))
            .WithSummary("Add a service")
            .Produces<ApiResponse<NewData>>()
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapMethods("/{serviceId}/", ReadMethods.GetAndHead, GetService)
            .WithName(nameof(GetService))
            .WithSummary("One service")
            .Produces<ApiResponse<ServiceData>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{serviceId}/", UpdateService)
            .WithName(nameof(UpdateService))
            .WithSummary("Change a service")
            .WithDescription("The service id stays as it is.")
            .Produces<ApiResponse<ChangedData>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{serviceId}/", DeleteService)
            .WithName(nameof(DeleteService))
            .WithSummary("Delete a service")
            .WithDescription("A service that is not there is deleted already.")
            .Produces<ApiResponse<DeletedData>>();
    }

    private static async Task<IResult> ListServices(
        Query<ServiceListQuery> query, ServiceRepository services, Representations representations)
    {
        if (query.Problem is { } problem)
            return problem;
        var page = await services.ListAsync(query.Value.Page.Request, query.Value.ServiceIds);
        return new ApiResult<CursorPageData>(representations.ServicePage(query.Value.Page, page), Shown.Services);
    }

    private static async Task<IResult> AddService(
        Body<ServiceBody> body, ServiceRepository services, Representations representations)
    {
        if (body.Problem is { } problem)
            return problem;
        var (serviceId, name, description, url) = body.Value;
        return await services.AddAsync(serviceId, name, description, url) is { } service
            ? new ApiResult<NewData>(representations.NewService(service))
            : Problems.ServiceIdTaken(serviceId);
    }

    private static async Task<IResult> GetService(
        string serviceId, HttpContext context, ServiceRepository services, Representations representations) =>
        await services.FindAsync(PathText.LastSegment(context, serviceId)) is { } service
            ? new ApiResult<ServiceData>(representations.Service(service), Shown.Services)
            : Problems.NotFound("service");

    private static async Task<IResult> UpdateService(
        string serviceId, HttpContext context, Body<ServiceBody> body, ServiceRepository services,
        Representations representations)
    {
        if (body.Problem is { } problem)
            return problem;
        var id = PathText.LastSegment(context, serviceId);
        var (newId, name, description, url) = body.Value;
        if (newId != id)
            return Problems.OtherName("serviceId");
        return await services.UpdateAsync(id, name, description, url) is { } service
            ? new ApiResult<ChangedData>(representations.ChangedService(service))
            : Problems.NotFound("service");
    }

    private static async Task<IResult> DeleteService(
        string serviceId, HttpContext context, ServiceRepository services, Representations representations)
    {
        var id = PathText.LastSegment(context, serviceId);
        var service = await services.DeleteAsync(id);
        return new ApiResult<DeletedData>(representations.DeletedService(id, service?.Name ?? id));
    }

    internal sealed record ServiceListQuery(PageQuery Page, IReadOnlyCollection<string>? ServiceIds) : IQuery<ServiceListQuery>
    {
        public static IReadOnlyList<QueryParameter> Parameters =>
        [
            .. PageQuery.Parameters(ServiceRepository.Sorting),
            new("service-id", "string", "A service id, or several separated by commas."),
        ];

        public static ServiceListQuery Read(QueryReader reader)
        {
            // A single id counts as it is, blanks and all; only a list is taken apart.
            var text = reader.Text("service-id");
            var ids = text?.Contains(',', StringComparison.Ordinal) == true ? QueryReader.List(text) : text is null ? null : [text];
            var asked = ids?.Any(id => id.Length > 0) == true ? ids : null;
            var page = PageQuery.Read(
                reader, ServiceRepository.Sorting,
                new KeyValuePair<string, string?>("service-id", asked is null ? null : string.Join(',', asked)));
            return new ServiceListQuery(page, asked);
        }
    }
}

/// <summary>A service to add or change.</summary>
public sealed record ServiceBody(
    [property: Description("Unique."), MaxLength(TextLimits.Name), MinLength(1)] string ServiceId,
    [property: Description("Its name for people."), MaxLength(TextLimits.Name)] string Name,
    [property: Description("May be empty.")] string Description,
    [property: Description("Where it answers.")] string Url) : IBody<ServiceBody>
{
    /// <inheritdoc />
    public static ServiceBody Read(FieldReader reader) => new(
        reader.UrlName("serviceId", TextLimits.Name),
        reader.Text("name", TextLimits.Name),
        reader.Text("description"),
        reader.Text("url"));
}
