using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        ref var target = ref MemoryMarshal.GetReference(values);
        ref var has = ref MemoryMarshal.GetReference(present);
        nint from = count - 1;
        for (nint row = values.Length - 1; row > from && row >= 0; row--)
        {
            if (from < 0)
            {
                values[..((int)row + 1)].Fill(absent);
                return;
            }

            // Both are read, so that the processor can choose without guessing where the nulls are.
            var value = Unsafe.Add(ref target, from);
            var isPresent = Unsafe.Add(ref has, row);
            Unsafe.Add(ref target, row) = isPresent ? value : absent;
            from -= isPresent ? 1 : 0;
        }
    }
}
