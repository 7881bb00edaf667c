using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints;

/// <summary>Seeds: list, add (which wakes discovery), one, delete.</summary>
public static class SeedEndpoints
{
    /// <summary>Maps <c>/api/seeds/</c>.</summary>
    public static void MapSeeds(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Routes.Seeds).WithTags("Seeds");

        group.MapMethods("/", ReadMethods.GetAndHead, ListSeeds)
            .WithName(nameof(ListSeeds))
            .WithSummary("List seeds")
            .Produces<ApiResponse<CursorPageData>>();
        group.MapPost("/", AddSeed)
            .WithName(nameof(AddSeed))
            .WithSummary("Add a seed")
            .WithDescription("The seed is crawled at once; its plugins appear as they answer.")
            .Produces<ApiResponse<NewData>>()
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapMethods("/{seedId}/", ReadMethods.GetAndHead, GetSeed)
            .WithName(nameof(GetSeed))
            .WithSummary("One seed")
            .Produces<ApiResponse<SeedData>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{seedId}/", DeleteSeed)
            .WithName(nameof(DeleteSeed))
            .WithSummary("Delete a seed")
            .WithDescription("Deletes the plugins that were found through it, too. A seed that is not there is deleted already.")
            .Produces<ApiResponse<DeletedData>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ListSeeds(
        Query<SeedListQuery> query, SeedRepository seeds, Representations representations)
    {
        if (query.Problem is { } problem)
            return problem;
        var page = await seeds.ListAsync(query.Value.Page.Request);
        return new ApiResult<CursorPageData>(representations.SeedPage(query.Value.Page, page), Shown.Seeds);
    }

    private static async Task<IResult> AddSeed(
        Body<SeedBody> body, SeedRepository seeds, DiscoveryQueue queue, Representations representations)
    {
        if (body.Problem is { } problem)
            return problem;
        if (await seeds.AddAsync(body.Value.Url) is not { } seed)
            return Problems.SeedUrlTaken(body.Value.Url);
        queue.Enqueue(new SeedVisit(seed.Id, seed.Url));
        return new ApiResult<NewData>(representations.NewSeed(seed));
    }

    private static async Task<IResult> GetSeed(string seedId, SeedRepository seeds, Representations representations)
    {
        if (!WholeNumber.TryParseId(seedId, out var id))
            return Problems.MalformedId("seed id", seedId);
        return await seeds.FindAsync(id) is { } seed
            ? new ApiResult<SeedData>(representations.Seed(seed), Shown.Seeds)
            : Problems.NotFound("seed");
    }

    private static async Task<IResult> DeleteSeed(string seedId, SeedRepository seeds, Representations representations)
    {
        if (!WholeNumber.TryParseId(seedId, out var id))
            return Problems.MalformedId("seed id", seedId);
        var seed = await seeds.DeleteAsync(id) ?? new SeedRow(id, seedId);
        return new ApiResult<DeletedData>(representations.DeletedSeed(seed));
    }

    internal sealed record SeedListQuery(PageQuery Page) : IQuery<SeedListQuery>
    {
        public static IReadOnlyList<QueryParameter> Parameters => PageQuery.Parameters(SeedRepository.Sorting);

        public static SeedListQuery Read(QueryReader reader) => new(PageQuery.Read(reader, SeedRepository.Sorting));
    }
}

/// <summary>A seed to add.</summary>
/// <param name="Url">The absolute http(s) URL of a plugin runner or of one plugin.</param>
public sealed record SeedBody(
    [property: Description("The absolute http(s) URL of a plugin runner or of one plugin."), MaxLength(WebUrl.MaxLength)] string Url)
    : IBody<SeedBody>
{
    /// <inheritdoc />
    public static SeedBody Read(FieldReader reader)
    {
        var url = reader.Text("url", WebUrl.MaxLength);
        if (reader.Errors.IsEmpty && !WebUrl.IsAbsolute(url))
            reader.Errors.Add("url", "Must be an absolute http or https URL.");
        return new SeedBody(url);
    }
}
