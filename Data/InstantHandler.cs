using System.Data;
using System.Globalization;
using Dapper;

namespace Qhana.Registry.Data;

/// <summary>
/// Stores instants as UTC text of one fixed length, so that comparing the text compares the time; Dapper alone would
/// store the offset, and could not read it back.
/// </summary>
public sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    /// <summary>The text of an instant in the database.</summary>
    public static string ToText(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = ToText(value);

    /// <inheritdoc />
    public override DateTimeOffset Parse(object value) => FromText((string)value);

    /// <summary>The instant of a text in the database.</summary>
    public static DateTimeOffset FromText(string text) => DateTimeOffset.ParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
