namespace SiOutcomeLab.Storage.Keys;

/// <summary>A secret is wrapped under a key that the hub's key file does not hold.</summary>
/// <param name="keyId">The missing key's identifier.</param>
/// <param name="held">The identifiers of the keys that are there.</param>
public sealed class HubKeyMissingException(string keyId, IReadOnlyList<string> held)
    : HubKeyException(
        HubKeyProblem.KeyMissing,
        $"The hub's key {keyId} is needed and not in the key file, which holds {(held.Count == 0 ? "none" : string.Join(", ", held))}. Start the hub with the key file "
        + "that belongs to this data folder, or copy the missing key into it from the key file's own backup; what is wrapped under "
        + "a key that is lost cannot be recovered.")
{
    /// <summary>The missing key's identifier, 16 hexadecimal digits.</summary>
    public string KeyId { get; } = keyId;
}
