using System.Numerics;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// The codes of a dictionary-encoded page: one byte of bit width, then the hybrid encoding. Every code is checked against the dictionary.
/// </summary>
internal struct DictionaryCodes(int dictionaryCount)
{
    private HybridRuns _runs;

    public void Reset(ByteRange values) => _runs.Reset(values.From(1), values.Slice(0, 1).Span[0]);

    /// <summary>
    /// Reads codes of the current run: either says that the next ones are all <paramref name="repeated"/>, or unpacks them.
    /// </summary>
    /// <param name="unpacked">Receives codes when they are not repeated.</param>
    /// <param name="most">The most codes wanted.</param>
    /// <param name="repeated">The code, or −1 when the codes are in <paramref name="unpacked"/>.</param>
    /// <returns>How many codes were read, at least one.</returns>
    public int ReadRun(Span<int> unpacked, int most, out int repeated)
    {
        _runs.EnsureRun();
        var count = (int)Math.Min(_runs.Left, most);
        if (_runs.IsRepeated)
        {
            repeated = _runs.Value;
            if ((uint)repeated >= (uint)dictionaryCount) throw OutOfRange();
        }
        else
        {
            repeated = -1;
            count = Math.Min(count, unpacked.Length);
            var codes = unpacked[..count];
            _runs.Unpack(codes);
            if (Largest(MemoryMarshal.Cast<int, uint>(codes)) >= (uint)dictionaryCount) throw OutOfRange();
        }

        _runs.Take(count);
        return count;
    }

    private static uint Largest(ReadOnlySpan<uint> codes)
    {
        var largest = Vector<uint>.Zero;
        var i = 0;
        for (; i <= codes.Length - Vector<uint>.Count; i += Vector<uint>.Count) largest = Vector.Max(largest, new Vector<uint>(codes[i..]));
        uint result = 0;
        for (var lane = 0; lane < Vector<uint>.Count; lane++) result = Math.Max(result, largest[lane]);
        for (; i < codes.Length; i++) result = Math.Max(result, codes[i]);
        return result;
    }

    private static ParquetFormatException OutOfRange() =>
        new(ParquetErrorCode.InvalidEncodedData, "A dictionary code is not less than the dictionary's size.");
}
