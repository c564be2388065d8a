using System.Numerics;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Chooses the check of a column that can be judged by itself.</summary>
internal static class ColumnChecks
{
    /// <summary>The check of a column of the contract, stored as the contract takes it; null where the type alone is the rule.</summary>
    public static ColumnCheck? For(
        ParquetColumn column, ContractColumn rule, string? ownMunicipality, SubmissionPart part, MeasureTally? sums)
    {
        switch (rule.Content)
        {
            case ColumnContent.Municipality:
                var own = ownMunicipality ?? string.Empty;
                var known = TextJudges.Municipality(ownMunicipality);
                return new TextColumnCheck(part, rule.Name, rule.Required, known, null, new BilingualText(own, own));
            case ColumnContent.Category:
                var list = string.Join(", ", rule.Categories);
                var oneOf = TextJudges.OneOf(rule.Categories, RowRules.UnknownCategory);
                return new TextColumnCheck(part, rule.Name, rule.Required, oneOf, null, new BilingualText(list, list));
            case ColumnContent.ShortText:
                var tally = new BareNumberTally();
                return new TextColumnCheck(part, rule.Name, rule.Required, TextJudges.ShortText(tally), tally);
            case ColumnContent.Date:
                return new DateColumnCheck(rule, part);
            default:
                return column.PhysicalType switch
                {
                    ParquetPhysicalType.Int32 => Numbers<int>(),
                    ParquetPhysicalType.Int64 => Numbers<long>(),
                    ParquetPhysicalType.Float => Numbers<float>(),
                    ParquetPhysicalType.Double => Numbers<double>(),
                    _ => null,
                };
        }

        NumberColumnCheck<T> Numbers<T>()
            where T : unmanaged, INumberBase<T> => new(rule, part, sums);
    }

    /// <summary>The scan of a column that is refused already, by its name or its type; null where it cannot hold an identity number
    /// (a FLOAT has too few digits).</summary>
    public static ColumnCheck? Foreign(ParquetColumn column, string safeName, SubmissionPart part)
    {
        var scale = column.LogicalType == ParquetLogicalType.Decimal ? column.Scale : 0;
        switch (column.PhysicalType)
        {
            case ParquetPhysicalType.Int32:
                return new ForeignNumberScan<int>(safeName, scale, part);
            case ParquetPhysicalType.Int64:
                return new ForeignNumberScan<long>(safeName, scale, part);
            case ParquetPhysicalType.Double:
                return new ForeignNumberScan<double>(safeName, 0, part);
            case ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLenByteArray:
                var tally = new BareNumberTally();
                return new TextColumnCheck(part, safeName, required: false, TextJudges.Anything(tally), tally);
            default:
                return null;
        }
    }
}
