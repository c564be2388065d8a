using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace SiOutcomeLab.Programme.Nightly;

/// <summary>How often the calls of an interface were made, and how long they took; told of each call as it begins.</summary>
internal sealed class CallTimes
{
    private readonly ConcurrentDictionary<string, (long Calls, double Seconds)> _times = new(StringComparer.Ordinal);

    /// <summary>Told of each call's name and arguments.</summary>
    public Action<string, object?[]>? Began { get; init; }

    /// <summary>Told of each call's name and arguments when it has ended.</summary>
    public Action<string, object?[]>? Ended { get; init; }

    /// <summary>By name, the slowest first.</summary>
    public IReadOnlyList<(string Name, long Calls, double Seconds)> All =>
        [.. _times.Select(t => (t.Key, t.Value.Calls, t.Value.Seconds)).OrderByDescending(t => t.Seconds)];

    public void Add(string name, double seconds) =>
        _times.AddOrUpdate(name, (1, seconds), (_, before) => (before.Calls + 1, before.Seconds + seconds));
}

/// <summary>An interface whose asynchronous calls are timed; what it hands out by property is timed as well.</summary>
/// <typeparam name="T">The interface.</typeparam>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "DispatchProxy makes a type that derives from it.")]
internal class TimedCalls<T> : DispatchProxy
    where T : class
{
    private readonly ConcurrentDictionary<string, object> _parts = new(StringComparer.Ordinal);
    private T _of = null!;
    private CallTimes _times = null!;

    /// <summary>Puts the clock around it.</summary>
    public static T Around(T of, CallTimes times)
    {
        var proxy = Create<T, TimedCalls<T>>();
        var timed = (TimedCalls<T>)(object)proxy;
        (timed._of, timed._times) = (of, times);
        return proxy;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod!;
        if (method.IsSpecialName && method.ReturnType.IsInterface) return _parts.GetOrAdd(method.Name, _ => PartOf(method));
        _times.Began?.Invoke(method.Name, args ?? []);
        var start = Stopwatch.GetTimestamp();
        var answer = method.Invoke(_of, BindingFlags.DoNotWrapExceptions, null, args, null);
        if (answer is Task task) task.ContinueWith(_ => Add(), TaskContinuationOptions.ExecuteSynchronously);
        else Add();
        return answer;

        void Add()
        {
            _times.Add($"{typeof(T).Name}.{method.Name}", Stopwatch.GetElapsedTime(start).TotalSeconds);
            _times.Ended?.Invoke(method.Name, args ?? []);
        }
    }

    private object PartOf(MethodInfo method)
    {
        var around = typeof(TimedCalls<>).MakeGenericType(method.ReturnType).GetMethod(nameof(Around))!;
        return around.Invoke(null, [method.Invoke(_of, null), _times])!;
    }
}
