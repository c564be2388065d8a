using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Pipelines.Intake.Rewriting;

/// <summary>
/// The format of the lake's files. Format 2: written by this system, re-keyed pseudonyms as fixed-length bytes, row groups of 65 536 rows,
/// columns in the contract's order, no statistics and nothing of the sender's but the rows. Format 1 was the sender's own file.
/// </summary>
public static class LakeFileFormat
{
    /// <summary>The format that is written and read.</summary>
    public const int Current = 2;

    /// <summary>The key in a file's metadata that tells its format.</summary>
    public const string MetadataKey = "silab_lake_format";

    /// <summary>The format of a file; 1 when it does not say.</summary>
    public static int Of(ParquetReader reader) =>
        reader.KeyValueMetadata.TryGetValue(MetadataKey, out var text) && int.TryParse(text, out var format) ? format : 1;

    /// <summary>Refuses a file of another format.</summary>
    /// <exception cref="LakeFileFormatException">The file is of an older or newer format.</exception>
    public static void Require(ParquetReader reader)
    {
        var format = Of(reader);
        if (format != Current) throw new LakeFileFormatException(format);
    }
}

/// <summary>A lake file is of a format that this version does not read.</summary>
public sealed class LakeFileFormatException : Exception
{
    /// <summary>Says which format was met.</summary>
    /// <param name="format">The file's format.</param>
    public LakeFileFormatException(int format)
        : base(format < LakeFileFormat.Current
            ? $"A lake file is of format {format}, but format {LakeFileFormat.Current} is read: run 'silab hub upgrade' on the data folder."
            : $"A lake file is of format {format}, newer than format {LakeFileFormat.Current}: run a newer version of the hub.") => Format = format;

    /// <summary>The file's format.</summary>
    public int Format { get; }
}
