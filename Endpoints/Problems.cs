using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Hypermedia;

namespace Qhana.Registry.Endpoints;

/// <summary>
/// Every problem that the registry answers with, by name, as RFC 9457 problem details with a sentence that the client can
/// act on. Nothing of our insides is told.
/// </summary>
public static class Problems
{
    /// <summary>400: the id in the path is none.</summary>
    public static IResult MalformedId(string name, string text) =>
        Problem(StatusCodes.Status400BadRequest, $"The {name} '{Shorten(text)}' is no id: ids are whole numbers from 0.");

    /// <summary>400: a parameter that must be a list of ids.</summary>
    public static IResult MalformedIds(string name) =>
        Problem(StatusCodes.Status400BadRequest, $"The parameter {name} must be an id or a list of ids separated by commas.");

    /// <summary>400: the body is no JSON.</summary>
    public static IResult MalformedJson(JsonException e) => Problem(
        StatusCodes.Status400BadRequest,
        e.LineNumber is { } line && e.BytePositionInLine is { } column
            ? $"The body is not JSON, or nested deeper than {Limits.BodyDepth}; it is readable up to line {line + 1}, byte {column}."
            : $"The body is not JSON, or nested deeper than {Limits.BodyDepth}.");

    /// <summary>400: the body is JSON, but names its fields in what is no Unicode.</summary>
    public static IResult UnreadableJson() =>
        Problem(StatusCodes.Status400BadRequest, "The body has field names that are not valid Unicode.");

    /// <summary>400: the name in the body is not the one in the path.</summary>
    public static IResult OtherName(string field) =>
        Problem(StatusCodes.Status400BadRequest, $"The field {field} must be the same as in the URL: it cannot be changed.");

    /// <summary>404: there is no such thing.</summary>
    public static IResult NotFound(string what) => Problem(StatusCodes.Status404NotFound, $"There is no such {what}.");

    /// <summary>409: the URL is a seed already.</summary>
    public static IResult SeedUrlTaken(string url) =>
        Problem(StatusCodes.Status409Conflict, $"The URL {Shorten(url)} is a seed already.");

    /// <summary>409: the service id is in use.</summary>
    public static IResult ServiceIdTaken(string serviceId) =>
        Problem(StatusCodes.Status409Conflict, $"The service id '{Shorten(serviceId)}' is in use already.");

    /// <summary>422: the body was not sent as JSON.</summary>
    public static IResult NotSentAsJson() => InvalidBody("The body must be JSON, sent with the header Content-Type: application/json.");

    /// <summary>422: the body is JSON, but no object.</summary>
    public static IResult NotAnObject() => InvalidBody("The body must be a JSON object.");

    /// <summary>422: fields or parameters are wrong; each is told.</summary>
    public static IResult Invalid(FieldErrors errors) => Invalid(errors, "Some fields or parameters are not accepted; see errors.");

    /// <summary>502: the host machine does not answer on a port that is passed on to it.</summary>
    public static IResult HostUnreachable(string host, string port) =>
        Problem(StatusCodes.Status502BadGateway, $"The host machine does not answer at {host}:{port}.");

    /// <summary>503: the database cannot be used at the moment.</summary>
    public static IResult DatabaseUnavailable() => Problem(
        StatusCodes.Status503ServiceUnavailable, "The registry's database cannot take this at the moment; nothing was changed.");

    /// <summary>429: more announced plugins are waiting than can be remembered.</summary>
    public static IResult TooManyAnnouncements() => Problem(
        StatusCodes.Status429TooManyRequests, "Too many announced plugins are waiting to be looked at; announce it again later.");

    /// <summary>413 and its like: the framework could not read the request.</summary>
    public static IResult UnreadableRequest(int status) => Problem(status, status == StatusCodes.Status413PayloadTooLarge
        ? $"The body must have at most {Limits.Body} bytes."
        : "The request could not be read.");

    /// <summary>What no endpoint answers: 404 for a path that there is none at, 405 for a method that it does not take.</summary>
    public static IResult Unserved(HttpContext context) => (context.Response.StatusCode, context.Request) switch
    {
        (StatusCodes.Status404NotFound, var request) =>
            Problem(StatusCodes.Status404NotFound, $"There is nothing at {Shorten(request.Path)}; the API begins at {Routes.Root}."),
        (StatusCodes.Status405MethodNotAllowed, var request) => Problem(
            StatusCodes.Status405MethodNotAllowed,
            $"{Shorten(request.Path)} does not take {Shorten(request.Method)}; it takes {context.Response.Headers.Allow}."),
        (var status, _) => UnreadableRequest(status),
    };

    private static ProblemHttpResult InvalidBody(string detail)
    {
        var errors = new FieldErrors();
        errors.Add("body", detail);
        return Invalid(errors, detail);
    }

    private static ProblemHttpResult Invalid(FieldErrors errors, string detail) =>
        TypedResults.Problem(new HttpValidationProblemDetails(errors.ToDictionary())
        {
            Status = StatusCodes.Status422UnprocessableEntity,
            Title = "Unprocessable Content",
            Detail = detail,
        });

    private static ProblemHttpResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);

    private static string Shorten(string text) => ShortText.Of(text, 100);
}
