using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Spreads the values of eight rows at once: a table over the eight presence bits tells from which lane each row's value comes,
/// so that no branch depends on where the nulls are.
/// </summary>
internal static class ExpandedGroups
{
    /// <summary>
    /// For each of 256 presence patterns, the lane each row takes its value from, −1 for none; lanes count back from the last value.
    /// </summary>
    private static readonly int[] FourByteLanes = MakeLanes(rows: 8, intsPerValue: 1);

    /// <summary>The same for four rows of eight bytes, as pairs of lanes.</summary>
    private static readonly int[] EightByteLanes = MakeLanes(rows: 4, intsPerValue: 2);

    /// <summary>
    /// Spreads into rows <paramref name="row"/> to <paramref name="row"/> + 7 the values that end before <paramref name="from"/>.
    /// </summary>
    /// <param name="values">
    /// Values without gaps below <paramref name="from"/>, which is at least 8 and at most <paramref name="row"/> + 8.
    /// </param>
    /// <param name="row">First of the eight rows.</param>
    /// <param name="from">End of the values not yet spread.</param>
    /// <param name="bits">Presence, the first row in the lowest bit.</param>
    /// <param name="absent">What stands at rows without a value.</param>
    /// <returns>Values used.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Expand<T>(ref T values, nint row, nint from, int bits, T absent)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == 4)
        {
            Spread(ref Unsafe.Add(ref values, from - 8), ref Unsafe.Add(ref values, row), FourByteLanes, bits, absent);
            return BitOperations.PopCount((uint)bits);
        }

        var upper = BitOperations.PopCount((uint)bits >> 4);
        Spread(ref Unsafe.Add(ref values, from - 4), ref Unsafe.Add(ref values, row + 4), EightByteLanes, bits >> 4, absent);
        Spread(ref Unsafe.Add(ref values, from - 4 - upper), ref Unsafe.Add(ref values, row), EightByteLanes, bits & 15, absent);
        return upper + BitOperations.PopCount((uint)bits & 15);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread<T>(ref T from, ref T to, int[] lanes, int bits, T absent)
        where T : unmanaged
    {
        var take = Vector256.LoadUnsafe(ref lanes[bits * 8]);
        var values = Vector256.LoadUnsafe(ref Unsafe.As<T, int>(ref from));
        var spread = Avx2.PermuteVar8x32(values, take);
        var fill = Unsafe.SizeOf<T>() == 4
            ? Vector256.Create(Unsafe.BitCast<T, int>(absent))
            : Vector256.Create(Unsafe.BitCast<T, long>(absent)).AsInt32();
        Vector256.ConditionalSelect(Vector256.LessThan(take, Vector256<int>.Zero), fill, spread).StoreUnsafe(ref Unsafe.As<T, int>(ref to));
    }

    private static int[] MakeLanes(int rows, int intsPerValue)
    {
        var lanes = new int[(1 << rows) * 8];
        for (var bits = 0; bits < 1 << rows; bits++)
        {
            // The last row with a value takes the last lane, the one before it the lane before.
            var lane = rows;
            for (var row = rows - 1; row >= 0; row--)
            {
                var isPresent = ((bits >> row) & 1) != 0;
                if (isPresent) lane--;
                for (var part = 0; part < intsPerValue; part++)
                {
                    lanes[(bits * 8) + (row * intsPerValue) + part] = isPresent ? (lane * intsPerValue) + part : -1;
                }
            }
        }

        return lanes;
    }
}
