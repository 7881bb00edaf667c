namespace Qhana.Registry.Data;

/// <summary>Loads what the configuration gives into the database. Doing it twice changes nothing more.</summary>
public sealed class Preload(
    PreloadOptions options, EnvRepository env, SeedRepository seeds, ServiceRepository services,
    TemplateFiles templates, ILogger<Preload> logger)
{
    /// <summary>Loads environment variables, seeds, services and UI templates.</summary>
    public async Task LoadAsync()
    {
        foreach (var variable in options.Env)
            await env.SetAsync(variable.Name, variable.Value);
        await LoadSeedsAsync();
        foreach (var service in options.Services)
            await LoadServiceAsync(service);
        await templates.LoadAsync(options.TemplatePaths);
    }

    /// <summary>Only while there is no seed: people who deleted one shall not find it again.</summary>
    private async Task LoadSeedsAsync()
    {
        if (options.Seeds.Count == 0 || (await seeds.AllAsync()).Count > 0)
            return;
        foreach (var url in options.Seeds)
            await seeds.AddAsync(url);
    }

    private async Task LoadServiceAsync(PreconfiguredService service)
    {
        if (service is not { ServiceId: { Length: > 0 } id, Url: { Length: > 0 } url })
        {
            logger.LogWarning("PRECONFIGURED_SERVICES: {Service} is left out, because it has no serviceId or no url", service);
            return;
        }

        await services.AddAsync(id, service.Name ?? id, service.Description ?? "", url);
    }
}
