using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core;

/// <summary>Adds metadata, usually a token, to a call that is about to start.</summary>
/// <param name="context">The call.</param>
/// <param name="metadata">Headers to add to.</param>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);

/// <summary>The call that credentials are asked for.</summary>
/// <param name="serviceUrl">Address and service.</param>
/// <param name="methodName">Name of the method.</param>
/// <param name="cancellationToken">Cancelled with the call.</param>
public class AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken = default)
{
    /// <summary>Address and service: <c>https://host/package.Service</c>.</summary>
    [SuppressMessage("Design", "CA1056", Justification = "A string in Grpc.Core.Api.")]
    public string ServiceUrl { get; } = serviceUrl;

    /// <summary>Name of the method.</summary>
    public string MethodName { get; } = methodName;

    /// <summary>Cancelled with the call.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>Credentials of a call. Sent only over TLS unless the channel was told otherwise.</summary>
public abstract class CallCredentials
{
    internal abstract IEnumerable<AsyncAuthInterceptor> Interceptors { get; }

    /// <summary>Several credentials in one; each adds its metadata in turn.</summary>
    /// <param name="credentials">Two or more.</param>
    public static CallCredentials Compose(params CallCredentials[] credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return new Combined([.. credentials.SelectMany(c => c.Interceptors)]);
    }

    /// <summary>Credentials from a function.</summary>
    /// <param name="interceptor">Adds the metadata.</param>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return new Combined([interceptor]);
    }

    private sealed class Combined(AsyncAuthInterceptor[] interceptors) : CallCredentials
    {
        internal override IEnumerable<AsyncAuthInterceptor> Interceptors => interceptors;
    }
}
