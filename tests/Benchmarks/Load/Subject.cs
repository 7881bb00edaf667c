namespace Qhana.Registry.Benchmarks.Load;

/// <summary>What is read: one URL, or several in turn.</summary>
/// <param name="Name">For people.</param>
/// <param name="Targets">Paths and queries.</param>
public sealed record Subject(string Name, params IReadOnlyList<string> Targets)
{
    /// <summary>What a program sends.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> PlainHeaders { get; } = [new("Accept", "application/json")];

    /// <summary>The headers of each request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; private init; } = PlainHeaders;

    /// <summary>One plugin.</summary>
    public static Subject Plugin { get; } = new("one plugin", "/api/plugins/17/");

    /// <summary>The page that the web UI asks for.</summary>
    public static Subject PageOf25 { get; } = new("page of 25", "/api/plugins/?item-count=25");

    /// <summary>The root of the API.</summary>
    public static Subject Root { get; } = new("root", "/api/");

    /// <summary>What a recommendation is asked for with.</summary>
    public const string Recommendation = "/api/recommendations/?data-type=entity/list&content-type=application/json";

    /// <summary>Everything that is read over and over.</summary>
    public static IReadOnlyList<Subject> All { get; } =
    [
        Plugin,
        PageOf25,
        new("page of 100", "/api/plugins/?item-count=100"),
        Root,
        new("recommendations", Recommendation),
        PageLoad,
    ];

    /// <summary>The requests of one page load of the web UI, as a browser sends them.</summary>
    public static Subject PageLoad => new(
        "page load of the web UI",
        "/api/",
        "/api/seeds/?item-count=25",
        "/api/services/?item-count=25",
        "/api/services/?item-count=25&service-id=qhana-backend%2Clatex-renderer",
        "/api/env/",
        "/api/env/?name=UI_URL_MAP",
        "/api/env/?name=DEFAULT_UI_TEMPLATE",
        "/api/recommendations/",
        "/api/templates/?item-count=25",
        "/api/templates/?item-count=25&template-id=1",
        "/api/templates/1/",
        "/api/templates/1/tabs/?group=workspace",
        "/api/templates/1/tabs/?group=experiment-navigation",
        "/api/plugins/?item-count=25",
        "/api/plugins/?item-count=25&type=dataloader",
        "/api/plugins/?item-count=25&type=processing",
        "/api/plugins/?item-count=25&type=conversion",
        "/api/plugins/?item-count=25&type=visualization",
        "/api/plugins/?item-count=25&type=interaction",
        "/api/plugins/?item-count=25&template-tab=1")
    {
        Headers =
        [
            new("Accept", "application/json"),
            new("Accept-Encoding", "gzip, deflate, br, zstd"),
            new("Accept-Language", "en-US,en;q=0.9"),
            new("Origin", "http://localhost:4200"),
            new("Referer", "http://localhost:4200/"),
            new("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36"),
        ],
    };
}
