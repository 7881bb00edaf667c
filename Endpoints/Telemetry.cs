using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Qhana.Registry.Discovery;

namespace Qhana.Registry.Endpoints;

/// <summary>Metrics and traces for those who collect them, by the standard variables of OpenTelemetry.</summary>
public static class Telemetry
{
    /// <summary>Sends metrics and traces where OTEL_EXPORTER_OTLP_ENDPOINT says; does nothing where it is not set.</summary>
    public static void AddRegistryTelemetry(this IServiceCollection services, ServerOptions options)
    {
        if (options.TelemetryCollector is null)
            return;
        services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("qhana-plugin-registry"))
            .WithMetrics(metrics => metrics
                .AddMeter(DiscoveryMeters.Name)
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddOtlpExporter())
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddOtlpExporter());
    }
}
