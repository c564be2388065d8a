namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors around invokers.</summary>
public static class CallInvokerExtensions
{
    /// <summary>Puts an interceptor around an invoker.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">The interceptor.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, interceptor);
    }

    /// <summary>Puts interceptors around an invoker; the first given sees a call first.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptors">The interceptors.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(interceptors);
        return interceptors.Reverse().Aggregate(invoker, (inner, interceptor) => inner.Intercept(interceptor));
    }

    /// <summary>Changes the headers of every call.</summary>
    /// <param name="invoker">The invoker.</param>
    /// <param name="interceptor">Takes a copy of the headers and returns those to send.</param>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return invoker.Intercept(new MetadataInterceptor(interceptor));
    }
}

/// <summary>Puts interceptors around channels.</summary>
public static class ChannelExtensions
{
    /// <summary>Puts an interceptor around a channel's calls.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">The interceptor.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }

    /// <summary>Puts interceptors around a channel's calls; the first given sees a call first.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptors">The interceptors.</param>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptors);
    }

    /// <summary>Changes the headers of every call of a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="interceptor">Takes a copy of the headers and returns those to send.</param>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }
}
