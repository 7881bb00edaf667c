using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Qhana.Registry.Tests.Support;

/// <summary>A line of the log.</summary>
public sealed record LogLine(LogLevel Level, string Category, string Text);

/// <summary>Keeps what a registry logs. Safe for use by many threads.</summary>
public sealed class LogLines : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = [];

    /// <summary>What has been logged so far.</summary>
    public IReadOnlyList<LogLine> All => [.. _lines];

    /// <summary>The texts of one level.</summary>
    public IReadOnlyList<string> Of(LogLevel level) => [.. _lines.Where(l => l.Level == level).Select(l => l.Text)];

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

    /// <inheritdoc />
    public void Dispose()
    {
        // The lines are still wanted when the registry has gone.
    }

    private sealed class Logger(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            lines.Enqueue(new LogLine(logLevel, category, exception is null ? text : $"{text} {exception}"));
        }
    }
}
