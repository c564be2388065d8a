using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>Moves values that stand without gaps at the front of a span to the rows that have a value.</summary>
internal static class NullSpacing
{
    /// <summary>Spreads in place, from the end, so that no value is overwritten before it has moved.</summary>
    /// <param name="values">The first <paramref name="count"/> are the values; afterwards one entry a row.</param>
    /// <param name="present">Which rows have a value; exactly <paramref name="count"/> do.</param>
    /// <param name="count">Values.</param>
    /// <param name="absent">What stands at the other rows.</param>
    public static void Spread<T>(Span<T> values, ReadOnlySpan<bool> present, int count, T absent)
        where T : unmanaged
    {
        if (count == values.Length) return;
        if (present.Length != values.Length) throw new ArgumentException("Values and presence differ in length.");
        if ((uint)count > (uint)values.Length) throw new ArgumentOutOfRangeException(nameof(count));
        ref var target = ref MemoryMarshal.GetReference(values);
        ref var has = ref MemoryMarshal.GetReference(present);
        nint row = values.Length;
        nint from = count;
        if (Avx2.IsSupported && Unsafe.SizeOf<T>() is 4 or 8)
        {
            // Down to where a group of eight rows would reach before the first value; the rest goes one by one.
            while (row >= 8 && from >= 8 && from < row)
            {
                var flags = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<bool, byte>(ref Unsafe.Add(ref has, row - 8)));
                var bits = (int)((flags * 0x0102040810204080UL) >> 56);
                row -= 8;
                from -= ExpandedGroups.Expand(ref target, row, from, bits, absent);
            }
        }

        SpreadOneByOne(ref target, ref has, row, from, absent);
    }

    private static void SpreadOneByOne<T>(ref T target, ref bool has, nint row, nint from, T absent)
        where T : unmanaged
    {
        while (row > from)
        {
            row--;
            if (Unsafe.Add(ref has, row) && from > 0) Unsafe.Add(ref target, row) = Unsafe.Add(ref target, --from);
            else Unsafe.Add(ref target, row) = absent;
        }
    }
}
