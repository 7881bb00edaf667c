using System.Reflection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Qhana.Registry.Endpoints.Hypermedia;

namespace Qhana.Registry.Endpoints.Pages;

/// <summary>Pages for people: where the documentation is, the licenses, and in development what helps to find mistakes.</summary>
public static class PageEndpoints
{
    private const string Documentation = "scalar/";

    /// <summary>Maps the pages. The original's documentation URLs lead to ours.</summary>
    public static void MapPages(this WebApplication app)
    {
        var pages = app.MapGroup("").ExcludeFromDescription().AddEndpointFilter<PageLanguage>();
        pages.MapMethods("/", ReadMethods.GetAndHead, (HttpContext context) => ToDocumentation(context));
        foreach (var original in (string[])["/api/redoc/", "/api/rapidoc/", "/api/swagger-ui/"])
            pages.MapMethods(original, ReadMethods.GetAndHead, (HttpContext context) => ToDocumentation(context));
        pages.MapMethods("/licenses/", ReadMethods.GetAndHead, ShowLicenses);
        if (!app.Environment.IsDevelopment())
            return;
        pages.MapMethods("/debug/", ReadMethods.GetAndHead, ShowDebugging);
        pages.MapMethods("/debug/routes/", ReadMethods.GetAndHead, ShowRoutes);
    }

    private static RedirectHttpResult ToDocumentation(HttpContext context) =>
        TypedResults.Redirect($"{context.Request.PathBase}/{Documentation}");

    private static IResult ShowLicenses(HttpRequest request, IStringLocalizer<PageText> text)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("licenses.txt")!;
        using var reader = new StreamReader(stream);
        var packages = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim().Split('\t'));
        string[] platform = [".NET", Environment.Version.ToString(), "MIT", "https://dot.net/"];
        return new HtmlPage(text, request.PathBase, text["Licenses"])
            .Paragraph(text["OwnLicense"])
            .Paragraph(text["LicensesIntro"])
            .Table([text["Package"], text["Version"], text["License"], text["Link"]], packages.Prepend(platform))
            .ToResult();
    }

    private static IResult ShowDebugging(HttpRequest request, IStringLocalizer<PageText> text) => new HtmlPage(text, request.PathBase, text["Debug"])
        .Paragraph(text["DebugIntro"])
        .LinkList(
            ("/debug/routes/", text["Routes"]), ("/health", text["Health"]), (Routes.Discovery, text["Discovery"]))
        .ToResult();

    private static IResult ShowRoutes(HttpRequest request, IStringLocalizer<PageText> text, EndpointDataSource endpoints) =>
        new HtmlPage(text, request.PathBase, text["Routes"])
            .Paragraph(text["RoutesIntro"])
            .Table(
                [text["Route"], text["Methods"], text["Name"]],
                from endpoint in endpoints.Endpoints.OfType<RouteEndpoint>()
                let route = "/" + endpoint.RoutePattern.RawText?.TrimStart('/')
                let methods = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods
                let name = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? ""
                orderby route
                select (string[])[route, methods is null ? text["Any"] : string.Join(", ", methods), name])
            .ToResult();
}
