namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Decodes a page's byte values into a batch. To add an encoding: a subclass in its own file, and a line in <see cref="ValueDecoders"/>.
/// </summary>
internal abstract class BytesDecoder
{
    /// <summary>Begins a page of so many values, at least one.</summary>
    public abstract void Reset(ByteRange values, int count);

    /// <summary>Appends rows to the batch; never asked for more values than the page has.</summary>
    /// <param name="batch">Has room for the rows.</param>
    /// <param name="present">Which rows have a value.</param>
    /// <param name="count">How many of them do, at least one.</param>
    public abstract void Read(BytesBatch batch, ReadOnlySpan<bool> present, int count);
}
