using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Hypermedia;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints;

/// <summary>Environment variables of the platform, by name.</summary>
public static class EnvEndpoints
{
    /// <summary>Maps <c>/api/env/</c>.</summary>
    public static void MapEnv(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup(Routes.Env).WithTags("Env");

        group.MapMethods("/", ReadMethods.GetAndHead, ListEnv)
            .WithName(nameof(ListEnv))
            .WithSummary("List environment variables")
            .WithDescription("The list has no pages. With a name only that variable is shown; collectionSize is the number of all.")
            .Produces<ApiResponse<CursorPageData>>();
        group.MapPost("/", SetEnv)
            .WithName(nameof(SetEnv))
            .WithSummary("Set an environment variable, new or not")
            .Produces<ApiResponse<ChangedData>>();
        group.MapMethods("/{envId}/", ReadMethods.GetAndHead, GetEnv)
            .WithName(nameof(GetEnv))
            .WithSummary("One environment variable")
            .Produces<ApiResponse<EnvData>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapPut("/{envId}/", UpdateEnv)
            .WithName(nameof(UpdateEnv))
            .WithSummary("Change an environment variable")
            .WithDescription("The name stays as it is.")
            .Produces<ApiResponse<ChangedData>>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        group.MapDelete("/{envId}/", DeleteEnv)
            .WithName(nameof(DeleteEnv))
            .WithSummary("Delete an environment variable")
            .WithDescription("A variable that is not there is deleted already.")
            .Produces<ApiResponse<DeletedData>>();
    }

    private static async Task<IResult> ListEnv(Query<EnvListQuery> query, EnvRepository env, Representations representations)
    {
        var name = query.Value.Name;
        if (string.IsNullOrEmpty(name))
        {
            var all = await env.ListAsync();
            return new ApiResult<CursorPageData>(representations.EnvList(name, all, all.Count), Shown.Env);
        }

        IReadOnlyList<EnvRow> found = await env.FindAsync(name) is { } variable ? [variable] : [];
        return new ApiResult<CursorPageData>(representations.EnvList(name, found, await env.CountAsync()), Shown.Env);
    }

    private static async Task<IResult> SetEnv(Body<EnvBody> body, EnvRepository env, Representations representations)
    {
        if (body.Problem is { } problem)
            return problem;
        var variable = await env.SetAsync(body.Value.Name, body.Value.Value);
        return new ApiResult<ChangedData>(representations.SetEnv(variable));
    }

    private static async Task<IResult> GetEnv(
        string envId, HttpContext context, EnvRepository env, Representations representations) =>
        await env.FindAsync(PathText.LastSegment(context, envId)) is { } variable
            ? new ApiResult<EnvData>(representations.Env(variable), Shown.Env)
            : Problems.NotFound("environment variable");

    private static async Task<IResult> UpdateEnv(
        string envId, HttpContext context, Body<EnvBody> body, EnvRepository env, Representations representations)
    {
        if (body.Problem is { } problem)
            return problem;
        var name = PathText.LastSegment(context, envId);
        if (body.Value.Name != name)
            return Problems.OtherName("name");
        return await env.UpdateAsync(name, body.Value.Value)
            ? new ApiResult<ChangedData>(representations.ChangedEnv(new EnvRow(name, body.Value.Value)))
            : Problems.NotFound("environment variable");
    }

    private static async Task<IResult> DeleteEnv(
        string envId, HttpContext context, EnvRepository env, Representations representations)
    {
        var name = PathText.LastSegment(context, envId);
        await env.DeleteAsync(name);
        return new ApiResult<DeletedData>(representations.DeletedEnv(name));
    }

    internal sealed record EnvListQuery(string? Name) : IQuery<EnvListQuery>
    {
        public static IReadOnlyList<QueryParameter> Parameters => [new("name", "string", "Only the variable of this name.")];

        public static EnvListQuery Read(QueryReader reader) => new(reader.Text("name"));
    }
}

/// <summary>An environment variable to set.</summary>
public sealed record EnvBody(
    [property: Description("Unique."), MaxLength(TextLimits.Name), MinLength(1)] string Name,
    [property: Description("May be empty.")] string Value) : IBody<EnvBody>
{
    /// <inheritdoc />
    public static EnvBody Read(FieldReader reader) => new(
        reader.UrlName("name", TextLimits.Name),
        reader.Text("value"));
}
