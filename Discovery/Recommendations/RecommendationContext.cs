using Qhana.Registry.Data;

namespace Qhana.Registry.Discovery.Recommendations;

/// <summary>The type of a piece of data: its data type and its content type.</summary>
public sealed record DataKind(MediaType DataType, MediaType ContentType);

/// <summary>Data that an experiment has: a data type, and the content types that it is there in.</summary>
public sealed record AvailableData(MediaType DataType, IReadOnlyList<MediaType> ContentTypes);

/// <summary>How a step of an experiment ended.</summary>
/// <param name="IsSuccess">False for a failure.</param>
/// <param name="Quality">What people said of the result; only of use after a success.</param>
/// <param name="Input">What the step took.</param>
/// <param name="Output">What it gave; empty after a failure.</param>
public sealed record StepResult(
    bool IsSuccess, string Quality, IReadOnlyList<DataKind> Input, IReadOnlyList<DataKind> Output);

/// <summary>What is known of the situation for which plugins are recommended (CONTRACT section 6).</summary>
public sealed record RecommendationContext
{
    /// <summary>The plugin used last; null where it is not known.</summary>
    public long? CurrentPlugin { get; init; }

    /// <summary>The data that the client asks about; null where it asks about none.</summary>
    public DataKind? CurrentData { get; init; }

    /// <summary>All data of the experiment; empty where it is not known.</summary>
    public IReadOnlyList<AvailableData> AvailableData { get; init; } = [];

    /// <summary>How the current step ended; null where there is none, it goes on, or nothing is known of it.</summary>
    public StepResult? Step { get; init; }
}
