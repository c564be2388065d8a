using System.Diagnostics.CodeAnalysis;
using Grpc.AspNetCore.Server;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Service and interceptors of one call. What is made here is disposed here; what the services gave is theirs.</summary>
internal sealed class CallInstances<TService>(IServiceProvider services, IReadOnlyList<InterceptorRegistration> registrations) : IAsyncDisposable
    where TService : class
{
    private static readonly Lazy<ObjectFactory<TService>> Factory = new(() => ActivatorUtilities.CreateFactory<TService>([]));

    private List<object>? _made;
    private TService? _service;

    /// <summary>The service, made on first use: a call that an interceptor refuses makes none.</summary>
    public TService Service => _service ??= services.GetService<TService>() ?? Keep(Factory.Value(services, null));

    /// <summary>Puts the interceptors around the innermost delegate.</summary>
    [SuppressMessage("Performance", "CA1859", Justification = "A delegate type per call shape.")]
    public TDelegate Compose<TDelegate>(TDelegate innermost, Func<Interceptor, TDelegate, TDelegate> wrap)
    {
        var call = innermost;
        for (var i = registrations.Count - 1; i >= 0; i--)
        {
            call = wrap(Create(registrations[i]), call);
        }

        return call;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var made in Enumerable.Reverse(_made ?? []))
        {
            if (made is IAsyncDisposable asyncDisposable)
            {
                await asyncDisposable.DisposeAsync();
            }
            else
            {
                (made as IDisposable)?.Dispose();
            }
        }
    }

    private Interceptor Create(InterceptorRegistration registration)
    {
        if (registration.Arguments.Count == 0 && services.GetService(registration.Type) is Interceptor shared) return shared;
        return Keep((Interceptor)ActivatorUtilities.CreateInstance(services, registration.Type, [.. registration.Arguments]));
    }

    private T Keep<T>(T made)
        where T : class
    {
        if (made is IDisposable or IAsyncDisposable) (_made ??= []).Add(made);
        return made;
    }
}
