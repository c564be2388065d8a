using SiOutcomeLab.Parquet;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>A column to make, in an encoding that the library's own writer need not have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How values are stored; Int96 too.</param>
/// <param name="Values">bool, int, long, float, double or byte[]; null for null.</param>
/// <param name="Encoding">Of the data pages; a dictionary page is made when it is one of codes.</param>
internal sealed record MadeColumn(string Name, ParquetPhysicalType Type, object?[] Values, ParquetEncoding Encoding)
{
    public bool IsOptional { get; init; } = true;

    public int TypeLength { get; init; }

    public bool IsText { get; init; }

    /// <summary>Whether levels are in the deprecated BIT_PACKED encoding; version 1 only.</summary>
    public bool HasPackedLevels { get; init; }

    /// <summary>Whether pages after the first are plain, as of a writer whose dictionary filled up.</summary>
    public bool FallsBack { get; init; }

    /// <summary>Whether deltas wrap at 32 bits.</summary>
    public bool Wraps { get; init; }

    /// <summary>Values a block and miniblocks a block of delta encodings.</summary>
    public (int Block, int Miniblocks) Blocks { get; init; } = (128, 4);

    public bool HasDictionary => Encoding is ParquetEncoding.RleDictionary or ParquetEncoding.PlainDictionary;
}
