using Qhana.Registry.Data.Configuration;

namespace Qhana.Registry.Data;

/// <summary>Where the data is kept (CONTRACT section 7, SQLALCHEMY_DATABASE_URI).</summary>
/// <param name="Path">The SQLite file; a relative path counts from the working folder.</param>
public sealed record DatabaseOptions(string Path)
{
    private const string Variable = "SQLALCHEMY_DATABASE_URI";
    private const string Scheme = "sqlite:///";

    /// <summary>Reads the variable; registry.db in the working folder where it is not set.</summary>
    public static DatabaseOptions Read(SettingsReader settings) =>
        new(settings.Read(Variable, "registry.db", TryParse, "sqlite:///relative.db or sqlite:////absolute.db"));

    private static bool TryParse(string text, out string path)
    {
        path = text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..].Split('?')[0] : "";
        return path.Length > 0 && !path.EndsWith('/') && path != ":memory:";
    }
}
