namespace Grpc.Core;

/// <summary>What is proven about the client by the transport (its certificate), not by a token in the headers.</summary>
/// <param name="peerIdentityPropertyName">Name of the property that identifies the peer, or null when nothing is proven.</param>
/// <param name="properties">Properties by name.</param>
public class AuthContext(string? peerIdentityPropertyName, Dictionary<string, List<AuthProperty>> properties)
{
    /// <summary>Whether the peer proved who it is.</summary>
    public bool IsPeerAuthenticated => peerIdentityPropertyName is not null;

    /// <summary>Name of the property that identifies the peer, or null.</summary>
    public string? PeerIdentityPropertyName => peerIdentityPropertyName;

    /// <summary>Properties that identify the peer; empty when nothing is proven.</summary>
    public IEnumerable<AuthProperty> PeerIdentity => peerIdentityPropertyName is null ? [] : FindPropertiesByName(peerIdentityPropertyName);

    /// <summary>All properties.</summary>
    public IEnumerable<AuthProperty> Properties => properties.Values.SelectMany(p => p);

    /// <summary>Properties of a name; empty when there are none.</summary>
    /// <param name="propertyName">The name.</param>
    public IEnumerable<AuthProperty> FindPropertiesByName(string propertyName) =>
        properties.TryGetValue(propertyName, out var found) ? found : [];
}

/// <summary>One thing proven about the client.</summary>
public class AuthProperty
{
    private readonly byte[] _value;

    private AuthProperty(string name, byte[] value)
    {
        Name = name;
        _value = value;
    }

    /// <summary>Name of the property.</summary>
    public string Name { get; }

    /// <summary>The value as UTF-8 text.</summary>
    public string Value => System.Text.Encoding.UTF8.GetString(_value);

    /// <summary>The value's bytes; a copy.</summary>
    public byte[] ValueBytes => (byte[])_value.Clone();

    /// <summary>Makes a property.</summary>
    /// <param name="name">Name.</param>
    /// <param name="valueBytes">Value; copied.</param>
    public static AuthProperty Create(string name, byte[] valueBytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(valueBytes);
        return new AuthProperty(name, (byte[])valueBytes.Clone());
    }
}
