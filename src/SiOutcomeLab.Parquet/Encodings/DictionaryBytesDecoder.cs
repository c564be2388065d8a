namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>PLAIN_DICTIONARY and RLE_DICTIONARY of byte values: the codes go into the batch as they are.</summary>
internal sealed class DictionaryBytesDecoder(BytesDictionary dictionary) : BytesDecoder
{
    private DictionaryCodes _codes = new(dictionary.Count);

    public override void Reset(ByteRange values, int count) => _codes.Reset(values);

    public override void Read(BytesBatch batch, ReadOnlySpan<bool> present, int count)
    {
        var rows = batch.NextCodes(present.Length);
        for (var done = 0; done < count;)
        {
            var target = rows[done..count];
            var read = _codes.ReadRun(target, target.Length, out var repeated);
            if (repeated >= 0) target[..read].Fill(repeated);
            done += read;
        }

        NullSpacing.Spread(rows, present, count, BytesBatch.NullCode);
        batch.Advance(present.Length);
    }
}
