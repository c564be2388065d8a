using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>Copies in steps of sixteen bytes, which may write up to <see cref="Slack"/> bytes beyond what is asked.</summary>
internal static unsafe class WideCopy
{
    public const int Slack = 32;

    /// <summary>Copies from another buffer, in which <see cref="Slack"/> bytes more may be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Literals(byte* from, byte* to, nint length)
    {
        Vector128.Store(Vector128.Load(from), to);
        for (nint i = 16; i < length; i += 16) Vector128.Store(Vector128.Load(from + i), to + i);
    }

    /// <summary>Copies from so far before; source and target may overlap, which is how runs are spelled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Match(byte* to, nint distance, nint length)
    {
        var from = to - distance;
        if (distance >= 16)
        {
            Vector128.Store(Vector128.Load(from), to);
            for (nint i = 16; i < length; i += 16) Vector128.Store(Vector128.Load(from + i), to + i);
            return;
        }

        MatchNear(to, distance, length);
    }

    /// <summary>Copies without writing beyond.</summary>
    public static void MatchNarrow(byte* to, nint distance, nint length)
    {
        for (nint i = 0; i < length; i++) to[i] = to[i - distance];
    }

    private static void MatchNear(byte* to, nint distance, nint length)
    {
        // After eight bytes the same pattern also stands a multiple of its length, at least 8, before.
        var from = to - distance;
        for (nint i = 0; i < 8; i++) to[i] = from[i];
        from = to - ((8 + distance - 1) / distance * distance);
        for (nint i = 8; i < length; i += 8) Unsafe.WriteUnaligned(to + i, Unsafe.ReadUnaligned<ulong>(from + i));
    }
}
