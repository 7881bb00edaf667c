namespace Qhana.Registry.Data;

/// <summary>A UI template.</summary>
/// <param name="Id">Never used twice.</param>
/// <param name="Name">Its name for people; not unique.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Tags">In the order given.</param>
/// <param name="Groups">The locations that its tabs use.</param>
public sealed record Template(
    long Id, string Name, string Description, IReadOnlyList<string> Tags, IReadOnlyList<TabGroup> Groups);

/// <summary>What a client says of a template.</summary>
public sealed record TemplateContent(string Name, string Description, IReadOnlyList<string> Tags);

/// <summary>A tab of a template.</summary>
public sealed record Tab(
    long Id, long TemplateId, string Name, string Description, string? Icon, string Location, long SortKey, string GroupKey,
    string FilterString);

/// <summary>What a client says of a tab.</summary>
/// <param name="Name">Its name for people; not unique.</param>
/// <param name="Description">May be empty.</param>
/// <param name="Icon">Null for none.</param>
/// <param name="Location">Where the tab is; <c>L.K</c> is inside the group with key K at location L.</param>
/// <param name="SortKey">Orders the tabs of a template.</param>
/// <param name="GroupKey">The key of the group that the tab opens; empty where it opens none.</param>
/// <param name="FilterString">Which plugins belong to the tab: a filter as its author wrote it, or empty.</param>
public sealed record TabContent(
    string Name, string Description, string? Icon, string Location, long SortKey, string GroupKey, string FilterString);

/// <summary>A location at which a template has tabs.</summary>
/// <param name="Location">The location.</param>
/// <param name="Name">The name of the tab that opens it; null where no tab does.</param>
public sealed record TabGroup(string Location, string? Name)
{
    /// <summary>What to call the group.</summary>
    public string Title => Name ?? $"Tab Group: {Location}";

    /// <summary>The locations that some tabs use, in the order of the first tab at each.</summary>
    /// <param name="tabs">Tabs of one template, in their order.</param>
    public static IReadOnlyList<TabGroup> Of(IReadOnlyCollection<Tab> tabs) =>
        [.. tabs.Select(t => t.Location).Distinct().Select(location => At(location, tabs))];

    /// <summary>The group at a location.</summary>
    /// <param name="location">The location; no tab need use it.</param>
    /// <param name="tabs">Tabs of one template, in their order.</param>
    public static TabGroup At(string location, IEnumerable<Tab> tabs) => new(
        location, tabs.FirstOrDefault(t => t.GroupKey.Length > 0 && $"{t.Location}.{t.GroupKey}" == location)?.Name);
}
