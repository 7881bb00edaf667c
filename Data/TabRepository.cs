using Dapper;
using Qhana.Registry.Discovery.Matching;

namespace Qhana.Registry.Data;

/// <summary>The tabs of templates. Which plugins belong to a tab is right again when a change of it returns.</summary>
public sealed class TabRepository(Database database, TabMembership membership)
{
    private const string Columns = """
        id AS Id, template_id AS TemplateId, name AS Name, description AS Description, icon AS Icon, location AS Location,
        sort_key AS SortKey, group_key AS GroupKey, filter_string AS FilterString
        """;

    /// <summary>The tabs of a template in their order: by sort key, then id.</summary>
    public async Task<IReadOnlyList<Tab>> ListAsync(long templateId)
    {
        await using var connection = await database.OpenAsync();
        return (await connection.QueryAsync<Tab>(
            $"SELECT {Columns} FROM ui_template_tab WHERE template_id = @templateId ORDER BY sort_key, id",
            new { templateId })).AsList();
    }

    /// <summary>The tabs of some templates, each template's in their order.</summary>
    public async Task<ILookup<long, Tab>> ListAsync(IReadOnlyCollection<long> templateIds)
    {
        await using var connection = await database.OpenAsync();
        var tabs = await connection.QueryAsync<Tab>(
            $"SELECT {Columns} FROM ui_template_tab WHERE template_id IN {IdList.Sql} ORDER BY sort_key, id",
            new { ids = IdList.Of(templateIds) });
        return tabs.ToLookup(t => t.TemplateId);
    }

    /// <summary>The tab with this id in this template, or null.</summary>
    public async Task<Tab?> FindAsync(long templateId, long id)
    {
        await using var connection = await database.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<Tab>(
            $"SELECT {Columns} FROM ui_template_tab WHERE id = @id AND template_id = @templateId", new { id, templateId });
    }

    /// <summary>Adds a tab; null where there is no such template.</summary>
    /// <exception cref="FormatException">The filter is none.</exception>
    public Task<Tab?> AddAsync(long templateId, TabContent content) =>
        membership.ChangeTabAsync(content.FilterString, write => InsertAsync(write, templateId, content));

    /// <summary>As the other overload, as a part of a larger write: everything waits while the filter is tested.</summary>
    /// <exception cref="FormatException">The filter is none.</exception>
    public Task<Tab?> AddAsync(WriteTransaction write, long templateId, TabContent content) =>
        membership.ChangeTabAsync(write, content.FilterString, inside => InsertAsync(inside, templateId, content));

    /// <summary>Changes a tab; null where the template has none with this id.</summary>
    /// <exception cref="FormatException">The filter is none.</exception>
    public Task<Tab?> UpdateAsync(long templateId, long id, TabContent content) =>
        membership.ChangeTabAsync(content.FilterString, write => write.FindAsync<Tab>($"""
            UPDATE ui_template_tab
            SET name = @Name, description = @Description, icon = @Icon, location = @Location, sort_key = @SortKey,
                group_key = @GroupKey, filter_string = @FilterString
            WHERE id = @Id AND template_id = @TemplateId
            RETURNING {Columns}
            """, Parameters(templateId, id, content)));

    /// <summary>Deletes a tab and returns what it was; null where the template has none with this id.</summary>
    public Task<Tab?> DeleteAsync(long templateId, long id) => database.WriteAsync(write => write.ChangeAsync<Tab>(
        Shown.Templates | Shown.Membership,
        $"DELETE FROM ui_template_tab WHERE id = @id AND template_id = @templateId RETURNING {Columns}",
        new { id, templateId }));

    private static Task<Tab?> InsertAsync(WriteTransaction write, long templateId, TabContent content) =>
        write.FindAsync<Tab>($"""
            INSERT INTO ui_template_tab (template_id, name, description, icon, location, sort_key, group_key, filter_string)
            SELECT id, @Name, @Description, @Icon, @Location, @SortKey, @GroupKey, @FilterString
            FROM ui_template WHERE id = @TemplateId
            RETURNING {Columns}
            """, Parameters(templateId, 0, content));

    private static object Parameters(long templateId, long id, TabContent content) => new
    {
        TemplateId = templateId,
        Id = id,
        content.Name,
        content.Description,
        content.Icon,
        content.Location,
        content.SortKey,
        content.GroupKey,
        content.FilterString,
    };
}
