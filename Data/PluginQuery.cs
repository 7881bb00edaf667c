namespace Qhana.Registry.Data;

/// <summary>Which plugins are wanted (CONTRACT section 3); what is null is not asked, and all must hold.</summary>
public sealed record PluginQuery
{
    /// <summary>Ids, of which a plugin has one.</summary>
    public IReadOnlyList<long>? Ids { get; init; }

    /// <summary>The identifier, exact.</summary>
    public string? Name { get; init; }

    /// <summary>The version, exact.</summary>
    public string? Version { get; init; }

    /// <summary>Passes the versions wanted; with <see cref="VersionsText"/>.</summary>
    public Func<string, bool>? Versions { get; init; }

    /// <summary>What was asked to get <see cref="Versions"/>.</summary>
    public string? VersionsText { get; init; }

    /// <summary>The URL, exact.</summary>
    public string? Url { get; init; }

    /// <summary>The type, exact.</summary>
    public string? Type { get; init; }

    /// <summary>Tags that a plugin must all have.</summary>
    public IReadOnlyCollection<string> RequiredTags { get; init; } = [];

    /// <summary>Tags that a plugin must not have.</summary>
    public IReadOnlyCollection<string> ForbiddenTags { get; init; } = [];

    /// <summary>The type of one of the inputs.</summary>
    public MediaType? InputDataType { get; init; }

    /// <summary>One of the content types of the same input.</summary>
    public MediaType? InputContentType { get; init; }

    /// <summary>Since when a plugin must have been available at least once.</summary>
    public DateTimeOffset? AvailableSince { get; init; }

    /// <summary>The tab that a plugin belongs to.</summary>
    public long? TabId { get; init; }

    /// <summary>What the result shows: a change of anything else leaves it as it is.</summary>
    public Shown Shown => TabId is null ? Shown.Plugins : Shown.Plugins | Shown.Membership;

    /// <summary>The same as conditions on the table <c>plugin</c>.</summary>
    public SqlFilter ToFilter()
    {
        var filter = new SqlFilter();
        if (Ids is not null)
            filter.Add($"id IN {IdList.Sql}", "ids", IdList.Of(Ids));
        if (Name is not null)
            filter.Add("identifier = @name", "name", Name);
        if (Version is not null)
            filter.Add("version = @version", "version", Version);
        if (Versions is not null)
            filter.Matching(Versions, VersionsText!);
        if (Url is not null)
            filter.Add("url = @url", "url", Url);
        if (Type is not null)
            filter.Add("plugin_type = @type", "type", Type);
        AddTags(filter);
        AddInput(filter);
        if (AvailableSince is { } since)
        {
            filter.OnlyNow().Add(
                "id IN (SELECT plugin_id FROM plugin_availability WHERE last_available >= @since)", "since", since);
        }

        if (TabId is { } tabId)
            filter.Add("id IN (SELECT plugin_id FROM tab_plugin WHERE tab_id = @tabId)", "tabId", tabId);
        return filter;
    }

    private void AddTags(SqlFilter filter)
    {
        if (RequiredTags.Count > 0)
        {
            filter.With("tagCount", RequiredTags.Count).Add("""
                id IN (SELECT plugin_id FROM plugin_tag WHERE tag IN @requiredTags
                       GROUP BY plugin_id HAVING COUNT(*) = @tagCount)
                """, "requiredTags", RequiredTags);
        }

        if (ForbiddenTags.Count > 0)
        {
            filter.Add(
                "id NOT IN (SELECT plugin_id FROM plugin_tag WHERE tag IN @forbiddenTags)", "forbiddenTags", ForbiddenTags);
        }
    }

    private void AddInput(SqlFilter filter)
    {
        if (InputDataType is null && InputContentType is null)
            return;
        var any = new MediaType(MediaType.Any, MediaType.Any);
        var data = MediaTypeCondition.Of(filter, "d", "data", InputDataType ?? any);
        var content = MediaTypeCondition.Of(filter, "c", "content", InputContentType ?? any);
        var withData = data is null ? "" : $" AND {data}";
        var withContent = content is null
            ? ""
            : $" AND d.id IN (SELECT c.data_id FROM plugin_data_content_type c WHERE {content})";
        filter.Add($"id IN (SELECT d.plugin_id FROM plugin_data d WHERE d.relation = 'consumed'{withData}{withContent})");
    }
}
