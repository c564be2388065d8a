using System.Numerics;
using System.Runtime.CompilerServices;

namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>
/// Decodes literals from one stream or from four (RFC 8878, section 4.2.2). Four are decoded side by side, five symbols of each a step,
/// since they do not wait for one another.
/// </summary>
internal static unsafe class HuffmanStreams
{
    /// <summary>Symbols that one load of 57 bits surely holds.</summary>
    private const int Step = 5;

    /// <summary>Bytes that a step may consume.</summary>
    private const int StepBytes = 7;

    public static void DecodeOne(HuffmanTable table, byte* source, int length, byte* target, int count)
    {
        var left = BackwardBits.Open(source, length);
        Drain(table.Entries, 64 - table.Bits, source, left, target, target + count);
    }

    public static void DecodeFour(HuffmanTable table, byte* source, int length, byte* target, int count)
    {
        if (length < 10 || count < 6) throw ZstdFault.Of("has four streams of literals without bytes");
        var (l1, l2, l3) = (Read16(source), Read16(source + 2), Read16(source + 4));
        var l4 = length - 6 - l1 - l2 - l3;
        if (l4 < 1) throw ZstdFault.Of("has streams of literals longer than their block");
        var part = (count + 3) / 4;
        if (part * 3 > count) throw ZstdFault.Of("has four streams of literals without bytes");
        byte* s1 = source + 6, s2 = s1 + l1, s3 = s2 + l2, s4 = s3 + l3;
        byte* t1 = target, t2 = t1 + part, t3 = t2 + part, t4 = t3 + part;
        byte* e1 = t2, e2 = t3, e3 = t4, e4 = target + count;
        var (left1, left2) = (BackwardBits.Open(s1, l1), BackwardBits.Open(s2, l2));
        var (left3, left4) = (BackwardBits.Open(s3, l3), BackwardBits.Open(s4, l4));
        var entries = table.Entries;
        var shift = 64 - table.Bits;
        if (Math.Min(Math.Min(l1, l2), Math.Min(l3, l4)) >= 8 + StepBytes)
        {
            byte* p1, p2, p3, p4;
            var (b1, b2) = (Load(s1, left1, out p1), Load(s2, left2, out p2));
            var (b3, b4) = (Load(s3, left3, out p3), Load(s4, left4, out p4));
            while (true)
            {
                var steps = Math.Min(
                    Math.Min(Math.Min(p1 - s1, p2 - s2), Math.Min(p3 - s3, p4 - s4)) / StepBytes,
                    Math.Min(Math.Min(e1 - t1, e2 - t2), Math.Min(e3 - t3, e4 - t4)) / Step);
                if (steps == 0) break;
                for (; steps > 0; steps--)
                {
                    for (var i = 0; i < Step; i++)
                    {
                        int x1 = entries[b1 >> shift], x2 = entries[b2 >> shift], x3 = entries[b3 >> shift], x4 = entries[b4 >> shift];
                        b1 <<= x1 >> 8;
                        b2 <<= x2 >> 8;
                        b3 <<= x3 >> 8;
                        b4 <<= x4 >> 8;
                        t1[i] = (byte)x1;
                        t2[i] = (byte)x2;
                        t3[i] = (byte)x3;
                        t4[i] = (byte)x4;
                    }

                    t1 += Step;
                    t2 += Step;
                    t3 += Step;
                    t4 += Step;
                    b1 = Reload(b1, ref p1);
                    b2 = Reload(b2, ref p2);
                    b3 = Reload(b3, ref p3);
                    b4 = Reload(b4, ref p4);
                }
            }

            (left1, left2, left3, left4) = (Left(b1, p1, s1), Left(b2, p2, s2), Left(b3, p3, s3), Left(b4, p4, s4));
        }

        Drain(entries, shift, s1, left1, t1, e1);
        Drain(entries, shift, s2, left2, t2, e2);
        Drain(entries, shift, s3, left3, t3, e3);
        Drain(entries, shift, s4, left4, t4, e4);
    }

    /// <summary>Decodes one stream to its end, where both its bits and its symbols must run out.</summary>
    private static void Drain(ushort* entries, int shift, byte* start, long left, byte* target, byte* end)
    {
        while (left >= 64 && end - target >= Step)
        {
            var bytes = (left + 7) >> 3;
            var word = Unsafe.ReadUnaligned<ulong>(start + bytes - 8) << (int)((bytes * 8) - left);
            for (var i = 0; i < Step; i++)
            {
                int entry = entries[word >> shift];
                word <<= entry >> 8;
                left -= entry >> 8;
                target[i] = (byte)entry;
            }

            target += Step;
        }

        while (target < end)
        {
            int entry = entries[BackwardBits.PeekTop(start, left) >> shift];
            left -= entry >> 8;
            *target++ = (byte)entry;
            if (left < 0) throw ZstdFault.Of("ends inside its literals");
        }

        if (left != 0) throw ZstdFault.Of("has literals left over");
    }

    /// <summary>The stream's last bits at the top of a word, whose lowest one bit tells how many have been taken.</summary>
    private static ulong Load(byte* start, long left, out byte* place)
    {
        var bytes = (left + 7) >> 3;
        place = start + bytes - 8;
        return (Unsafe.ReadUnaligned<ulong>(place) | 1) << (int)((bytes * 8) - left);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Reload(ulong word, ref byte* place)
    {
        var taken = BitOperations.TrailingZeroCount(word);
        place -= taken >> 3;
        return (Unsafe.ReadUnaligned<ulong>(place) | 1) << (taken & 7);
    }

    private static long Left(ulong word, byte* place, byte* start) => ((place - start) * 8) + 64 - BitOperations.TrailingZeroCount(word);

    private static int Read16(byte* source) => source[0] | (source[1] << 8);
}
