using System.Numerics;
using System.Runtime.CompilerServices;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// Numbers by cell in the narrowest form that loses nothing: bytes, then shorts, ints and doubles, widened as a whole when a value does not
/// fit. Every form writes a missing value as zero bits, so that fresh memory is missing values and untouched pages cost nothing.
/// </summary>
internal sealed partial class NarrowCells
{
    // What a double is held under: its bits turned over by those of the usual NaN, so that zero bits are NaN.
    private const long NanBits = unchecked((long)0xFFF8000000000000);

    private byte[]? _bytes;
    private ushort[]? _shorts;
    private int[]? _ints;
    private long[]? _doubles;

    // No cell from here on has been put.
    private int _end;

    /// <summary>Bytes a cell takes; 0 while nothing has been put.</summary>
    public int Width { get; private set; }

    /// <summary>Cells there is room for.</summary>
    public int Length { get; private set; }

    public long Bytes => (long)Length * Width;

    /// <summary>The value, or NaN.</summary>
    public double this[int cell] => Width switch
    {
        1 => _bytes![cell] is var b && b == 0 ? double.NaN : b - 1,
        2 => _shorts![cell] is var s && s == 0 ? double.NaN : s - 1,
        4 => _ints![cell] is var n && n == 0 ? double.NaN : n ^ int.MinValue,
        8 => BitConverter.Int64BitsToDouble(_doubles![cell] ^ NanBits),
        _ => double.NaN,
    };

    /// <summary>The code at a cell of codes, or −1.</summary>
    public int Code(int cell) => Width switch
    {
        1 => _bytes![cell] - 1,
        2 => _shorts![cell] - 1,
        4 => _ints![cell] is var n && n == 0 ? -1 : n ^ int.MinValue,
        0 => -1,
        _ => throw new InvalidOperationException("Codes are whole numbers."),
    };

    /// <summary>Makes room; the new cells are missing.</summary>
    public void Require(int length)
    {
        if (length <= Length) return;
        if (_bytes is not null) Array.Resize(ref _bytes, length);
        if (_shorts is not null) Array.Resize(ref _shorts, length);
        if (_ints is not null) Array.Resize(ref _ints, length);
        if (_doubles is not null) Array.Resize(ref _doubles, length);
        Length = length;
    }

    public void Put(int cell, int value) => Put([cell], [value], [true]);

    public void Put(int cell, double value) => Put([cell], [value], [true]);

    /// <summary>Puts whole numbers.</summary>
    /// <param name="cells">A cell a value; a negative one passes its value over.</param>
    /// <param name="values">The values.</param>
    /// <param name="present">Which are there; the others leave their cells as they are.</param>
    public void Put(ReadOnlySpan<int> cells, ReadOnlySpan<int> values, ReadOnlySpan<bool> present)
    {
        if (Width == 0) Widen(1);
        _end = Length;
        for (var at = 0; ;)
        {
            at = Width switch
            {
                1 => PutBytes(cells, values, present, at),
                2 => PutShorts(cells, values, present, at),
                4 => PutInts(cells, values, present, at),
                _ => PutDoubles(cells, values, present, at),
            };
            if (at == cells.Length) return;
            Widen(WidthOf(values[at]));
        }
    }

    /// <summary>As above, of any finite numbers; NaN is missing.</summary>
    public void Put(ReadOnlySpan<int> cells, ReadOnlySpan<double> values, ReadOnlySpan<bool> present)
    {
        _end = Length;
        var at = 0;
        for (; at < cells.Length && Width != 8; at++)
        {
            if (cells[at] >= 0 && present[at] && !double.IsNaN(values[at])) PutNarrow(cells[at], values[at]);
        }

        var target = _doubles;
        for (; at < cells.Length; at++)
        {
            if (cells[at] >= 0 && present[at]) target![cells[at]] = BitConverter.DoubleToInt64Bits(values[at]) ^ NanBits;
        }
    }

    /// <summary>Takes the presence from values whose cells have one already.</summary>
    public void KeepTaken(ReadOnlySpan<int> cells, Span<bool> present)
    {
        switch (Width)
        {
            case 1: KeepTaken<byte>(_bytes, cells, present); break;
            case 2: KeepTaken<ushort>(_shorts, cells, present); break;
            case 4: KeepTaken<int>(_ints, cells, present); break;
            case 8: KeepTaken<long>(_doubles, cells, present); break;
        }
    }

