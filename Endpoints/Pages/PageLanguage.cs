using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Qhana.Registry.Endpoints.Pages;

/// <summary>
/// Chooses the language of a page, English or German: by the header <c>lang</c>, as the original does, else by
/// Accept-Language (RFC 9110 section 12.5.4), else English.
/// </summary>
public sealed class PageLanguage : IEndpointFilter
{
    private static readonly CultureInfo[] Languages = [new("en"), new("de")];

    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Request.GetTypedHeaders();
        var wanted = headers.AcceptLanguage
            .Where(l => l.Quality is not 0)
            .OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.ToString());
        var language = Find([context.HttpContext.Request.Headers["lang"].ToString()]) ?? Find(wanted) ?? Languages[0];
        CultureInfo.CurrentUICulture = language;
        context.HttpContext.Response.Headers[HeaderNames.ContentLanguage] = language.Name;
        context.HttpContext.Response.Headers[HeaderNames.Vary] = "Accept-Language, lang";
        return await next(context);
    }

    private static CultureInfo? Find(IEnumerable<string> wanted) => wanted
        .Select(tag => Array.Find(Languages, l => tag.Split('-')[0].Equals(l.Name, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(l => l is not null);
}
