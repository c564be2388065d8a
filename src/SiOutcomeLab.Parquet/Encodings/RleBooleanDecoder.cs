using System.Buffers.Binary;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>RLE of booleans: a four-byte length, then the hybrid encoding with one bit.</summary>
internal sealed class RleBooleanDecoder : ValueDecoder<bool>
{
    private HybridRuns _runs;

    public override void Reset(ByteRange values, int count)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(values.Slice(0, 4).Span);
        if (length != values.Length - 4)
        {
            throw new ParquetFormatException(ParquetErrorCode.InvalidEncodedData, "The length before a page's boolean runs is not theirs.");
        }

        _runs.Reset(values.From(4), 1);
    }

    public override void Read(Span<bool> values)
    {
        for (var done = 0; done < values.Length;)
        {
            _runs.EnsureRun();
            var count = (int)Math.Min(_runs.Left, values.Length - done);
            if (_runs.IsRepeated) values.Slice(done, count).Fill(_runs.Value != 0);
            else _runs.Expand(values.Slice(done, count));
            _runs.Take(count);
            done += count;
        }
    }
}
