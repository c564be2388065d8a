namespace Grpc.Core;

/// <summary>A method without its message types.</summary>
public interface IMethod
{
    /// <summary>The call shape.</summary>
    MethodType Type { get; }

    /// <summary>Full name of the service: <c>package.Service</c>.</summary>
    string ServiceName { get; }

    /// <summary>Name of the method, without the service.</summary>
    string Name { get; }

    /// <summary>Path of the method: <c>/package.Service/Method</c>.</summary>
    string FullName { get; }
}

/// <summary>A method with its message types.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
/// <param name="type">The call shape.</param>
/// <param name="serviceName">Full name of the service.</param>
/// <param name="name">Name of the method.</param>
/// <param name="requestMarshaller">Bytes of a request.</param>
/// <param name="responseMarshaller">Bytes of a response.</param>
public class Method<TRequest, TResponse>(
    MethodType type, string serviceName, string name, Marshaller<TRequest> requestMarshaller, Marshaller<TResponse> responseMarshaller)
    : IMethod
{
    /// <inheritdoc/>
    public MethodType Type { get; } = type;

    /// <inheritdoc/>
    public string ServiceName { get; } = serviceName ?? throw new ArgumentNullException(nameof(serviceName));

    /// <inheritdoc/>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>Bytes of a request.</summary>
    public Marshaller<TRequest> RequestMarshaller { get; } = requestMarshaller ?? throw new ArgumentNullException(nameof(requestMarshaller));

    /// <summary>Bytes of a response.</summary>
    public Marshaller<TResponse> ResponseMarshaller { get; } = responseMarshaller ?? throw new ArgumentNullException(nameof(responseMarshaller));

    /// <inheritdoc/>
    public string FullName { get; } = $"/{serviceName}/{name}";
}
