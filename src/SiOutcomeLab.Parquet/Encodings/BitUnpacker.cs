using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Unpacks integers packed from the least significant bit of each byte (parquet-format Encodings.md, "Run Length Encoding / Bit-Packing
/// Hybrid").
/// One loop serves all widths: a value of up to 32 bits at any bit offset lies within eight bytes. Where the processor can, whole groups of
/// eight values go through <see cref="GroupUnpacker"/>.
/// </summary>
internal static class BitUnpacker
{
    /// <summary>Unpacks consecutive values.</summary>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="first">Index of the first value wanted, from the start of <paramref name="packed"/>.</param>
    /// <param name="width">Bits a value, 0 to 32.</param>
    /// <param name="values">Receives the values; all of them must lie within <paramref name="packed"/>.</param>
    public static void Unpack(ReadOnlySpan<byte> packed, long first, int width, Span<int> values)
    {
        if ((first + values.Length) * width > packed.Length * 8L) throw new ArgumentException("The values reach beyond the packed bytes.");
        if (width == 0)
        {
            values.Clear();
            return;
        }

        if (Avx2.IsSupported && width <= GroupUnpacker.MaxWidth && values.Length >= 16)
        {
            var head = (int)(-first & 7);
            UnpackOneByOne(packed, first, width, values[..head]);
            var groups = GroupUnpacker.Unpack(packed, (int)((first + head) / 8), width, values[head..]);
            first += head + (groups * 8);
            values = values[(head + (groups * 8))..];
        }

        UnpackOneByOne(packed, first, width, values);
    }

    private static void UnpackOneByOne(ReadOnlySpan<byte> packed, long first, int width, Span<int> values)
    {
        var bit = first * width;
        var mask = width == 32 ? uint.MaxValue : (1u << width) - 1;
        ref var source = ref MemoryMarshal.GetReference(packed);
        ref var target = ref MemoryMarshal.GetReference(values);
        var loadable = packed.Length < 8 ? 0 : Math.Max(0, (((packed.Length - 7L) * 8) - bit + width - 1) / width);
        var wide = (int)Math.Min(values.Length, loadable);
        for (var i = 0; i < wide; i++)
        {
            var word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, (nint)(bit >> 3)));
            Unsafe.Add(ref target, i) = (int)((uint)(word >> (int)(bit & 7)) & mask);
            bit += width;
        }

        if (wide < values.Length) UnpackTail(packed, bit, width, mask, values[wide..]);
    }

    /// <summary>The values of the last eight bytes, from a copy with room to read beyond.</summary>
    private static void UnpackTail(ReadOnlySpan<byte> packed, long bit, int width, uint mask, Span<int> values)
    {
        Span<byte> tail = stackalloc byte[24];
        tail.Clear();
        var from = (int)Math.Min(bit >> 3, packed.Length);
        packed[from..].CopyTo(tail);
        bit -= from * 8L;
        foreach (ref var value in values)
        {
            var word = Unsafe.ReadUnaligned<ulong>(ref tail[(int)(bit >> 3)]);
            value = (int)((uint)(word >> (int)(bit & 7)) & mask);
            bit += width;
        }
    }
}
