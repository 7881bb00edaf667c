using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Qhana.Registry.Benchmarks.Servers;

/// <summary>What start-up is compared with: the program that <c>dotnet new web</c> makes, silent.</summary>
public static class EmptyApi
{
    /// <summary>The argument that makes this program such a server.</summary>
    public const string Command = "--serve-empty";

    /// <summary>Serves until the process is ended.</summary>
    public static async Task<int> ServeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/api/", () => TypedResults.Bytes("{}"u8.ToArray(), "application/json"));
        await app.RunAsync();
        return 0;
    }
}
