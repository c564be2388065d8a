using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>A dictionary or data page, decompressed, cut into levels and values. Valid until the next page is loaded.</summary>
/// <param name="IsDictionary">Whether it is the chunk's dictionary.</param>
/// <param name="Count">Dictionary entries, or rows of a data page.</param>
/// <param name="Encoding">How the values are encoded.</param>
/// <param name="Levels">Definition levels; empty when the column is not optional.</param>
/// <param name="Values">The encoded values.</param>
/// <param name="NullCount">Nulls that the page header declares, null when it does not; to be held against the levels.</param>
internal readonly record struct LoadedPage(
    bool IsDictionary, int Count, ParquetEncoding Encoding, ByteRange Levels, ByteRange Values, int? NullCount);
