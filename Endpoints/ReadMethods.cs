namespace Qhana.Registry.Endpoints;

/// <summary>The methods of requests that only read.</summary>
public static class ReadMethods
{
    /// <summary>GET, and HEAD, which gets the same headers.</summary>
    // Endpoints name them where they are mapped: a wrapper would hide the handler from the request delegate generator.
    public static IEnumerable<string> GetAndHead { get; } = [HttpMethods.Get, HttpMethods.Head];
}
