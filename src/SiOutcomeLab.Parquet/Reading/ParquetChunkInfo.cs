using System.Text.RegularExpressions;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>How one column of one row group is stored, as the footer says; nothing that is read depends on it.</summary>
/// <param name="Column">The column.</param>
/// <param name="Codec">How its pages are compressed; a number that the format does not name is kept as it is.</param>
/// <param name="Encodings">The format's names of the encodings of values and levels, such as <c>RLE_DICTIONARY</c>.</param>
/// <param name="ValueCount">Values, nulls included.</param>
/// <param name="CompressedBytes">Bytes in the file, page headers included.</param>
/// <param name="UncompressedBytes">Bytes before compression, page headers included.</param>
/// <param name="HasDictionary">Whether a dictionary page is told of.</param>
public sealed partial record ParquetChunkInfo(
    ParquetColumn Column,
    ParquetCodec Codec,
    IReadOnlyList<string> Encodings,
    long ValueCount,
    long CompressedBytes,
    long UncompressedBytes,
    bool HasDictionary)
{
    internal static ParquetChunkInfo Of(ParquetColumn column, ColumnChunkMetadata chunk) => new(
        column,
        (ParquetCodec)chunk.Codec,
        [.. chunk.Encodings.Select(NameOf)],
        chunk.ValueCount,
        chunk.CompressedSize,
        chunk.UncompressedSize,
        chunk.DictionaryPageOffset > 0);

    private static string NameOf(ParquetEncoding encoding) => InnerCapital().Replace(encoding.ToString(), "_").ToUpperInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex InnerCapital();
}
