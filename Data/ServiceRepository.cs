using Dapper;

namespace Qhana.Registry.Data;

/// <summary>A service of the platform, such as the backend, by its id.</summary>
public sealed record ServiceRow(long Id, string ServiceId, string Name, string Description, string Url);

/// <summary>The services, by service id.</summary>
public sealed class ServiceRepository(Database database, PageReader pages)
{
    /// <summary>The columns a list of services can be sorted by; <c>service_id</c> where nothing is asked.</summary>
    public static SortColumns Sorting { get; } = new("service_id", ("service_id", "service_id"), ("id", "id"));

    private const string Columns = "id AS Id, service_id AS ServiceId, name AS Name, description AS Description, url AS Url";

    /// <summary>A page of services; of those with the given ids where some are given.</summary>
    public Task<Page<ServiceRow>> ListAsync(PageRequest request, IReadOnlyCollection<string>? serviceIds)
    {
        var filter = new SqlFilter();
        if (serviceIds is not null)
            filter.Add("service_id IN @serviceIds", "serviceIds", serviceIds);
        return pages.ReadAsync(new Listing("service", Shown.Services), filter, request, r => r.Id, $"""
            SELECT {Columns} FROM service WHERE id IN {IdList.Sql}
            """, (ServiceRow row) => row);
    }

    /// <summary>The service with this id, or null.</summary>
    public async Task<ServiceRow?> FindAsync(string serviceId)
    {
        await using var connection = await database.OpenAsync();
        return await connection.QuerySingleOrDefaultAsync<ServiceRow>(
            $"SELECT {Columns} FROM service WHERE service_id = @serviceId", new { serviceId });
    }

    /// <summary>Adds a service; null where the id is taken.</summary>
    public Task<ServiceRow?> AddAsync(string serviceId, string name, string description, string url) =>
        database.WriteAsync(write => write.ChangeAsync<ServiceRow>(Shown.Services, $"""
            INSERT INTO service (service_id, name, description, url) VALUES (@serviceId, @name, @description, @url)
            ON CONFLICT (service_id) DO NOTHING
            RETURNING {Columns}
            """, new { serviceId, name, description, url }));

    /// <summary>Changes a service; null where there is none with this id.</summary>
    public Task<ServiceRow?> UpdateAsync(string serviceId, string name, string description, string url) =>
        database.WriteAsync(write => write.ChangeAsync<ServiceRow>(Shown.Services, $"""
            UPDATE service SET name = @name, description = @description, url = @url WHERE service_id = @serviceId
            RETURNING {Columns}
            """, new { serviceId, name, description, url }));

    /// <summary>Deletes a service and returns what it was; null where there was none.</summary>
    public Task<ServiceRow?> DeleteAsync(string serviceId) => database.WriteAsync(write => write.ChangeAsync<ServiceRow>(
        Shown.Services, $"DELETE FROM service WHERE service_id = @serviceId RETURNING {Columns}", new { serviceId }));
}
