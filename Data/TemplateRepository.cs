using System.Text.Json;
using Dapper;

namespace Qhana.Registry.Data;

/// <summary>UI templates with the locations of their tabs; the tabs themselves are the <see cref="TabRepository"/>'s.</summary>
public sealed class TemplateRepository(Database database, PageReader pages, TabRepository tabs)
{
    /// <summary>The columns a list of templates can be sorted by; <c>name</c> where nothing is asked.</summary>
    public static SortColumns Sorting { get; } = new("name", ("name", "sort_name"), ("id", "id"));

    private const string Columns = "id AS Id, name AS Name, description AS Description, tags AS Tags";

    /// <summary>A page of templates; of the one with the given id, where one is given.</summary>
    public async Task<Page<Template>> ListAsync(PageRequest request, long? templateId)
    {
        var filter = new SqlFilter();
        if (templateId is { } only)
            filter.Add("id = @templateId", "templateId", only);
        var page = await pages.ReadAsync(
            new Listing("ui_template", Shown.Templates), filter, request, r => r.Id,
            $"SELECT {Columns} FROM ui_template WHERE id IN {IdList.Sql}", (Row row) => row);
        var tabsOf = await tabs.ListAsync([.. page.Items.Select(r => r.Id)]);
        return new Page<Template>([.. page.Items.Select(r => r.ToTemplate(tabsOf[r.Id]))], page.CollectionSize, page.Map);
    }

    /// <summary>The template with this id, or null.</summary>
    public async Task<Template?> FindAsync(long id)
    {
        await using var connection = await database.OpenAsync();
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            $"SELECT {Columns} FROM ui_template WHERE id = @id", new { id });
        return row?.ToTemplate(await tabs.ListAsync(id));
    }

    /// <summary>Adds a template, which has no tabs yet.</summary>
    public Task<Template> AddAsync(TemplateContent content) =>
        database.WriteAsync(async write => (await InsertAsync(write, content)).ToTemplate([]));

    /// <summary>
    /// Adds a template with all of its tabs, or nothing; false where there is a template of this name already, which is
    /// left alone.
    /// </summary>
    /// <exception cref="FormatException">The filter of a tab is none.</exception>
    public Task<bool> AddIfNewAsync(TemplateContent content, IEnumerable<TabContent> tabContents) => database.WriteAsync(async write =>
    {
        if (await write.ScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM ui_template WHERE name = @Name)", new { content.Name }))
            return false;
        var row = await InsertAsync(write, content);
        foreach (var tab in tabContents)
            await tabs.AddAsync(write, row.Id, tab);
        return true;
    });

    /// <summary>Changes a template; null where there is none with this id.</summary>
    public async Task<Template?> UpdateAsync(long id, TemplateContent content)
    {
        var row = await database.WriteAsync(write => write.ChangeAsync<Row>(Shown.Templates, $"""
            UPDATE ui_template SET name = @Name, sort_name = @SortName, description = @Description, tags = @Tags
            WHERE id = @Id
            RETURNING {Columns}
            """, Parameters(id, content)));
        return row?.ToTemplate(await tabs.ListAsync(id));
    }

    /// <summary>Deletes a template with its tabs and returns its name; null where there was none.</summary>
    public Task<string?> DeleteAsync(long id) => database.WriteAsync(write => write.ChangeAsync<string>(
        Shown.Templates | Shown.Membership, "DELETE FROM ui_template WHERE id = @id RETURNING name", new { id }));

    private static async Task<Row> InsertAsync(WriteTransaction write, TemplateContent content) =>
        (await write.ChangeAsync<Row>(Shown.Templates, $"""
            INSERT INTO ui_template (name, sort_name, description, tags) VALUES (@Name, @SortName, @Description, @Tags)
            RETURNING {Columns}
            """, Parameters(0, content)))!;

    private static object Parameters(long id, TemplateContent content) => new
    {
        Id = id,
        content.Name,
        SortName = content.Name.ToLowerInvariant(),
        content.Description,
        Tags = JsonSerializer.Serialize(content.Tags, DataJson.Default.IReadOnlyListString),
    };

    private sealed record Row(long Id, string Name, string Description, string Tags)
    {
        public Template ToTemplate(IEnumerable<Tab> tabs) => new(
            Id, Name, Description, JsonSerializer.Deserialize(Tags, DataJson.Default.IReadOnlyListString)!, TabGroup.Of([.. tabs]));
    }
}
