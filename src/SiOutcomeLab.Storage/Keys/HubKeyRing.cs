using System.Security.Cryptography;

namespace SiOutcomeLab.Storage.Keys;

/// <summary>
/// The hub's master keys, from a key file outside the data folder. Under them the catalogue keeps small secrets (the key of an arriving
/// upload, the person key of a project) wrapped, so that data folder and backup alone open nothing. Safe for use by many callers at once.
/// </summary>
/// <remarks>
/// Rotation: <see cref="AddKey"/> makes a new active key and keeps the old ones; secrets are wrapped anew as <see cref="NeedsRewrap"/>
/// says and <see cref="Rewrap"/> does; when none needs it any more, <see cref="RemoveKey"/> takes an old key out of the file. Whoever
/// loses the key file loses the uploads under way and the ability to link later submissions with earlier ones, so the file has a backup
/// of its own, kept apart from the data's.
/// </remarks>
public sealed class HubKeyRing : IDisposable
{
    private readonly Dictionary<string, HubKey> _keys;
    private readonly HubKey _active;

    internal HubKeyRing(IReadOnlyList<HubKey> keys, string activeKeyId)
    {
        _keys = keys.ToDictionary(k => k.Id);
        _active = _keys[activeKeyId];
        KeyIds = [.. keys.Select(k => k.Id)];
    }

    /// <summary>The key that wraps from now on: 16 lower-case hexadecimal digits.</summary>
    public string ActiveKeyId => _active.Id;

    /// <summary>Every key in the file, oldest first.</summary>
    public IReadOnlyList<string> KeyIds { get; }

    /// <summary>Makes a key file with one random key, readable by this account only, and makes it durable.</summary>
    /// <param name="path">Where; nothing may be there, and it may not lie in the data folder.</param>
    /// <param name="dataFolder">The hub's data folder, there or not.</param>
    /// <param name="timeProvider">The clock that dates the key; the system's when null.</param>
    /// <exception cref="HubKeyException">See <see cref="HubKeyProblem"/>; nothing has been written over.</exception>
    public static HubKeyRing Create(string path, string dataFolder, TimeProvider? timeProvider = null)
    {
        HubKeyFile.RequireOutside(path, dataFolder);
        var key = HubKey.Random((timeProvider ?? TimeProvider.System).GetUtcNow());
        HubKeyFile.Create(path, [key], key.Id);
        return new HubKeyRing([key], key.Id);
    }

    /// <summary>Reads a key file.</summary>
    /// <param name="path">The key file; on Unix nobody but its owner may have any right to it.</param>
    /// <param name="dataFolder">The hub's data folder, which must not contain the file.</param>
    /// <exception cref="HubKeyException">See <see cref="HubKeyProblem"/>.</exception>
    public static HubKeyRing Load(string path, string dataFolder)
    {
        HubKeyFile.RequireOutside(path, dataFolder);
        var (keys, active) = HubKeyFile.Read(path);
        return new HubKeyRing(keys, active);
    }

    /// <summary>Adds a random key to the file and makes it the active one. The file is replaced as a whole, durably, or not at all.</summary>
    /// <returns>The new ring; rings read before go on with the keys they know.</returns>
    /// <inheritdoc cref="Create" path="/param"/>
    /// <exception cref="HubKeyException">See <see cref="HubKeyProblem"/>.</exception>
    public static HubKeyRing AddKey(string path, string dataFolder, TimeProvider? timeProvider = null)
    {
        HubKeyFile.RequireOutside(path, dataFolder);
        var (keys, _) = HubKeyFile.Read(path);
        var added = HubKey.Random((timeProvider ?? TimeProvider.System).GetUtcNow());
        keys = [.. keys, added];
        HubKeyFile.Replace(path, keys, added.Id);
        return new HubKeyRing(keys, added.Id);
    }

    /// <summary>Takes an old key out of the file. What is still wrapped under it is lost: ask <see cref="NeedsRewrap"/> first.</summary>
    /// <param name="path">The key file.</param>
    /// <param name="dataFolder">The hub's data folder.</param>
    /// <param name="keyId">The key; not the active one.</param>
    /// <exception cref="HubKeyException">See <see cref="HubKeyProblem"/>; the file is as it was.</exception>
    public static HubKeyRing RemoveKey(string path, string dataFolder, string keyId)
    {
        HubKeyFile.RequireOutside(path, dataFolder);
        var (keys, active) = HubKeyFile.Read(path);
        if (keyId == active)
        {
            throw new HubKeyException(
                HubKeyProblem.KeyActive, $"The hub's key {keyId} in {path} is the active one; add a new key and wrap under it first.");
        }

        HubKey[] kept = [.. keys.Where(k => k.Id != keyId)];
        if (kept.Length == keys.Count) throw new HubKeyMissingException(keyId, [.. keys.Select(k => k.Id)]);
        HubKeyFile.Replace(path, kept, active);
        return new HubKeyRing(kept, active);
    }

    /// <summary>Wraps a small secret under the active key.</summary>
    /// <param name="purpose">What the secret is and whose, such as <c>upload key 0123…</c>; the same is needed to unwrap it, so a wrapped
    /// secret that is moved to another row opens nothing.</param>
    /// <param name="secret">The secret, at most 4,096 bytes.</param>
    /// <returns>The wrapped secret, 37 bytes longer; another one each time.</returns>
    public byte[] Wrap(string purpose, ReadOnlySpan<byte> secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(purpose);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(secret.Length, 4096, nameof(secret));
        return KeyWrapping.Wrap(_active, purpose, secret);
    }

    /// <summary>Gives a wrapped secret back. Its holder clears it after use.</summary>
    /// <exception cref="HubKeyMissingException">It is wrapped under a key that this ring does not hold.</exception>
    /// <exception cref="WrappedSecretDamagedException">It is damaged, or was wrapped for another purpose.</exception>
    public byte[] Unwrap(string purpose, ReadOnlySpan<byte> wrapped) =>
        KeyWrapping.Unwrap(KeyOf(purpose, wrapped), purpose, wrapped);

    /// <summary>Tells whether a wrapped secret stands under another key than the active one.</summary>
    /// <exception cref="WrappedSecretDamagedException">The bytes are no wrapped secret.</exception>
    public bool NeedsRewrap(string purpose, ReadOnlySpan<byte> wrapped) => KeyWrapping.KeyIdOf(purpose, wrapped) != ActiveKeyId;

    /// <summary>Wraps a wrapped secret anew, under the active key.</summary>
    /// <exception cref="HubKeyMissingException">It is wrapped under a key that this ring does not hold.</exception>
    /// <exception cref="WrappedSecretDamagedException">It is damaged, or was wrapped for another purpose.</exception>
    public byte[] Rewrap(string purpose, ReadOnlySpan<byte> wrapped)
    {
        var secret = Unwrap(purpose, wrapped);
        try
        {
            return Wrap(purpose, secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Clears the keys from memory. No call may be under way.</summary>
    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Forget();
    }

    private HubKey KeyOf(string purpose, ReadOnlySpan<byte> wrapped)
    {
        var id = KeyWrapping.KeyIdOf(purpose, wrapped);
        return _keys.TryGetValue(id, out var key) ? key : throw new HubKeyMissingException(id, KeyIds);
    }
}
