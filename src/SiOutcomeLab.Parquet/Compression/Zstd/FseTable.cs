using System.Numerics;

namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>What a state stands for and where it leads.</summary>
/// <param name="Next">The next state, before the bits that are added to it.</param>
/// <param name="Bits">Bits to add to <paramref name="Next"/>.</param>
/// <param name="Extra">Bits to add to <paramref name="Value"/>.</param>
/// <param name="Value">The symbol, or the smallest value of its code.</param>
internal readonly record struct FseState(ushort Next, byte Bits, byte Extra, uint Value);

/// <summary>A decoding table of finite-state entropy coding (RFC 8878, section 4.1.1), at a fixed place in memory.</summary>
internal sealed unsafe class FseTable
{
    private readonly FseState[] _states;

    public FseTable(int maxLog)
    {
        _states = GC.AllocateArray<FseState>(1 << maxLog, pinned: true);
        States = (FseState*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _states[0]);
    }

    /// <summary>The states; <c>1 &lt;&lt; Log</c> of them are in use.</summary>
    public FseState* States { get; }

    public int Log { get; private set; }

    /// <summary>Makes the table of one state, which takes no bits.</summary>
    public void BuildSingle(uint value, byte extra)
    {
        Log = 0;
        _states[0] = new FseState(0, 0, extra, value);
    }

    /// <summary>Spreads the symbols over the states.</summary>
    /// <param name="counts">Each symbol's share; together they fill the table.</param>
    /// <param name="log">The accuracy, at most what the table was made for.</param>
    /// <param name="values">Each symbol's smallest value.</param>
    /// <param name="extras">Each symbol's bits to add to it.</param>
    public void Build(ReadOnlySpan<short> counts, int log, ReadOnlySpan<uint> values, ReadOnlySpan<byte> extras)
    {
        var size = 1 << log;
        Span<byte> symbols = stackalloc byte[size];
        Span<ushort> next = stackalloc ushort[counts.Length];
        var high = size;
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            next[symbol] = (ushort)Math.Abs((int)counts[symbol]);
            if (counts[symbol] == -1) symbols[--high] = (byte)symbol;
        }

        var step = (size >> 1) + (size >> 3) + 3;
        var place = 0;
        for (var symbol = 0; symbol < counts.Length; symbol++)
        {
            for (var i = 0; i < counts[symbol]; i++)
            {
                symbols[place] = (byte)symbol;
                do place = (place + step) & (size - 1);
                while (place >= high);
            }
        }

        for (var state = 0; state < size; state++)
        {
            var symbol = symbols[state];
            var order = next[symbol]++;
            var bits = log - BitOperations.Log2(order);
            _states[state] = new FseState((ushort)((order << bits) - size), (byte)bits, extras[symbol], values[symbol]);
        }

        Log = log;
    }
}
