using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>On the endpoint of every gRPC method: which method it is, for middleware and interceptors.</summary>
/// <param name="serviceType">The implementation.</param>
/// <param name="method">The method.</param>
public sealed class GrpcMethodMetadata(Type serviceType, IMethod method)
{
    /// <summary>The implementation.</summary>
    public Type ServiceType { get; } = serviceType;

    /// <summary>The method.</summary>
    public IMethod Method { get; } = method;

    /// <summary>The method's path.</summary>
    public override string ToString() => Method.FullName;
}
