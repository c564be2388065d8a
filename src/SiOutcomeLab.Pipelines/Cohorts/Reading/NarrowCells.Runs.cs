using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <content>Values of cells that follow each other and have not been put before: many at a time.</content>
internal sealed partial class NarrowCells
{
    /// <summary>Puts whole numbers into cells from one on.</summary>
    /// <param name="first">The first cell; none of those that follow may have a value.</param>
    /// <param name="values">The values.</param>
    /// <param name="present">Which are there; the others' cells stay missing.</param>
    public void PutRun(int first, ReadOnlySpan<int> values, ReadOnlySpan<bool> present)
    {
        if (Width == 0) Widen(1);
        _end = Math.Max(_end, first + values.Length);
        for (var at = 0; ;)
        {
            at = Width switch
            {
                1 => RunOfBytes(first, values, present, at),
                2 => RunOfShorts(first, values, present, at),
                4 => RunOfInts(first, values, present, at),
                _ => RunOfDoubles(first, values, present, at),
            };
            if (at == values.Length) return;
            Widen(WidthOf(values[at]));
        }
    }

    /// <summary>As above, of any finite numbers; NaN is missing.</summary>
    public void PutRun(int first, ReadOnlySpan<double> values, ReadOnlySpan<bool> present)
    {
        _end = Math.Max(_end, first + values.Length);
        var at = 0;
        for (; at < values.Length && Width != 8; at++)
        {
            if (present[at] && !double.IsNaN(values[at])) PutNarrow(first + at, values[at]);
        }

        if (at == values.Length) return;
        var target = _doubles.AsSpan(first, values.Length);
        for (; at < target.Length; at++) target[at] = present[at] ? BitConverter.DoubleToInt64Bits(values[at]) ^ NanBits : 0;
    }

    /// <summary>Puts codes that fit into bytes into cells from one on.</summary>
    /// <param name="first">The first cell.</param>
    /// <param name="entries">An entry of a dictionary a cell, −1 for a missing value.</param>
    /// <param name="byEntry">By entry, counted from the second, one more than its code; 0 for an entry whose code is not known.</param>
    /// <returns>False when an entry's code is not known, or codes here do not fit into bytes; the cells are then to be put again.</returns>
    public bool TryPutByteCodes(int first, ReadOnlySpan<int> entries, ReadOnlySpan<byte> byEntry)
    {
        if (Width == 0) Widen(1);
        if (Width != 1) return false;
        _end = Math.Max(_end, first + entries.Length);
        var target = _bytes.AsSpan(first, entries.Length);
        var (unknown, i) = (0, 0);
        if (byEntry.Length <= Vector128<byte>.Count && !TryPutFew(target, entries, byEntry, ref i)) return false;
        for (; i < target.Length; i++)
        {
            var held = byEntry[entries[i] + 1];
            target[i] = held;
            // Negative when nothing is held of an entry that is one.
            unknown |= (held - 1) & ~entries[i];
        }

        return unknown >= 0;
    }

    /// <summary>As above, of cells that are two bytes wide.</summary>
    /// <param name="first">The first cell.</param>
    /// <param name="entries">An entry of a dictionary a cell, −1 for a missing value.</param>
    /// <param name="codes">By entry, its code; −1 for an entry whose code is not known.</param>
    public bool TryPutShortCodes(int first, ReadOnlySpan<int> entries, ReadOnlySpan<int> codes)
    {
        if (Width != sizeof(ushort)) return false;
        _end = Math.Max(_end, first + entries.Length);
        var target = _shorts.AsSpan(first, entries.Length);
        for (var i = 0; i < target.Length; i++)
        {
            var code = entries[i] < 0 ? -1 : codes[entries[i]];
            if (code >= ushort.MaxValue || (code < 0 && entries[i] >= 0)) return false;
            target[i] = (ushort)(code + 1);
        }

        return true;
    }

