namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>The relations of links that this API uses; pages add <c>page-1</c>, <c>page-2</c> and so on.</summary>
public static class Rels
{
    /// <summary>A link of the root that clients load in advance.</summary>
    public const string Api = "api";

    /// <summary>The list that a resource belongs to, or any page of it.</summary>
    public const string Collection = "collection";

    /// <summary>Somewhere to go.</summary>
    public const string Nav = "nav";

    /// <summary>The resource above this one.</summary>
    public const string Up = "up";

    /// <summary>A page of a list.</summary>
    public const string Page = "page";

    /// <summary>The first page.</summary>
    public const string First = "first";

    /// <summary>The last page that has rows.</summary>
    public const string Last = "last";

    /// <summary>The page before this one.</summary>
    public const string Prev = "prev";

    /// <summary>The page after this one.</summary>
    public const string Next = "next";

    /// <summary>Creates a resource.</summary>
    public const string Create = "create";

    /// <summary>Changes the resource.</summary>
    public const string Update = "update";

    /// <summary>Deletes the resource; also the method.</summary>
    public const string Delete = "delete";

    /// <summary>A resource that is no more.</summary>
    public const string Deleted = "deleted";

    /// <summary>The method of a write.</summary>
    public const string Post = "post";

    /// <summary>The method of a write.</summary>
    public const string Put = "put";

    /// <summary>The state that something is in (IANA's registry of link relations).</summary>
    public const string Status = "status";
}
