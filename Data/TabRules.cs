using Qhana.Registry.Discovery.Matching;

namespace Qhana.Registry.Data;

/// <summary>What must hold for a tab beside the lengths of its texts, whoever made it (CONTRACT section 5).</summary>
public static class TabRules
{
    /// <summary>Notes what is wrong with a tab.</summary>
    /// <param name="tab">The tab.</param>
    /// <param name="filterField">What the field with the filter is called where the tab comes from.</param>
    /// <param name="isFromFile">
    /// True for a tab of a template file. The original takes its group as it stands, and its files must give every tab a
    /// filter, if only <c>{}</c>; to refuse one would take the whole template away.
    /// </param>
    /// <param name="errors">Takes what is wrong.</param>
    public static void Check(TabContent tab, string filterField, bool isFromFile, FieldErrors errors)
    {
        if (!TabFilterParser.TryParse(tab.FilterString, out _, out var error))
            errors.Add(filterField, error);
        else if (tab.GroupKey.Length > 0 && !isFromFile)
            CheckGroup(tab, filterField, errors);
    }

    private static void CheckGroup(TabContent tab, string filterField, FieldErrors errors)
    {
        if (tab.FilterString.Length > 0)
            errors.Add(filterField, "Must be empty for a tab that opens a group.");
        if (tab.Location.StartsWith("workspace", StringComparison.Ordinal))
            errors.Add("groupKey", "Must be empty in the workspace, which has no groups.");
    }
}