    private static void KeepTaken<T>(ReadOnlySpan<T> held, ReadOnlySpan<int> cells, Span<bool> present)
        where T : struct, IBinaryInteger<T>
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] >= 0) present[i] &= held[cells[i]] == T.Zero;
        }
    }

    private void PutNarrow(int cell, double value)
    {
        var whole = (int)value;
        // A negative zero is no whole number: its sign would be lost.
        if (whole != value || (whole == 0 && double.IsNegative(value)) || WidthOf(whole) == 8)
        {
            Widen(8);
            _doubles![cell] = BitConverter.DoubleToInt64Bits(value) ^ NanBits;
            return;
        }

        if (WidthOf(whole) > Width) Widen(WidthOf(whole));
        switch (Width)
        {
            case 1: _bytes![cell] = (byte)(whole + 1); break;
            case 2: _shorts![cell] = (ushort)(whole + 1); break;
            default: _ints![cell] = whole ^ int.MinValue; break;
        }
    }

    private int PutBytes(ReadOnlySpan<int> cells, ReadOnlySpan<int> values, ReadOnlySpan<bool> present, int from)
    {
        var target = _bytes!;
        // Most batches have a cell for every row and nothing that is too wide: told beforehand, many values at once, it is not asked of each.
        if (from == 0 && !cells.ContainsAnyInRange(int.MinValue, -1) && !values.ContainsAnyExceptInRange(0, byte.MaxValue - 1))
        {
            for (var i = 0; i < cells.Length; i++)
            {
                if (present[i]) target[cells[i]] = (byte)(values[i] + 1);
            }

            return cells.Length;
        }

        for (var i = from; i < cells.Length; i++)
        {
            if (cells[i] < 0 || !present[i]) continue;
            if ((uint)values[i] >= byte.MaxValue) return i;
            target[cells[i]] = (byte)(values[i] + 1);
        }

        return cells.Length;
    }

    private int PutShorts(ReadOnlySpan<int> cells, ReadOnlySpan<int> values, ReadOnlySpan<bool> present, int from)
    {
        var target = _shorts!;
        for (var i = from; i < cells.Length; i++)
        {
            if (cells[i] < 0 || !present[i]) continue;
            if ((uint)values[i] >= ushort.MaxValue) return i;
            target[cells[i]] = (ushort)(values[i] + 1);
        }

        return cells.Length;
    }

    private int PutInts(ReadOnlySpan<int> cells, ReadOnlySpan<int> values, ReadOnlySpan<bool> present, int from)
    {
        var target = _ints!;
        for (var i = from; i < cells.Length; i++)
        {
            if (cells[i] < 0 || !present[i]) continue;
            if (values[i] == int.MinValue) return i;
            target[cells[i]] = values[i] ^ int.MinValue;
        }

        return cells.Length;
    }

    private int PutDoubles(ReadOnlySpan<int> cells, ReadOnlySpan<int> values, ReadOnlySpan<bool> present, int from)
    {
        var target = _doubles!;
        for (var i = from; i < cells.Length; i++)
        {
            if (cells[i] >= 0 && present[i]) target[cells[i]] = BitConverter.DoubleToInt64Bits(values[i]) ^ NanBits;
        }

        return cells.Length;
    }

    private static int WidthOf(int value) => (uint)value < byte.MaxValue ? 1 : (uint)value < ushort.MaxValue ? 2 : value == int.MinValue ? 8 : 4;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Widen(int width)
    {
        var (before, bytes, shorts, ints) = (Width, _bytes, _shorts, _ints);
        (Width, _bytes, _shorts, _ints, _doubles) = (width, null, null, null, null);
        switch (width)
        {
            case 1: _bytes = new byte[Length]; break;
            case 2: _shorts = new ushort[Length]; break;
            case 4: _ints = new int[Length]; break;
            default: _doubles = new long[Length]; break;
        }

        switch (before)
        {
            case 1: PutAgain<byte>(bytes); break;
            case 2: PutAgain<ushort>(shorts); break;
            case 4: PutAgain<int>(ints); break;
        }
    }

    // Where little has been put yet, long stretches of missing values are passed over at once.
    private void PutAgain<T>(ReadOnlySpan<T> held)
        where T : struct, IBinaryInteger<T>
    {
        held = held[..Math.Min(_end, held.Length)];
        for (var cell = 0; cell < held.Length; cell++)
        {
            if (held[cell] == T.Zero)
            {
                var passed = held[cell..].IndexOfAnyExcept(T.Zero);
                if (passed < 0) return;
                cell += passed;
            }

            var value = typeof(T) == typeof(int) ? int.CreateTruncating(held[cell]) ^ int.MinValue : int.CreateTruncating(held[cell]) - 1;
            switch (Width)
            {
                case 2: _shorts![cell] = (ushort)(value + 1); break;
                case 4: _ints![cell] = value ^ int.MinValue; break;
                default: _doubles![cell] = BitConverter.DoubleToInt64Bits(value) ^ NanBits; break;
            }
        }
    }
}
