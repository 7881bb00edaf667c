using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>What a client says of the situation; null where it says nothing.</summary>
public sealed record RecommendationRequest(
    long? PluginId, long? Experiment, long? Step, MediaType? DataType, MediaType? ContentType);

/// <summary>
/// Puts together what the client says and what the backend knows of the experiment and its step. What the client says wins.
/// </summary>
public sealed class ContextGatherer(BackendClient backend, PluginRepository plugins)
{
    private static readonly MediaType Anything = new(MediaType.Any, MediaType.Any);

    /// <summary>The context; asks the backend both questions at once, and only where there is an experiment.</summary>
    public async Task<RecommendationContext> GatherAsync(RecommendationRequest request, CancellationToken cancellationToken)
    {
        var context = new RecommendationContext
        {
            CurrentPlugin = request.PluginId,
            CurrentData = request is { DataType: null, ContentType: null }
                ? null
                : new DataKind(request.DataType ?? Anything, request.ContentType ?? Anything),
        };
        if (request.Experiment is not { } experiment)
            return context;
        var summary = backend.GetDataSummaryAsync(experiment, cancellationToken);
        var step = request.Step is { } number
            ? backend.GetStepAsync(experiment, number, cancellationToken)
            : Task.FromResult<System.Text.Json.JsonElement?>(null);
        if (await summary is { } data)
            context = context with { AvailableData = ContextReader.ReadAvailableData(data) };
        if (await step is { } details && ContextReader.ReadStep(details) is { } result)
        {
            context = context with { Step = result };
            if (context.CurrentPlugin is null && ContextReader.ReadProcessor(details) is ({ } identifier, var version))
                context = context with { CurrentPlugin = await plugins.FindIdAsync(identifier, version) };
        }

        return context;
    }
}
