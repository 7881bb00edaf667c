namespace Qhana.Registry.Data;

/// <summary>How much was loaded; what was there already does not count, except variables, which are set again.</summary>
public sealed record PreloadSummary(int Env, int Seeds, int Services, int Templates);

/// <summary>Loads what the configuration gives into the database. Doing it twice changes nothing more.</summary>
public sealed class Preload(
    PreloadOptions options, EnvRepository env, SeedRepository seeds, ServiceRepository services,
    TemplateFiles templates, ILogger<Preload> logger)
{
    /// <summary>Loads environment variables, seeds, services and UI templates.</summary>
    public async Task<PreloadSummary> LoadAsync()
    {
        foreach (var variable in options.Env)
            await env.SetAsync(variable.Name, variable.Value);
        // Only while there is no seed: people who deleted one shall not find it again.
        var addedSeeds = await seeds.AddFirstAsync(options.Seeds);
        var addedServices = 0;
        foreach (var service in options.Services)
            addedServices += await LoadServiceAsync(service) ? 1 : 0;
        return new PreloadSummary(
            options.Env.Count, addedSeeds, addedServices, await templates.LoadAsync(options.TemplatePaths));
    }

    /// <summary>As <see cref="LoadAsync"/>; a warning where the disk does not take it: what is there can be served.</summary>
    public async Task LoadIfWritableAsync()
    {
        try
        {
            await LoadAsync();
        }
        catch (Exception e) when (DatabaseFailures.IsUnavailable(e))
        {
            logger.LogWarning("The database takes nothing of the configuration: {Reason}", e.Message);
        }
    }

    private async Task<bool> LoadServiceAsync(PreconfiguredService service)
    {
        if (service is not { ServiceId: { Length: > 0 } id, Url: { Length: > 0 } url })
        {
            logger.LogWarning(
                "PRECONFIGURED_SERVICES: the service with serviceId '{ServiceId}' and url '{Url}' is left out: it needs both",
                service.ServiceId, service.Url);
            return false;
        }

        return await services.AddAsync(id, service.Name ?? id, service.Description ?? "", url) is not null;
    }
}
