using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Unpacks groups of eight values at once: a byte shuffle brings the four bytes around each value into its lane, a shift by its own bit
/// offset
/// and a mask leave the value. Two halves of four values are loaded apart, since a shuffle does not cross them.
/// </summary>
internal static class GroupUnpacker
{
    /// <summary>A value at any bit offset must lie within four bytes: 7 + 25 bits.</summary>
    public const int MaxWidth = 25;

    private static readonly (Vector256<byte> Shuffle, Vector256<uint> Shift)[] Controls =
        [.. Enumerable.Range(0, MaxWidth + 1).Select(Control)];

    /// <summary>Unpacks as many whole groups as fit the values and can be loaded within the bytes.</summary>
    /// <returns>Groups unpacked.</returns>
    public static int Unpack(ReadOnlySpan<byte> packed, int firstGroup, int width, Span<int> values)
    {
        var half = width / 2;
        var loadable = (((long)packed.Length - 16 - half) / width) + 1 - firstGroup;
        if (packed.Length < 16 + half || loadable <= 0) return 0;
        var groups = (int)Math.Min(values.Length / 8, loadable);
        var (shuffle, shift) = Controls[width];
        var mask = Vector256.Create((1u << width) - 1);
        ref var source = ref Unsafe.Add(ref MemoryMarshal.GetReference(packed), (nint)firstGroup * width);
        ref var target = ref Unsafe.As<int, uint>(ref MemoryMarshal.GetReference(values));
        for (nint group = 0; group < groups; group++)
        {
            var bytes = Vector256.Create(Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref source, (nuint)half));
            var lanes = Avx2.Shuffle(bytes, shuffle).AsUInt32();
            (Avx2.ShiftRightLogicalVariable(lanes, shift) & mask).StoreUnsafe(ref target, (nuint)group * 8);
            source = ref Unsafe.Add(ref source, width);
        }

        return groups;
    }

    private static (Vector256<byte> Shuffle, Vector256<uint> Shift) Control(int width)
    {
        Span<byte> shuffle = stackalloc byte[32];
        Span<uint> shift = stackalloc uint[8];
        for (var lane = 0; lane < 8; lane++)
        {
            // The upper half begins at the byte in which its first value begins.
            var bit = lane < 4 ? lane * width : (lane * width) - (width / 2 * 8);
            for (var part = 0; part < 4; part++) shuffle[(lane * 4) + part] = (byte)((bit / 8) + part);
            shift[lane] = (uint)(bit % 8);
        }

        return (Vector256.Create<byte>(shuffle), Vector256.Create<uint>(shift));
    }
}
