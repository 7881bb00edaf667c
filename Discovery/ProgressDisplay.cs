namespace Qhana.Registry.Discovery;

/// <summary>Shows how far a run is: a bar on a terminal, now and then a plain line elsewhere.</summary>
public static class ProgressDisplay
{
    private const int Width = 40;
    private static readonly TimeSpan BarPace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LinePace = TimeSpan.FromSeconds(1);

    /// <summary>Shows the progress until the work has ended, and returns what it came to.</summary>
    public static async Task<T> ShowAsync<T>(DiscoveryProgress progress, Task<T> work)
    {
        var isTerminal = !Console.IsOutputRedirected;
        while (await Task.WhenAny(work, Task.Delay(isTerminal ? BarPace : LinePace)) != work)
            Show(progress, isTerminal);
        Show(progress, isTerminal);
        if (isTerminal)
            Console.WriteLine();
        return await work;
    }

    private static void Show(DiscoveryProgress progress, bool isTerminal)
    {
        var (done, known) = (progress.Done, progress.Known);
        if (!isTerminal)
        {
            Console.WriteLine($"Visited {done} of {known} URLs.");
            return;
        }

        var filled = known == 0 ? 0 : Width * done / known;
        Console.Write($"\r[{new string('#', filled)}{new string('.', Width - filled)}] {done} of {known} URLs ");
    }
}
