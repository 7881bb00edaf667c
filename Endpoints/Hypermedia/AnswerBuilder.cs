using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>The forms that all answers share: pages, and what writes answer (CONTRACT section 1).</summary>
public abstract class AnswerBuilder(Links links)
{
    /// <summary>The links of these answers.</summary>
    public Links Links { get; } = links;

    /// <summary>A page of a list with its items embedded.</summary>
    protected ApiResponse<CursorPageData> Page<TRow, TData>(
        Collection collection, ApiLink action, PageQuery query, Page<TRow> page, Func<TRow, ApiResponse<TData>> represent)
        where TData : ApiData
    {
        var pages = PageLinks.Of(Links, collection, query, page.Map);
        var embedded = page.Items.Select(represent).ToList();
        return new ApiResponse<CursorPageData>
        {
            Data = new CursorPageData
            {
                Self = pages.Self,
                CollectionSize = page.CollectionSize,
                Page = page.Map.Number,
                Items = [.. embedded.Select(e => e.Data.Self)],
            },
            Links = [Links.Root(Rels.Up), action, .. pages.All],
            Embedded = NoneAsNull(embedded),
        };
    }

    /// <summary>Something was created in a list.</summary>
    protected ApiResponse<NewData> New(Collection collection, string type, ApiLink created, IReadOnlyList<ApiResponse> embedded) => new()
    {
        Data = new NewData
        {
            Self = Links.FirstPage(collection, Rels.Create, Rels.Post, type) with { ResourceType = ResourceTypes.New },
            New = created,
        },
        Links = [Links.Root(Rels.Up), Links.Create(collection), created],
        Embedded = embedded,
    };

    /// <summary>Something was changed.</summary>
    protected static ApiResponse<ChangedData> Changed(
        ApiLink self, IReadOnlyList<ApiLink> links, ApiLink changed, IReadOnlyList<ApiResponse> embedded) => new()
        {
            Data = new ChangedData { Self = self with { ResourceType = ResourceTypes.Changed }, Changed = changed },
            Links = [.. links, changed],
            Embedded = embedded,
        };

    /// <summary>Something was deleted.</summary>
    protected static ApiResponse<DeletedData> Deleted(
        ApiLink self, IReadOnlyList<ApiLink> links, ApiLink redirectTo, IReadOnlyList<ApiResponse>? embedded = null) => new()
        {
            Data = new DeletedData
            {
                Self = self with { ResourceType = ResourceTypes.Deleted },
                Deleted = self with { Rel = [Rels.Deleted] },
                RedirectTo = redirectTo,
            },
            Links = links,
            Embedded = embedded,
        };

    /// <summary>A list of nothing is left out of an answer.</summary>
    protected static List<TResponse>? NoneAsNull<TResponse>(List<TResponse> embedded)
        where TResponse : ApiResponse => embedded.Count == 0 ? null : embedded;
}
