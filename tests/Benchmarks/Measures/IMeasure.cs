namespace Qhana.Registry.Benchmarks.Measures;

/// <summary>Something that is measured.</summary>
public interface IMeasure
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures, and adds what comes out to the report.</summary>
    Task RunAsync(Bench bench);
}
