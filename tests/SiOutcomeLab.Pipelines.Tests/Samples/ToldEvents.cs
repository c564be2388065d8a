using Microsoft.Extensions.Logging;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>A log that keeps which events were told of, in order.</summary>
internal sealed class ToldEvents<T> : ILogger<T>
{
    public List<string?> Names { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Names) Names.Add(eventId.Name);
    }
}
