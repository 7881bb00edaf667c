using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>Turns UI templates and their tabs into what is sent.</summary>
public sealed class TemplateRepresentations(Links links) : AnswerBuilder(links)
{
    /// <summary>Representations for the answer to a request; called by the framework.</summary>
    public static ValueTask<TemplateRepresentations> BindAsync(HttpContext context) =>
        ValueTask.FromResult(new TemplateRepresentations(Links.For(context.Request)));

    /// <summary>A page of templates.</summary>
    public ApiResponse<CursorPageData> TemplatePage(PageQuery query, Page<Template> page) =>
        Page(Collection.Templates, Links.Create(Collection.Templates), query, page, Template);

    /// <summary>A template.</summary>
    public ApiResponse<TemplateData> Template(Template template) => new()
    {
        Data = new TemplateData
        {
            Self = Links.Template(template.Id, template.Name),
            Name = template.Name,
            Description = template.Description,
            Tags = template.Tags,
            Groups = [.. template.Groups.Select(g => Links.TabGroup(template.Id, g, Rels.Collection))],
        },
        Links =
        [
            Links.AllTabs(template.Id, Rels.Nav, Rels.Collection, Rels.First, "page-1"),
            Links.AllTabs(template.Id, Rels.Create, Rels.Post),
            .. TemplateLinks(template.Id, template.Name),
        ],
    };

    /// <summary>A template was added.</summary>
    public ApiResponse<NewData> NewTemplate(Template template) => New(
        Collection.Templates, ResourceTypes.Template, Links.Template(template.Id, template.Name), [Template(template)]);

    /// <summary>A template was changed.</summary>
    public ApiResponse<ChangedData> ChangedTemplate(Template template) => Changed(
        Links.Template(template.Id, template.Name, Rels.Update, Rels.Put, ResourceTypes.Template),
        TemplateLinks(template.Id, template.Name), Links.Template(template.Id, template.Name), [Template(template)]);

    /// <summary>A template was deleted.</summary>
    public ApiResponse<DeletedData> DeletedTemplate(long id, string name) => Deleted(
        Links.Template(id, name, Rels.Delete), TemplateLinks(id, name), Links.FirstPage(Collection.Templates));

    /// <summary>All tabs of a template.</summary>
    public ApiResponse<CursorPageData> TabList(Template template, IReadOnlyList<Tab> tabs)
    {
        var embedded = tabs.Select(Tab).ToList();
        return new ApiResponse<CursorPageData>
        {
            Data = new CursorPageData
            {
                Self = Links.TabList(template.Id),
                CollectionSize = embedded.Count,
                Items = [.. embedded.Select(e => e.Data.Self)],
            },
            Links = [Links.Template(template.Id, template.Name, Rels.Up), Links.AllTabs(template.Id, Rels.Create, Rels.Post)],
            Embedded = NoneAsNull(embedded),
        };
    }

    /// <summary>The tabs at one location of a template.</summary>
    public ApiResponse<TemplateGroupData> TabGroup(Template template, TabGroup group, IEnumerable<Tab> tabs)
    {
        var embedded = tabs.Select(Tab).ToList();
        return new ApiResponse<TemplateGroupData>
        {
            Data = new TemplateGroupData
            {
                Self = Links.TabGroup(template.Id, group, Rels.Collection),
                CollectionSize = embedded.Count,
                Items = [.. embedded.Select(e => e.Data.Self)],
            },
            Links = [Links.Template(template.Id, template.Name, Rels.Up)],
            Embedded = NoneAsNull(embedded),
        };
    }

    /// <summary>A tab.</summary>
    public ApiResponse<TemplateTabData> Tab(Tab tab) => new()
    {
        Data = new TemplateTabData
        {
            Self = Links.Tab(tab),
            Name = tab.Name,
            Description = tab.Description,
            Icon = tab.Icon,
            Location = tab.Location,
            SortKey = tab.SortKey,
            GroupKey = tab.GroupKey,
            FilterString = tab.FilterString,
            Plugins = Links.TabPlugins(tab.Id),
        },
        Links = [Links.TabPlugins(tab.Id, Rels.Nav), .. TabLinks(tab)],
    };

    /// <summary>A tab was added; its template is embedded, too, since its groups may have changed.</summary>
    public ApiResponse<NewData> NewTab(Template template, Tab tab) => New(
        Collection.Templates, ResourceTypes.Tab, Links.Tab(tab), [Tab(tab), Template(template)]);

    /// <summary>A tab was changed; its template is embedded, too.</summary>
    public ApiResponse<ChangedData> ChangedTab(Template template, Tab tab) => Changed(
        Links.Tab(tab, Rels.Update, Rels.Put, ResourceTypes.Tab), TabLinks(tab), Links.Tab(tab), [Tab(tab), Template(template)]);

    /// <summary>A tab was deleted; its template is embedded.</summary>
    public ApiResponse<DeletedData> DeletedTab(Template template, Tab tab) =>
        Deleted(Links.Tab(tab, Rels.Delete), TabLinks(tab), Links.FirstPage(Collection.Templates), [Template(template)]);

    private List<ApiLink> TemplateLinks(long id, string name) =>
    [
        Links.FirstPage(Collection.Templates, Rels.Up),
        Links.Template(id, name, Rels.Update, Rels.Put),
        Links.Template(id, name, Rels.Delete),
    ];

    private List<ApiLink> TabLinks(Tab tab) =>
    [
        // The original does not look for the tab that opens the group here.
        Links.TabGroup(tab.TemplateId, new TabGroup(tab.Location, null), Rels.Up, Rels.Collection),
        Links.Tab(tab, Rels.Update, Rels.Put),
        Links.Tab(tab, Rels.Delete),
    ];
}
