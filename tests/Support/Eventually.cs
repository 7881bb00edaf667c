using System.Diagnostics;

namespace Qhana.Registry.Tests.Support;

/// <summary>Waits for things that happen in the background.</summary>
public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <summary>Reads again and again until the value is as it should be; fails after ten seconds with the last value.</summary>
    public static async Task<T> IsAsync<T>(Func<Task<T>> read, Func<T, bool> asItShould)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var value = await read();
            if (asItShould(value))
                return value;
            if (clock.Elapsed > Deadline)
                Assert.Fail($"Not within {Deadline.TotalSeconds} s; at last it was: {value}");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Reads again and again until the value is the expected one.</summary>
    public static Task<T> EqualsAsync<T>(T expected, Func<Task<T>> read) =>
        IsAsync(read, value => EqualityComparer<T>.Default.Equals(value, expected));

    /// <summary>As the other overload, for what is read without waiting.</summary>
    public static Task<T> EqualsAsync<T>(T expected, Func<T> read) => EqualsAsync(expected, () => Task.FromResult(read()));
}
