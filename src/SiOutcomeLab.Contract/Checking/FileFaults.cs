using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Turns the Parquet reader's faults into findings: the rule, and where in the file, but not the reader's own words.</summary>
internal static class FileFaults
{
    /// <summary>Notes a fault.</summary>
    /// <param name="log">Where findings go.</param>
    /// <param name="part">The file.</param>
    /// <param name="fault">What the reader met.</param>
    /// <param name="schema">The file's columns, when it came so far.</param>
    /// <param name="beginsAsParquet">Whether the file begins as Parquet does: then one without an end was cut, and is not another kind of
    /// file.</param>
    public static void Note(FindingLog log, SubmissionPart part, ParquetFormatException fault, ParquetSchema? schema, bool beginsAsParquet)
    {
        if (fault.Code == ParquetErrorCode.NotParquet && beginsAsParquet)
        {
            log.Add(FileRules.Truncated, part, null, null, new BilingualText("filens slut saknas", "the file's end is missing"));
            return;
        }

        string? column = null;
        if (fault.Column is { } name)
        {
            column = SafeName.Of(name, schema is not null && schema.TryFind(name, out var found) ? found.Index : 0);
        }

        log.Add(RuleFor(fault.Code), part, column, null, Place(fault));
    }

    private static ContractRule RuleFor(ParquetErrorCode code) => code switch
    {
        ParquetErrorCode.NotParquet => FileRules.NotParquet,
        ParquetErrorCode.Truncated => FileRules.Truncated,
        ParquetErrorCode.LimitExceeded => FileRules.Limit,
        ParquetErrorCode.UnsupportedSchema => FileRules.Unsupported,
        ParquetErrorCode.UnsupportedEncoding => FileRules.Unsupported,
        ParquetErrorCode.UnsupportedCodec => FileRules.Unsupported,
        ParquetErrorCode.Encrypted => FileRules.Unsupported,
        _ => FileRules.Malformed,
    };

    private static BilingualText Place(ParquetFormatException fault)
    {
        var what = What(fault.Code);
        var sv = new List<string> { what.Sv };
        var en = new List<string> { what.En };
        Where("radgrupp", "row group", fault.RowGroup);
        Where("sida", "page", fault.Page);
        Where("byte", "byte", fault.ByteOffset);
        return new BilingualText(string.Join(", ", sv), string.Join(", ", en));

        void Where(string wordSv, string wordEn, long? number)
        {
            if (number is null) return;
            sv.Add($"{wordSv} {number}");
            en.Add($"{wordEn} {number}");
        }
    }

    private static BilingualText What(ParquetErrorCode code) => code switch
    {
        ParquetErrorCode.Truncated => new("något är kortare än filen säger", "something is shorter than the file says"),
        ParquetErrorCode.InvalidMetadata =>
            new("filens innehållsförteckning går inte att läsa", "the file's own table of contents cannot be read"),
        ParquetErrorCode.InconsistentLayout => new("uppgifter i filen säger emot varandra", "statements in the file contradict each other"),
        ParquetErrorCode.LimitExceeded => new("en storlek är över gränsen", "a size is over the limit"),
        ParquetErrorCode.ChecksumMismatch => new("en kontrollsumma stämmer inte", "a checksum does not match"),
        ParquetErrorCode.InvalidCompressedData => new("komprimerade data går inte att packa upp", "compressed data do not inflate"),
        ParquetErrorCode.InvalidEncodedData => new("värden följer inte sin kodning", "values do not follow their encoding"),
        ParquetErrorCode.InvalidUtf8 => new("text är inte UTF-8", "text is not UTF-8"),
        ParquetErrorCode.UnsupportedSchema => new("kolumner inuti kolumner", "columns within columns"),
        ParquetErrorCode.UnsupportedEncoding => new("kodningen läses inte", "the encoding is not read"),
        ParquetErrorCode.UnsupportedCodec => new("komprimeringen läses inte", "the compression is not read"),
        ParquetErrorCode.Encrypted => new("filen är krypterad", "the file is encrypted"),
        _ => new("filen går inte att läsa", "the file cannot be read"),
    };
}
