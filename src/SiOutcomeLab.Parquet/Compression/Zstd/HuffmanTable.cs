using System.Numerics;
using System.Runtime.CompilerServices;

namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>
/// The Huffman code of a block's literals (RFC 8878, section 4.2.1), as a table from the next bits to a symbol (low byte)
/// and the bits of its code (high byte).
/// </summary>
internal sealed unsafe class HuffmanTable
{
    public const int MaxBits = 11;
    private const int MaxSymbols = 256;
    private const int WeightLog = 6;
    private static readonly uint[] Weights = [.. Enumerable.Range(0, MaxSymbols).Select(i => (uint)i)];

    private readonly ushort[] _entries = GC.AllocateArray<ushort>(1 << MaxBits, pinned: true);
    private readonly FseTable _weightTable = new(WeightLog);
    private readonly byte[] _weights = new byte[MaxSymbols];

    /// <summary>Longest code, in bits; 0 when no code has been read.</summary>
    public int Bits { get; private set; }

    /// <summary>The table, of <c>1 &lt;&lt; Bits</c> entries, which stay in place.</summary>
    public ushort* Entries => (ushort*)Unsafe.AsPointer(ref _entries[0]);

    /// <summary>Forgets the code: a frame may not use that of the frame before.</summary>
    public void Forget() => Bits = 0;

    /// <summary>Reads a code's description.</summary>
    /// <returns>Its bytes.</returns>
    /// <exception cref="ParquetFormatException">The description is malformed.</exception>
    public int Read(ReadOnlySpan<byte> source)
    {
        Bits = 0;
        if (source.IsEmpty) throw ZstdFault.Of("ends inside a Huffman code");
        int header = source[0];
        int bytes, count;
        if (header >= 128)
        {
            count = header - 127;
            bytes = 1 + ((count + 1) / 2);
            if (bytes > source.Length) throw ZstdFault.Of("ends inside a Huffman code");
            for (var i = 0; i < count; i++) _weights[i] = (byte)((i & 1) == 0 ? source[1 + (i / 2)] >> 4 : source[1 + (i / 2)] & 15);
        }
        else
        {
            bytes = 1 + header;
            if (bytes > source.Length) throw ZstdFault.Of("ends inside a Huffman code");
            count = ReadCompressedWeights(source[1..bytes]);
        }

        Build(count);
        return bytes;
    }

    private int ReadCompressedWeights(ReadOnlySpan<byte> source)
    {
        Span<short> counts = stackalloc short[MaxSymbols];
        var at = FseCounts.Read(source, counts, WeightLog, out var symbols, out var log);
        Span<byte> noExtras = stackalloc byte[MaxSymbols];
        noExtras.Clear();
        _weightTable.Build(counts[..symbols], log, Weights, noExtras);
        fixed (byte* start = source[at..])
        {
            // Two states take turns; the stream ends where one would need bits that are not there.
            var left = BackwardBits.Open(start, source.Length - at);
            var first = BackwardBits.Take(start, ref left, log);
            var second = BackwardBits.Take(start, ref left, log);
            if (left < 0) throw ZstdFault.Of("ends inside a Huffman code");
            for (var count = 0; count < MaxSymbols - 2;)
            {
                var state = _weightTable.States[first];
                _weights[count++] = (byte)Math.Min(state.Value, byte.MaxValue);
                first = state.Next + BackwardBits.Take(start, ref left, state.Bits);
                if (left < 0)
                {
                    _weights[count++] = (byte)_weightTable.States[second].Value;
                    return count;
                }

                (first, second) = (second, first);
            }
        }

        throw ZstdFault.Of("has a Huffman code of too many symbols");
    }

    /// <summary>Adds the last weight, which the others tell, and gives each symbol its places in the table.</summary>
    private void Build(int count)
    {
        Span<int> places = stackalloc int[MaxBits + 2];
        places.Clear();
        uint sum = 0;
        for (var i = 0; i < count; i++)
        {
            var weight = _weights[i];
            if (weight > MaxBits) throw ZstdFault.Of("has a Huffman code that is too long");
            places[weight]++;
            sum += (1u << weight) >> 1;
        }

        if (sum == 0) throw ZstdFault.Of("has a Huffman code without symbols");
        var bits = BitOperations.Log2(sum) + 1;
        var missing = (1u << bits) - sum;
        if (bits > MaxBits || !BitOperations.IsPow2(missing)) throw ZstdFault.Of("has a Huffman code that does not add up");
        var last = BitOperations.Log2(missing) + 1;
        _weights[count++] = (byte)last;
        places[last]++;
        if (places[1] < 2 || (places[1] & 1) != 0) throw ZstdFault.Of("has a Huffman code that does not add up");

        // Longest codes first, and symbols of one length in order.
        var from = 0;
        for (var weight = 1; weight <= bits; weight++)
        {
            var span = places[weight] << (weight - 1);
            places[weight] = from;
            from += span;
        }

        for (var symbol = 0; symbol < count; symbol++)
        {
            int weight = _weights[symbol];
            if (weight == 0) continue;
            var span = 1 << (weight - 1);
            _entries.AsSpan(places[weight], span).Fill((ushort)(symbol | ((bits + 1 - weight) << 8)));
            places[weight] += span;
        }

        Bits = bits;
    }
}
