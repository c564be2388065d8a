using Google.Protobuf.Reflection;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>
/// All mapped services and their unary methods, for other ways into the same handlers (the hub's JSON door) and for reflection.
/// Ours: the official packages have nothing like it. A singleton that <c>AddGrpc</c> adds and <c>MapGrpcService</c> fills.
/// </summary>
public sealed class GrpcMethodRegistry
{
    internal const string AnyService = "*";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, GrpcUnaryMethod> _unary = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceDescriptor?> _services = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fallbacks = new(StringComparer.Ordinal);

    /// <summary>The unary methods of all mapped services whose messages are protobuf, by path.</summary>
    public IReadOnlyList<GrpcUnaryMethod> UnaryMethods
    {
        get
        {
            lock (_gate) return [.. _unary.Values.OrderBy(m => m.FullName, StringComparer.Ordinal)];
        }
    }

    /// <summary>Full names of all mapped services.</summary>
    public IReadOnlyList<string> ServiceNames
    {
        get
        {
            lock (_gate) return [.. _services.Keys.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Descriptors of the mapped services that have one.</summary>
    public IReadOnlyList<ServiceDescriptor> Services
    {
        get
        {
            lock (_gate) return [.. _services.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => s.Value).OfType<ServiceDescriptor>()];
        }
    }

    /// <summary>The unary method at a path, or null.</summary>
    /// <param name="fullName">The path, case-sensitive: <c>/package.Service/Method</c>.</param>
    public GrpcUnaryMethod? Find(string fullName)
    {
        lock (_gate) return _unary.GetValueOrDefault(fullName);
    }

    internal void AddMethod(GrpcUnaryMethod method)
    {
        lock (_gate) _unary[method.FullName] = method;
    }

    internal void AddService(Type implementation, Type bindType, IEnumerable<string> names)
    {
        var descriptor = bindType.GetProperty("Descriptor", typeof(ServiceDescriptor))?.GetValue(null) as ServiceDescriptor;
        lock (_gate)
        {
            foreach (var name in names)
            {
                _services[name] = descriptor?.FullName == name ? descriptor : null;
            }
        }
    }

    /// <summary>Whether this is the first to map the fallback of a service.</summary>
    internal bool ClaimFallback(string serviceName)
    {
        lock (_gate) return _fallbacks.Add(serviceName);
    }
}