    // The codes of a handful of entries fit into one register, which is asked for sixteen of them at once.
    private static bool TryPutFew(Span<byte> target, ReadOnlySpan<int> entries, ReadOnlySpan<byte> byEntry, ref int at)
    {
        Span<byte> padded = stackalloc byte[Vector128<byte>.Count];
        padded.Clear();
        byEntry.CopyTo(padded);
        var table = Vector128.Create<byte>(padded);
        var unknown = Vector128<byte>.Zero;
        for (; at <= target.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            ref var source = ref Unsafe.As<int, uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(entries), at));
            var low = Vector128.Narrow(Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref source, 4));
            var high = Vector128.Narrow(Vector128.LoadUnsafe(ref source, 8), Vector128.LoadUnsafe(ref source, 12));
            var places = Vector128.Narrow(low, high) + Vector128<byte>.One;
            var held = Vector128.Shuffle(table, places);
            held.StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)at);
            unknown |= Vector128.Equals(held, Vector128<byte>.Zero) & ~Vector128.Equals(places, Vector128<byte>.Zero);
        }

        return unknown == Vector128<byte>.Zero;
    }

    private int RunOfBytes(int first, ReadOnlySpan<int> values, ReadOnlySpan<bool> present, int from)
    {
        var target = _bytes.AsSpan(first, values.Length);
        var at = from;
        for (; at <= target.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            ref var source = ref Unsafe.As<int, uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(values), at));
            var (a, b) = (Vector256.LoadUnsafe(ref source), Vector256.LoadUnsafe(ref source, 8));
            var (c, d) = (Vector256.LoadUnsafe(ref source, 16), Vector256.LoadUnsafe(ref source, 24));
            var largest = Vector256.Max(Vector256.Max(a, b), Vector256.Max(c, d));
            if (Vector256.GreaterThanAny(largest, Vector256.Create((uint)byte.MaxValue - 1))) break;
            var bytes = Vector256.Narrow(Vector256.Narrow(a, b), Vector256.Narrow(c, d)) + Vector256<byte>.One;
            var isThere = Vector256.LoadUnsafe(ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(present)), (nuint)at);
            (bytes & (Vector256<byte>.Zero - isThere)).StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)at);
        }

        for (; at < target.Length; at++)
        {
            if (!present[at]) continue;
            if ((uint)values[at] >= byte.MaxValue) return at;
            target[at] = (byte)(values[at] + 1);
        }

        return at;
    }

    private int RunOfShorts(int first, ReadOnlySpan<int> values, ReadOnlySpan<bool> present, int from)
    {
        var target = _shorts.AsSpan(first, values.Length);
        var at = from;
        for (; at <= target.Length - Vector256<ushort>.Count; at += Vector256<ushort>.Count)
        {
            ref var source = ref Unsafe.As<int, uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(values), at));
            var (a, b) = (Vector256.LoadUnsafe(ref source), Vector256.LoadUnsafe(ref source, 8));
            if (Vector256.GreaterThanAny(Vector256.Max(a, b), Vector256.Create((uint)ushort.MaxValue - 1))) break;
            var isThere = Vector128.LoadUnsafe(ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(present)), (nuint)at);
            var (low, high) = Vector128.Widen(isThere);
            var shorts = (Vector256.Narrow(a, b) + Vector256<ushort>.One) & (Vector256<ushort>.Zero - Vector256.Create(low, high));
            shorts.StoreUnsafe(ref MemoryMarshal.GetReference(target), (nuint)at);
        }

        for (; at < target.Length; at++)
        {
            if (!present[at]) continue;
            if ((uint)values[at] >= ushort.MaxValue) return at;
            target[at] = (ushort)(values[at] + 1);
        }

        return at;
    }

    private int RunOfInts(int first, ReadOnlySpan<int> values, ReadOnlySpan<bool> present, int from)
    {
        var target = _ints.AsSpan(first, values.Length);
        for (var i = from; i < target.Length; i++)
        {
            if (!present[i]) continue;
            if (values[i] == int.MinValue) return i;
            target[i] = values[i] ^ int.MinValue;
        }

        return target.Length;
    }

    private int RunOfDoubles(int first, ReadOnlySpan<int> values, ReadOnlySpan<bool> present, int from)
    {
        var target = _doubles.AsSpan(first, values.Length);
        for (var i = from; i < target.Length; i++)
        {
            if (present[i]) target[i] = BitConverter.DoubleToInt64Bits(values[i]) ^ NanBits;
        }

        return target.Length;
    }
}
