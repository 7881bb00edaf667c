using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Localization;

namespace Qhana.Registry.Endpoints.Pages;

/// <summary>
/// A page for people: plain HTML that needs nothing from anywhere else, readable in light and dark. All texts are escaped.
/// </summary>
/// <param name="text">The texts in the language of the page.</param>
/// <param name="basePath">The prefix of the registry behind a proxy; empty without one.</param>
/// <param name="title">What the page is about.</param>
public sealed class HtmlPage(IStringLocalizer<PageText> text, PathString basePath, string title)
{
    private const string Style = """
        :root { color-scheme: light dark; }
        body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
        nav a { margin-right: 1rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); vertical-align: top; }
        td { white-space: nowrap; }
        td:first-child, td:last-child { white-space: normal; overflow-wrap: anywhere; min-width: 8rem; }
        code { font-size: .95em; }
        """;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _body = new();

    /// <summary>Adds a paragraph.</summary>
    public HtmlPage Paragraph(string content)
    {
        _body.Append("<p>").Append(Escape(content)).Append("</p>\n");
        return this;
    }

    /// <summary>Adds a list of links to paths of the registry.</summary>
    public HtmlPage LinkList(params IEnumerable<(string Path, string Content)> links)
    {
        _body.Append("<ul>\n");
        foreach (var (path, content) in links)
            _body.Append("<li>").Append(Link(basePath + path, content)).Append("</li>\n");
        _body.Append("</ul>\n");
        return this;
    }

    /// <summary>Adds a table; cells that are http or https URLs become links.</summary>
    public HtmlPage Table(IEnumerable<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        _body.Append("<table>\n<thead><tr>");
        foreach (var heading in headings)
            _body.Append("<th scope=\"col\">").Append(Escape(heading)).Append("</th>");
        _body.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in rows)
        {
            _body.Append("<tr>");
            foreach (var cell in row)
                _body.Append("<td>").Append(Data.WebUrl.IsAbsolute(cell) ? Link(cell, cell) : Escape(cell)).Append("</td>");
            _body.Append("</tr>\n");
        }

        _body.Append("</tbody>\n</table>\n");
        return this;
    }

    /// <summary>The answer that sends the page.</summary>
    public IResult ToResult() => TypedResults.Content($"""
        <!DOCTYPE html>
        <html lang="{CultureInfo.CurrentUICulture.Name}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Escape(title)} – {Escape(text["Product"])}</title>
        <style>
        {Style}
        </style>
        </head>
        <body>
        <nav><a href="{Escape(basePath + "/scalar/")}">{Escape(text["ApiDocumentation"])}</a><a href="{Escape(basePath + "/licenses/")}">{Escape(text["Licenses"])}</a></nav>
        <main>
        <h1>{Escape(title)}</h1>
        {_body}</main>
        </body>
        </html>

        """, "text/html", Encoding.UTF8);

    private static string Link(string href, string content) => $"<a href=\"{Escape(href)}\">{Escape(content)}</a>";

    private static string Escape(string content) => Encoder.Encode(content);
}
