using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Scheduling.Faults;

/// <summary>What befalls a hub at one of its calls to the storage.</summary>
internal enum Fault
{
    None,

    /// <summary>The storage does not answer; nothing is done.</summary>
    Unavailable,

    /// <summary>It is done, and the answer is lost.</summary>
    AnswerLost,

    /// <summary>The hub dies before the call.</summary>
    DiesBefore,

    /// <summary>The hub dies after it.</summary>
    DiesAfter,
}

/// <summary>A hub of the simulation: its calls to the catalogue and the lake are counted, and at one of them something befalls it.</summary>
internal sealed class SimulatedHub
{
    private int _calls;
    private (Fault Kind, int AtCall) _next;

    public bool IsDead { get; private set; }

    /// <summary>What has befallen it.</summary>
    public Fault Struck { get; private set; }

    /// <summary>Runs whose completion the catalogue has taken, in order.</summary>
    public List<string> Counted { get; } = [];

    public void Befall(Fault kind, int atCall) => (_calls, _next) = (0, (kind, atCall));

    /// <summary>The catalogue as this hub reaches it.</summary>
    public ICatalogue Reach(ICatalogue catalogue) => Proxy<ICatalogue>(catalogue);

    public async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        if (IsDead) throw new HubDiedException();
        var fault = ++_calls == _next.AtCall ? _next.Kind : Fault.None;
        if (fault != Fault.None) Struck = fault;
        if (fault == Fault.Unavailable) throw new CatalogueUnavailableException(outcomeUnknown: false, new TimeoutException());
        if (fault == Fault.DiesBefore) Die();
        var answer = await call();
        if (fault == Fault.AnswerLost) throw new CatalogueUnavailableException(outcomeUnknown: true, new TimeoutException());
        if (fault == Fault.DiesAfter) Die();
        return answer;
    }

    private T Proxy<T>(T inner)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, StorageProxy>();
        ((StorageProxy)(object)proxy).Set(this, inner);
        return proxy;
    }

    private void Die()
    {
        IsDead = true;
        throw new HubDiedException();
    }

    /// <summary>Passes every call on through its hub; the catalogue's own parts are proxies too.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "The runtime derives from it.")]
    internal class StorageProxy : DispatchProxy
    {
        private SimulatedHub _hub = null!;
        private object _inner = null!;

        internal void Set(SimulatedHub hub, object inner) => (_hub, _inner) = (hub, inner);

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var type = targetMethod!.ReturnType;
            if (type == typeof(Task))
            {
                return _hub.CallAsync(async () =>
                {
                    await (Task)targetMethod.Invoke(_inner, args)!;
                    return true;
                });
            }

            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
            {
                return typeof(StorageProxy).GetMethod(nameof(PassAsync), BindingFlags.NonPublic | BindingFlags.Instance)!
                    .MakeGenericMethod(type.GenericTypeArguments[0]).Invoke(this, [targetMethod, args]);
            }

            var value = targetMethod.Invoke(_inner, args);
            if (!targetMethod.IsSpecialName || !type.IsInterface || value is null) return value;
            return typeof(SimulatedHub).GetMethod(nameof(Proxy), BindingFlags.NonPublic | BindingFlags.Instance)!
                .MakeGenericMethod(type).Invoke(_hub, [value]);
        }

        private Task<T> PassAsync<T>(MethodInfo method, object?[] args) => _hub.CallAsync(async () =>
        {
            var answer = await (Task<T>)method.Invoke(_inner, args)!;
            if (method.Name == nameof(IRunCatalogue.CompleteAsync) && answer is true) _hub.Counted.Add((string)args[0]!);
            return answer;
        });
    }
}

/// <summary>The end of a simulated hub.</summary>
internal sealed class HubDiedException : Exception;
