namespace Qhana.Registry.Discovery.Matching;

/// <summary>
/// What a version consists of, all of it in lower case. Numbers are digits without zeros at their beginning, since
/// they are only ever compared and written, and may be of any size.
/// </summary>
internal sealed record Pep440Parts(
    string Epoch, string[] Release, (string Letter, string Number)? Pre, string? Post, string? Dev, string[] Local);
