using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Qhana.Registry.Data.Configuration;
using Qhana.Registry.Endpoints.Hypermedia;

namespace Qhana.Registry.Endpoints;

/// <summary>Commands about the documentation.</summary>
public static class DocumentationCommands
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary><c>export-openapi FILE</c>: writes the OpenAPI document.</summary>
    public static Command ExportOpenApi(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write." };
        var command = new Command("export-openapi", "Write the OpenAPI document to a file.") { file };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            (app, _) => ExportAsync(app, parsed.GetValue(file)!, cancellationToken),
            // The document is asked of the server itself, which listens for nobody else and does nothing else meanwhile.
            "--urls=http://127.0.0.1:0", "--PLUGIN_DISCOVERY_INTERVAL=-1", "--PLUGIN_PURGE_INTERVAL=-1", "--LOCALHOST_PROXY_PORTS="));
        return command;
    }

    private static async Task<int> ExportAsync(WebApplication app, string file, CancellationToken cancellationToken)
    {
        await app.StartAsync(cancellationToken);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri(app.Urls.First()) };
        var document = JsonNode.Parse(await client.GetByteArrayAsync(Routes.Specification, cancellationToken))!.AsObject();
        // The server that was asked is no more when anyone reads the file.
        document.Remove("servers");
        await app.StopAsync(cancellationToken);
        try
        {
            await File.WriteAllTextAsync(file, document.ToJsonString(Indented) + "\n", cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        Console.WriteLine($"Wrote the OpenAPI document to {Path.GetFullPath(file)}.");
        return 0;
    }
}
