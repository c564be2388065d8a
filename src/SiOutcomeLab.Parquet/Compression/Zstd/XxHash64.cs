using System.Buffers.Binary;
using System.Numerics;

namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>XXH64 with seed 0, of which a zstd frame may carry the lower half (xxHash, doc/xxhash_spec.md, "XXH64").</summary>
internal static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var length = (ulong)bytes.Length;
        var hash = Prime5;
        if (bytes.Length >= 32)
        {
            ulong first = unchecked(Prime1 + Prime2), second = Prime2, third = 0, fourth = unchecked(0 - Prime1);
            for (; bytes.Length >= 32; bytes = bytes[32..])
            {
                first = Round(first, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
                second = Round(second, BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
                third = Round(third, BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]));
                fourth = Round(fourth, BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
            }

            hash = BitOperations.RotateLeft(first, 1) + BitOperations.RotateLeft(second, 7)
                + BitOperations.RotateLeft(third, 12) + BitOperations.RotateLeft(fourth, 18);
            hash = Merge(Merge(Merge(Merge(hash, first), second), third), fourth);
        }

        return Finish(hash + length, bytes);
    }

    private static ulong Finish(ulong hash, ReadOnlySpan<byte> rest)
    {
        for (; rest.Length >= 8; rest = rest[8..])
        {
            hash ^= Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            hash = (BitOperations.RotateLeft(hash, 27) * Prime1) + Prime4;
        }

        if (rest.Length >= 4)
        {
            hash ^= BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1;
            hash = (BitOperations.RotateLeft(hash, 23) * Prime2) + Prime3;
            rest = rest[4..];
        }

        foreach (var one in rest) hash = BitOperations.RotateLeft(hash ^ (one * Prime5), 11) * Prime1;
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong Round(ulong lane, ulong word) => BitOperations.RotateLeft(lane + (word * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong lane) => ((hash ^ Round(0, lane)) * Prime1) + Prime4;
}
