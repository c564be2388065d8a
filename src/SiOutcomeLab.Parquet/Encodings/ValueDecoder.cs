namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Decodes a page's fixed-width values, nulls left out. To add an encoding: a subclass in its own file, and a line in <see
/// cref="ValueDecoders"/>.
/// </summary>
internal abstract class ValueDecoder<T>
    where T : unmanaged
{
    /// <summary>Begins a page of so many values, at least one.</summary>
    public abstract void Reset(ByteRange values, int count);

    /// <summary>Decodes the next values; never asked for more than the page has.</summary>
    public abstract void Read(Span<T> values);
}
