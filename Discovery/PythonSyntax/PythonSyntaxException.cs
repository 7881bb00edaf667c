namespace Qhana.Registry.Discovery.PythonSyntax;

/// <summary>
/// A pattern or replacement that Python's <c>re</c> would not accept, or that we do not support. The message is the rest of
/// a sentence about it, on one line.
/// </summary>
internal sealed class PythonSyntaxException(string message) : Exception(message);
