using Qhana.Registry.Data;
using Qhana.Registry.Endpoints.Requests;

namespace Qhana.Registry.Endpoints.Hypermedia;

/// <summary>Turns what is stored into what is sent: one method for each kind of answer.</summary>
public sealed class Representations(Links links) : AnswerBuilder(links)
{
    private IReadOnlyList<ApiLink>? _pluginLinks;

    /// <summary>Representations for the answer to a request; called by the framework.</summary>
    public static ValueTask<Representations> BindAsync(HttpContext context) =>
        ValueTask.FromResult(new Representations(Links.For(context.Request)));

    /// <summary>The root of the API.</summary>
    public ApiResponse<ApiRootData> Root() => new()
    {
        Data = new ApiRootData { Self = Links.Root(), Title = "RAMP Registry API" },
        Links =
        [
            Links.FirstPage(Collection.Seeds, Rels.Nav, Rels.Api),
            Links.FirstPage(Collection.Services, Rels.Nav, Rels.Api),
            Links.EnvList(null, Rels.Nav, Rels.Api, Rels.Collection),
            Links.FirstPage(Collection.Plugins, Rels.Nav, Rels.Api),
            Links.Recommendations(Rels.Nav, Rels.Api, Rels.Collection),
            Links.FirstPage(Collection.Templates, Rels.Nav, Rels.Api),
            Links.Discovery(Rels.Status),
        ],
    };

    /// <summary>A page of seeds.</summary>
    public ApiResponse<CursorPageData> SeedPage(PageQuery query, Page<SeedRow> page) =>
        Page(Collection.Seeds, Links.Create(Collection.Seeds), query, page, Seed);

    /// <summary>A seed.</summary>
    public ApiResponse<SeedData> Seed(SeedRow seed)
    {
        var self = Links.Seed(seed);
        return new ApiResponse<SeedData>
        {
            Data = new SeedData { Self = self, Url = seed.Url },
            Links = SeedLinks(seed),
        };
    }

    /// <summary>A seed was added.</summary>
    public ApiResponse<NewData> NewSeed(SeedRow seed) => New(Collection.Seeds, ResourceTypes.Seed, Links.Seed(seed), [Seed(seed)]);

    /// <summary>A seed was deleted.</summary>
    public ApiResponse<DeletedData> DeletedSeed(SeedRow seed) => Deleted(
        Links.Seed(seed, Rels.Delete), SeedLinks(seed), Links.FirstPage(Collection.Seeds));

    /// <summary>A page of services.</summary>
    public ApiResponse<CursorPageData> ServicePage(PageQuery query, Page<ServiceRow> page) =>
        Page(Collection.Services, Links.Create(Collection.Services), query, page, Service);

    /// <summary>A service.</summary>
    public ApiResponse<ServiceData> Service(ServiceRow service) => new()
    {
        Data = new ServiceData
        {
            Self = Links.Service(service.ServiceId, service.Name),
            ServiceId = service.ServiceId,
            Name = service.Name,
            Description = service.Description,
            Url = service.Url,
        },
        Links = ServiceLinks(service.ServiceId, service.Name),
    };

    /// <summary>A service was added.</summary>
    public ApiResponse<NewData> NewService(ServiceRow service) => New(
        Collection.Services, ResourceTypes.Service, Links.Service(service.ServiceId, service.Name), [Service(service)]);

    /// <summary>A service was changed.</summary>
    public ApiResponse<ChangedData> ChangedService(ServiceRow service) => Changed(
        Links.Service(service.ServiceId, service.Name, Rels.Update, Rels.Put, ResourceTypes.Service),
        ServiceLinks(service.ServiceId, service.Name), Links.Service(service.ServiceId, service.Name), [Service(service)]);

    /// <summary>A service was deleted.</summary>
    public ApiResponse<DeletedData> DeletedService(string serviceId, string name) => Deleted(
        Links.Service(serviceId, name, Rels.Delete), ServiceLinks(serviceId, name), Links.FirstPage(Collection.Services));

    /// <summary>The environment variables, or the one of a name; with the number of all.</summary>
    public ApiResponse<CursorPageData> EnvList(string? name, IReadOnlyList<EnvRow> variables, int count)
    {
        var embedded = variables.Select(Env).ToList();
        return new ApiResponse<CursorPageData>
        {
            Data = new CursorPageData
            {
                Self = Links.EnvList(name, Rels.Collection),
                CollectionSize = count,
                Items = [.. embedded.Select(e => e.Data.Self)],
            },
            Links = EnvCollectionLinks(),
            Embedded = NoneAsNull(embedded),
        };
    }

    /// <summary>An environment variable.</summary>
    public ApiResponse<EnvData> Env(EnvRow variable) => new()
    {
        Data = new EnvData { Self = Links.Env(variable.Name), Name = variable.Name, Value = variable.Value },
        Links = EnvLinks(variable.Name),
    };

