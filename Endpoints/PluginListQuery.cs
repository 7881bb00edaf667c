using System.Globalization;
using Qhana.Registry.Data;
using Qhana.Registry.Discovery.Matching;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints;

/// <summary>What a client asks of the list of plugins (CONTRACT section 3).</summary>
internal sealed record PluginListQuery : IQuery<PluginListQuery>
{
    private PluginQuery Query { get; init; } = new();

    private long? AvailablePeriod { get; init; }

    /// <summary>Which page, and what links to others repeat.</summary>
    public required PageQuery Page { get; init; }

    /// <summary>What the answer shows; null where it depends on the moment.</summary>
    public Shown? Shown => AvailablePeriod is null ? Query.Shown : null;

    /// <summary>True where plugin-id is neither an id nor a list of ids: 400, as in the original.</summary>
    public bool MalformedIds { get; private init; }

    /// <inheritdoc />
    public static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        .. PageQuery.Parameters(PluginRepository.Sorting),
        new("plugin-id", "string", "A plugin's id, or several separated by commas."),
        new("name", "string", "The identifier, exact."),
        new("version", "string", "A version, exact, or a PEP 440 specifier set with blanks or commas between its clauses."),
        new("url", "string", "The API root, exact."),
        new("type", "string", "The plugin type, exact."),
        new("tags", "string", "Tags separated by commas, all required; one that begins with an exclamation mark is forbidden."),
        new("input-data-type", "string", "The data type start/end of an input; a star stands for anything."),
        new("input-content-type", "string", "The content type start/end of the same input; a star stands for anything."),
        new("last-available-period", "integer", "Only plugins that were available in these last seconds; ignored where not above 0."),
        new("template-tab", "integer", "The id of a UI template tab; only the plugins that belong to it."),
    ];

    /// <inheritdoc />
    public static PluginListQuery Read(QueryReader reader)
    {
        var ids = Ids(reader.Text("plugin-id"), out var malformed);
        var period = reader.Integer("last-available-period") is > 0 and var seconds ? seconds : (long?)null;
        var tabId = reader.Integer("template-tab");
        var tags = QueryReader.List(reader.Text("tags")) ?? [];
        var query = new PluginQuery
        {
            Ids = ids,
            Name = reader.Text("name"),
            Url = reader.Text("url"),
            Type = reader.Text("type") is { Length: > 0 } type ? type : null,
            RequiredTags = [.. tags.Where(t => !t.StartsWith('!')).Distinct()],
            ForbiddenTags = [.. tags.Where(t => t.StartsWith('!')).Select(t => t.TrimStart('!')).Distinct()],
            InputDataType = reader.Text("input-data-type") is { } dataType ? MediaType.Parse(dataType) : null,
            InputContentType = reader.Text("input-content-type") is { } contentType ? MediaType.Parse(contentType) : null,
            TabId = tabId,
        };
        return new PluginListQuery
        {
            Query = WithVersion(query, reader),
            AvailablePeriod = period,
            MalformedIds = malformed,
            Page = PageQuery.Read(
                reader, PluginRepository.Sorting,
                new("plugin-id", reader.Text("plugin-id")),
                new("name", reader.Text("name")),
                new("version", reader.Text("version")),
                new("url", reader.Text("url")),
                new("type", reader.Text("type")),
                new("tags", reader.Text("tags")),
                new("input-data-type", reader.Text("input-data-type")),
                new("input-content-type", reader.Text("input-content-type")),
                new("last-available-period", period?.ToString(CultureInfo.InvariantCulture)),
                new("template-tab", tabId?.ToString(CultureInfo.InvariantCulture))),
        };
    }

    /// <summary>The same as a query of the repository.</summary>
    public PluginQuery ToPluginQuery(DateTimeOffset now)
    {
        if (AvailablePeriod is not { } seconds)
            return Query;
        var longest = (now - DateTimeOffset.MinValue).TotalSeconds;
        return Query with { AvailableSince = seconds >= longest ? DateTimeOffset.MinValue : now.AddSeconds(-seconds) };
    }

    private static List<long>? Ids(string? text, out bool malformed)
    {
        malformed = false;
        if (string.IsNullOrEmpty(text))
            return null;
        var ids = new List<long>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!WholeNumber.TryParseId(part, out var id))
            {
                malformed = true;
                return null;
            }

            ids.Add(id);
        }

        return ids;
    }

    /// <summary>A version is compared as it stands; anything else must be a specifier set.</summary>
    private static PluginQuery WithVersion(PluginQuery query, QueryReader reader)
    {
        if (reader.Text("version") is not { Length: > 0 } text)
            return query;
        if (Pep440Version.TryParse(text, out _))
            return query with { Version = text };
        if (Pep440SpecifierSet.TryParseLoose(text, out var specifiers))
            return query with { Versions = specifiers.Contains, VersionsText = text };
        reader.Errors.Add("version", "Must be a version, or a PEP 440 specifier set such as '>=1.0,<2'.");
        return query;
    }
}
