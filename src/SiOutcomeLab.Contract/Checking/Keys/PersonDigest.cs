using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SiOutcomeLab.Contract;

/// <summary>
/// A keyed 128-bit digest of a pseudonym: AES-256 in CBC-MAC over its two blocks, under a random key that lives in memory as long as the
/// check. For inputs of one length CBC-MAC is a pseudorandom function (Bellare, Kilian and Rogaway, 2000): without the key a digest tells
/// nothing of the pseudonym, and nobody can choose pseudonyms that collide. Two of q persons share a digest with probability at most
/// 2·(2q)²/2¹²⁸: below 10⁻²¹ for 100 million persons.
/// </summary>
internal sealed class PersonDigest : IDisposable
{
    /// <summary>Bytes of a pseudonym.</summary>
    public const int PersonBytes = 32;

    private readonly Aes _cipher = Aes.Create();
    private byte[] _first = [];
    private byte[] _second = [];

    public PersonDigest() => _cipher.Key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Digests pseudonyms.</summary>
    /// <param name="persons">Pseudonyms of 32 bytes, end to end.</param>
    /// <returns>Two numbers a pseudonym; valid until the next call.</returns>
    public ReadOnlySpan<(ulong High, ulong Low)> Of(ReadOnlySpan<byte> persons)
    {
        var half = persons.Length / 2;
        if (_first.Length < half) (_first, _second) = (new byte[half], new byte[half]);
        var first = _first.AsSpan(0, half);
        var second = _second.AsSpan(0, half);
        var whole = MemoryMarshal.Cast<byte, UInt128>(persons);
        var words = MemoryMarshal.Cast<byte, UInt128>(first);
        for (var i = 0; i < words.Length; i++) words[i] = whole[2 * i];
        _cipher.EncryptEcb(first, second, PaddingMode.None);
        words = MemoryMarshal.Cast<byte, UInt128>(second);
        for (var i = 0; i < words.Length; i++) words[i] ^= whole[(2 * i) + 1];
        _cipher.EncryptEcb(second, first, PaddingMode.None);
        return MemoryMarshal.Cast<byte, (ulong, ulong)>(first);
    }

    public void Dispose() => _cipher.Dispose();
}
