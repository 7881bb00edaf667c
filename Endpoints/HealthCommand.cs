using System.CommandLine;
using Qhana.Registry.Data.Configuration;

namespace Qhana.Registry.Endpoints;

/// <summary>Asks a running registry how it is, so that a container can without any other tool in its image.</summary>
public static class HealthCommand
{
    /// <summary><c>health</c>: exit code 0 where the registry on this machine is healthy.</summary>
    public static Command Health(CommandHost host)
    {
        var command = new Command("health", "Ask the registry that runs on this machine whether it is healthy.");
        command.SetAction((_, cancellationToken) => host.RunAsync(
            (app, settings) => AskAsync(ServerAddress.Local(app.Configuration, settings.Server), cancellationToken)));
        return command;
    }

    private static async Task<int> AskAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var handler = new SocketsHttpHandler { UseProxy = false };
            using var client = new HttpClient(handler) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromSeconds(5) };
            using var response = await client.GetAsync("/health", cancellationToken);
            Console.WriteLine(await response.Content.ReadAsStringAsync(cancellationToken));
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The registry does not answer at {address}: {e.Message}");
            return 1;
        }
    }
}
