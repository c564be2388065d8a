using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SiOutcomeLab.Domain.Identity;

/// <summary>How entries of the audit log hang together: each hash covers its entry, its number and the hash before it.</summary>
/// <remarks>
/// SHA-256 over the ASCII line <c>silab audit 1\n</c>, the 32 bytes of the hash before, the number (8 bytes, big-endian), the time (100 ns
/// ticks of UTC since year 1, 8 bytes), the kind of authentication (4 bytes), the count (8 bytes), and organisation, subject, call,
/// resource and outcome, each as UTF-8 with its length before it (4 bytes). Whoever holds the entries can reckon it again.
/// </remarks>
public static class AuditChain
{
    /// <summary>What stands before the first entry: 64 zeros.</summary>
    public static string Genesis { get; } = new('0', 64);

    /// <summary>The hash of an entry in its place.</summary>
    /// <param name="previous">The hash before it, 64 hexadecimal digits; <see cref="Genesis"/> for the first.</param>
    /// <param name="sequence">Its number, from 1.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="FormatException"><paramref name="previous"/> is no hash.</exception>
    public static string HashOf(string previous, long sequence, AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("silab audit 1\n"u8);
        hash.AppendData(Convert.FromHexString(previous));
        Append(hash, sequence);
        Append(hash, entry.At.UtcTicks);
        Append(hash, (int)entry.Authentication);
        Append(hash, entry.Count);
        foreach (var text in new[] { entry.Organisation.Code, entry.Subject, entry.Call, entry.Resource, entry.Outcome })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Append(hash, bytes.Length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