    /// <summary>A variable was set through the list; the original calls that changed, new or not.</summary>
    public ApiResponse<ChangedData> SetEnv(EnvRow variable) => Changed(
        Links.EnvList(null, Rels.Collection, Rels.Update, Rels.Put, ResourceTypes.Env),
        EnvCollectionLinks(), Links.Env(variable.Name), [Env(variable)]);

    /// <summary>A variable was changed.</summary>
    public ApiResponse<ChangedData> ChangedEnv(EnvRow variable) => Changed(
        Links.Env(variable.Name, Rels.Update, Rels.Put, ResourceTypes.Env),
        EnvLinks(variable.Name), Links.Env(variable.Name), [Env(variable)]);

    /// <summary>A variable was deleted.</summary>
    public ApiResponse<DeletedData> DeletedEnv(string name) => Deleted(
        Links.Env(name, Rels.Delete), EnvLinks(name), Links.EnvList(null, Rels.Collection));

    /// <summary>A page of plugins.</summary>
    public ApiResponse<CursorPageData> PluginPage(PageQuery query, Page<PluginRow> page) =>
        Page(Collection.Plugins, Links.AnnouncePlugin(), query, page, Plugin);

    /// <summary>A plugin.</summary>
    public ApiResponse<PluginData> Plugin(PluginRow plugin) => new()
    {
        Data = new PluginData
        {
            Self = Links.Plugin(plugin),
            Href = plugin.Url,
            Title = plugin.Title,
            Description = plugin.Description,
            Identifier = plugin.Identifier,
            Version = plugin.Version,
            PluginType = plugin.PluginType,
            Tags = new StoredJson<IReadOnlyList<string>>(plugin.Tags),
            EntryPoint = new StoredJson<EntryPoint>(plugin.EntryPoint),
        },
        // The same for all plugins of a page.
        Links = _pluginLinks ??= [Links.FirstPage(Collection.Plugins, Rels.Up)],
    };

    /// <summary>Recommended plugins, best first, with their weights.</summary>
    public ApiResponse<RecommendationData> Recommendations(IReadOnlyList<PluginRow> plugins, IReadOnlyList<double> weights) => new()
    {
        Data = new RecommendationData
        {
            Self = Links.Recommendations(Rels.Collection),
            CollectionSize = plugins.Count,
            Items = [.. plugins.Select(p => Links.Plugin(p))],
            Weights = weights,
        },
        Links = [Links.Root(Rels.Up)],
    };

    /// <summary>What discovery does, and how it went for a page of seeds.</summary>
    public ApiResponse<DiscoveryData> Discovery(PageQuery query, Page<SeedStatus> page, DiscoveryTimes times)
    {
        var pages = PageLinks.Of(Links, Collection.Discovery, query, page.Map);
        return new ApiResponse<DiscoveryData>
        {
            Data = new DiscoveryData
            {
                Self = pages.Self,
                Running = times.Running,
                LastRun = times.LastRun,
                NextRun = times.NextRun,
                NextPurge = times.NextPurge,
                CollectionSize = page.CollectionSize,
                Page = page.Map.Number,
                Items = [.. page.Items.Select(s => Links.Seed(s.Seed))],
                Seeds = [.. page.Items.Select(SeedDiscovery)],
            },
            Links = [Links.Root(Rels.Up), .. pages.All],
        };
    }

    private SeedDiscovery SeedDiscovery(SeedStatus status) => new()
    {
        Seed = Links.Seed(status.Seed),
        Outcome = status.Outcome?.Kind,
        Started = status.Outcome?.Started,
        DurationMs = (long?)status.Outcome?.Duration.TotalMilliseconds,
        Found = status.Outcome?.Found,
        New = status.Outcome?.Added,
        Changed = status.Outcome?.Changed,
        Failed = status.Outcome?.Failed,
        LastError = status.Outcome?.LastError,
        LastSuccess = status.LastSuccess,
        Failures = status.Outcome?.Failures,
    };

    private List<ApiLink> SeedLinks(SeedRow seed) =>
        [Links.FirstPage(Collection.Seeds, Rels.Up), Links.Seed(seed, Rels.Delete)];

    private List<ApiLink> ServiceLinks(string serviceId, string name) =>
    [
        Links.FirstPage(Collection.Services, Rels.Up),
        Links.Service(serviceId, name, Rels.Update, Rels.Put),
        Links.Service(serviceId, name, Rels.Delete),
    ];

    private List<ApiLink> EnvLinks(string name) =>
    [
        Links.EnvList(null, Rels.Up, Rels.Collection),
        Links.Env(name, Rels.Update, Rels.Put),
        Links.Env(name, Rels.Delete),
    ];

    private List<ApiLink> EnvCollectionLinks() => [Links.Root(Rels.Up), Links.EnvList(null, Rels.Create, Rels.Post)];
}
