namespace Qhana.Registry.Data.Configuration;

/// <summary>Runs the work of a command with the whole program at hand, but without its server and its loops.</summary>
public sealed class CommandHost(RegistryBuilder build, IReadOnlyList<string> variables)
{
    /// <summary>Runs the work and returns its exit code; 1, with a line, where configuration or database are unusable.</summary>
    public async Task<int> RunAsync(Func<WebApplication, RegistrySettings, Task<int>> work, params IReadOnlyList<string> arguments)
    {
        // What a command has to say it says itself; the log is for what went wrong.
        string[] quiet = Environment.GetEnvironmentVariable("DEFAULT_LOG_LEVEL") is null ? ["--DEFAULT_LOG_LEVEL=ERROR"] : [];
        if (!build([.. quiet, .. variables, .. arguments], out var app, out var settings))
            return 1;
        await using (app)
        {
            try
            {
                return await work(app, settings);
            }
            catch (Exception e) when (e is DatabaseUnusableException || DatabaseFailures.IsUnavailable(e))
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        }
    }
}
