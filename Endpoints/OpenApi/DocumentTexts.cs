using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Qhana.Registry.Endpoints.OpenApi;

/// <summary>What the document says about the API as a whole.</summary>
public static class DocumentTexts
{
    /// <summary>The name of the API, for people.</summary>
    public const string Title = "QHAna plugin registry";

    /// <summary>The name of the answer to whatever else can go wrong with any operation.</summary>
    public const string AnyProblem = "Problem";

    private const string Description = """
        The directory of the QHAna platform: the plugins that discovery finds at the seeds, and the services, environment
        variables, UI templates and recommendations that go with them.

        **Start at `/api/` and follow links; never build a URL.** Every answer has `links`, and `data` with a link to itself
        (`self`); many have `embedded`, the answers to requests that usually come next. A link has an `href`, its relations
        (`rel`, in no order) and a `resourceType`. The first link of an answer that has the relations and the type you look
        for is the one to follow. A link that changes something has its method among its relations: `post`, `put` or
        `delete`. Lists come in pages, which link to each other as `first`, `prev`, `next` and `last`.

        `resourceKey` identifies a resource in caches. `schema` is the JSON schema of the data behind a link: one of the
        schemas of this document.

        What goes wrong is told as problem details (RFC 9457), in words to act on.
        """;

    // In the order in which the document shows them.
    private static readonly (string Name, string Text)[] Tags =
    [
        ("Root", "Where every client starts."),
        ("Plugins", "The plugins that were found, with their entry points."),
        ("Seeds", "Where discovery starts: URLs of plugin runners, or of single plugins."),
        ("Services", "Services of the platform, such as its backend."),
        ("Env", "Environment variables of the platform."),
        ("Templates", "UI templates: which tabs the user interface has, and which plugins they show."),
        ("Template tabs", """
            The tabs of UI templates. A tab shows the plugins that match its filter at the moment: a JSON object with one key.
            `and` and `or` take a list of filters, `not` takes one. `tag` and `type` take a name, `id` takes
            `identifier@version` or the identifier alone, `version` takes a PEP 440 specifier set, and `name` takes a text
            that is like the title.
            """),
        ("Recommendations", "Plugins that suit what a user is doing."),
        ("Discovery", "What discovery does, and how it went for each seed."),
    ];

    /// <summary>Completes the document.</summary>
    public static Task TransformAsync(
        Microsoft.OpenApi.OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = Title,
            Version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3),
            Description = Description,
            License = new OpenApiLicense { Name = "Apache License 2.0", Identifier = "Apache-2.0" },
        };
        // The server depends on the request: see SpecificationText.
        document.Servers = null;
        document.Tags = Used(document.Tags);
        document.Paths = WithSlash(document.Paths);
        document.AddComponent(AnyProblem, ProblemAnswer(document));
        return Task.CompletedTask;
    }

    private static OpenApiResponse ProblemAnswer(Microsoft.OpenApi.OpenApiDocument document) => new()
    {
        Description = "Anything else that goes wrong, such as 503 while the database cannot be used.",
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document) },
        },
    };

    private static HashSet<OpenApiTag> Used(ISet<OpenApiTag>? used)
    {
        var names = (used ?? new HashSet<OpenApiTag>()).Select(t => t.Name).ToHashSet();
        return [.. Tags.Where(t => names.Contains(t.Name)).Select(t => new OpenApiTag { Name = t.Name, Description = t.Text })];
    }

    /// <summary>Every path answers with and without a slash at the end; links, and so the document, have it.</summary>
    private static OpenApiPaths WithSlash(OpenApiPaths paths)
    {
        var shown = new OpenApiPaths();
        foreach (var (path, item) in paths)
            shown.Add(path.EndsWith('/') ? path : path + "/", item);
        return shown;
    }
}
