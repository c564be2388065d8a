using System.Security.Cryptography;

namespace SiOutcomeLab.Storage.Keys;

/// <summary>One key of the hub: 32 random bytes, known by an identifier that tells nothing of them.</summary>
internal sealed class HubKey
{
    public const int Bytes = 32;

    private readonly byte[] _bytes;

    /// <param name="bytes">The key; kept, not copied.</param>
    /// <param name="created">When it was made.</param>
    public HubKey(byte[] bytes, DateTimeOffset created)
    {
        if (bytes.Length != Bytes) throw new ArgumentException($"A hub key has {Bytes} bytes.", nameof(bytes));
        _bytes = bytes;
        Created = created;
        Id = IdOf(bytes);
    }

    public string Id { get; }

    public DateTimeOffset Created { get; }

    public ReadOnlySpan<byte> Secret => _bytes;

    public static HubKey Random(DateTimeOffset now) => new(RandomNumberGenerator.GetBytes(Bytes), now);

    public void Forget() => CryptographicOperations.ZeroMemory(_bytes);

    private static string IdOf(ReadOnlySpan<byte> key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("silab hub key id\n"u8);
        hash.AppendData(key);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, KeyWrapping.KeyIdBytes));
    }
}
