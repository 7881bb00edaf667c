namespace Qhana.Registry.Data;

/// <summary>
/// Media types in SQL: an asked <c>a/b</c> matches a stored <c>a/b</c>, <c>a/*</c>, <c>*/b</c> and <c>*/*</c>, and an asked
/// star matches anything (CONTRACT section 3).
/// </summary>
public static class MediaTypeCondition
{
    /// <summary>The condition on the columns type_start and type_end of a table; null where anything matches.</summary>
    /// <param name="filter">Takes the parameters.</param>
    /// <param name="table">The table's name or alias.</param>
    /// <param name="parameter">Begins the names of the parameters.</param>
    /// <param name="asked">What is asked.</param>
    public static string? Of(SqlFilter filter, string table, string parameter, MediaType asked)
    {
        var conditions = new List<string>();
        if (asked.Start != MediaType.Any)
        {
            filter.With($"{parameter}Start", asked.Start);
            conditions.Add($"{table}.type_start IN (@{parameter}Start, '*')");
        }

        if (asked.End != MediaType.Any)
        {
            filter.With($"{parameter}End", asked.End);
            conditions.Add($"{table}.type_end IN (@{parameter}End, '*')");
        }

        return conditions.Count == 0 ? null : string.Join(" AND ", conditions);
    }
}
