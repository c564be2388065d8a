using System.Collections.ObjectModel;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

/// <summary>The interceptors around every call, outermost first.</summary>
public class InterceptorCollection : Collection<InterceptorRegistration>
{
    /// <summary>Adds an interceptor innermost of those so far.</summary>
    /// <typeparam name="TInterceptor">Its type: taken from the services, or made per call.</typeparam>
    /// <param name="args">Constructor arguments that the services do not give.</param>
    public void Add<TInterceptor>(params object[] args)
        where TInterceptor : Interceptor => Add(typeof(TInterceptor), args);

    /// <summary>Adds an interceptor innermost of those so far.</summary>
    /// <param name="interceptorType">Its type: taken from the services, or made per call.</param>
    /// <param name="args">Constructor arguments that the services do not give.</param>
    /// <exception cref="ArgumentException">The type is no interceptor.</exception>
    public void Add(Type interceptorType, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(interceptorType);
        if (!interceptorType.IsSubclassOf(typeof(Interceptor)))
        {
            throw new ArgumentException($"{interceptorType} does not derive from {typeof(Interceptor)}.", nameof(interceptorType));
        }

        Add(new InterceptorRegistration(interceptorType, args));
    }
}

/// <summary>One interceptor of a collection.</summary>
public class InterceptorRegistration
{
    internal InterceptorRegistration(Type type, object[] arguments)
    {
        Type = type;
        Arguments = arguments;
    }

    /// <summary>The interceptor's type.</summary>
    public Type Type { get; }

    /// <summary>Constructor arguments that the services do not give.</summary>
    public IReadOnlyList<object> Arguments { get; }
}
