using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Qhana.Registry.Endpoints.Answers;

/// <summary>Reads Accept-Encoding (RFC 9110 section 12.5.3).</summary>
public static class AcceptedEncodings
{
    /// <summary>True where the encoding is named and not forbidden by a weight of 0.</summary>
    public static bool Accepts(StringValues header, string encoding)
    {
        foreach (var line in header)
        {
            foreach (var range in line.AsSpan().Split(','))
            {
                var item = line.AsSpan()[range].Trim();
                var semicolon = item.IndexOf(';');
                var name = (semicolon < 0 ? item : item[..semicolon]).Trim();
                if (name.Equals(encoding, StringComparison.OrdinalIgnoreCase))
                    return semicolon < 0 || !IsForbidden(item[(semicolon + 1)..].Trim());
            }
        }

        return false;
    }

    private static bool IsForbidden(ReadOnlySpan<char> weight) =>
        weight.StartsWith("q=", StringComparison.OrdinalIgnoreCase)
        && double.TryParse(weight[2..], NumberStyles.Float, CultureInfo.InvariantCulture, out var q) && q == 0;
}
