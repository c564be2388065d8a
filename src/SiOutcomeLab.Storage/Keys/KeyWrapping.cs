using System.Security.Cryptography;
using System.Text;

namespace SiOutcomeLab.Storage.Keys;

/// <summary>
/// How a small secret is wrapped: version (1) ‖ key id (8) ‖ nonce (12) ‖ tag (16) ‖ AES-256-GCM ciphertext. Version, key id and purpose
/// are authenticated with it. The nonce is random: a key wraps far fewer than the 2^32 secrets for which that is safe (NIST SP 800-38D, 8.3).
/// </summary>
internal static class KeyWrapping
{
    public const int KeyIdBytes = 8;

    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int NonceAt = 1 + KeyIdBytes;
    private const int TagAt = NonceAt + NonceBytes;
    private const int CiphertextAt = TagAt + TagBytes;

    public static byte[] Wrap(HubKey key, string purpose, ReadOnlySpan<byte> secret)
    {
        var wrapped = new byte[CiphertextAt + secret.Length];
        wrapped[0] = Version;
        Convert.FromHexString(key.Id).CopyTo(wrapped.AsSpan(1));
        RandomNumberGenerator.Fill(wrapped.AsSpan(NonceAt, NonceBytes));
        using var cipher = new AesGcm(key.Secret, TagBytes);
        cipher.Encrypt(
            wrapped.AsSpan(NonceAt, NonceBytes),
            secret,
            wrapped.AsSpan(CiphertextAt),
            wrapped.AsSpan(TagAt, TagBytes),
            AssociatedData(wrapped, purpose));
        return wrapped;
    }

    /// <exception cref="WrappedSecretDamagedException">The form is not that of a wrapped secret.</exception>
    public static string KeyIdOf(string purpose, ReadOnlySpan<byte> wrapped) =>
        wrapped.Length < CiphertextAt || wrapped[0] != Version
            ? throw new WrappedSecretDamagedException(purpose)
            : Convert.ToHexStringLower(wrapped.Slice(1, KeyIdBytes));

    /// <exception cref="WrappedSecretDamagedException">It was not wrapped by this key for this purpose.</exception>
    public static byte[] Unwrap(HubKey key, string purpose, ReadOnlySpan<byte> wrapped)
    {
        var secret = new byte[wrapped.Length - CiphertextAt];
        using var cipher = new AesGcm(key.Secret, TagBytes);
        try
        {
            cipher.Decrypt(
                wrapped.Slice(NonceAt, NonceBytes),
                wrapped[CiphertextAt..],
                wrapped.Slice(TagAt, TagBytes),
                secret,
                AssociatedData(wrapped, purpose));
            return secret;
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw new WrappedSecretDamagedException(purpose, e);
        }
    }

    private static byte[] AssociatedData(ReadOnlySpan<byte> wrapped, string purpose) =>
        [.. "silab wrapped secret\n"u8, .. wrapped[..NonceAt], .. Encoding.UTF8.GetBytes(purpose)];
}
