using System.Collections;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Which health checks stand for which service name of <c>grpc.health.v1</c>.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>The names that are known. At first the empty name, the server as a whole, with all checks.</summary>
    public ServiceMappingCollection Services { get; } = [new ServiceMapping("", static _ => true)];

    /// <summary>Whether <c>Check</c> answers with the last published results (every 30 s by default) instead of running the checks. Defaults to false.</summary>
    public bool UseHealthChecksCache { get; set; }
}

/// <summary>A service name and the checks that stand for it.</summary>
/// <param name="name">Name in requests.</param>
/// <param name="predicate">Chooses the checks.</param>
public sealed class ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
{
    /// <summary>Name in requests.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>Chooses the checks.</summary>
    public Func<HealthCheckMapContext, bool> HealthCheckPredicate { get; } = predicate ?? throw new ArgumentNullException(nameof(predicate));
}

/// <summary>A check that may stand for a service.</summary>
/// <param name="name">The check's name.</param>
/// <param name="tags">The check's tags.</param>
public sealed class HealthCheckMapContext(string name, IEnumerable<string> tags)
{
    /// <summary>The check's name.</summary>
    public string Name { get; } = name;

    /// <summary>The check's tags.</summary>
    public IEnumerable<string> Tags { get; } = tags;
}

/// <summary>Mappings by service name.</summary>
public sealed class ServiceMappingCollection : IEnumerable<ServiceMapping>
{
    private readonly Dictionary<string, ServiceMapping> _mappings = new(StringComparer.Ordinal);

    /// <summary>Adds a mapping.</summary>
    /// <param name="service">The mapping.</param>
    /// <exception cref="ArgumentException">The name is mapped already.</exception>
    public void Add(ServiceMapping service)
    {
        ArgumentNullException.ThrowIfNull(service);
        _mappings.Add(service.Name, service);
    }

    /// <summary>Maps a name, in place of any mapping it had.</summary>
    /// <param name="name">Name in requests.</param>
    /// <param name="predicate">Chooses the checks.</param>
    public void Map(string name, Func<HealthCheckMapContext, bool> predicate) => _mappings[name] = new ServiceMapping(name, predicate);

    /// <summary>Removes the mapping of a name.</summary>
    /// <param name="name">Name in requests.</param>
    public void Remove(string name) => _mappings.Remove(name);

    /// <summary>Removes all mappings.</summary>
    public void Clear() => _mappings.Clear();

    /// <summary>The mappings.</summary>
    public IEnumerator<ServiceMapping> GetEnumerator() => _mappings.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ServiceMapping? Find(string name) => _mappings.GetValueOrDefault(name);
}
