using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Chooses the check of a column that can be judged by itself.</summary>
internal static class ColumnChecks
{
    /// <summary>The check of a column of the contract, stored as the contract takes it; null where the type alone is the rule.</summary>
    public static ColumnCheck? For(ParquetColumn column, ContractColumn rule, string? ownMunicipality, FindingLog log, SubmissionPart part)
    {
        switch (rule.Content)
        {
            case ColumnContent.Municipality:
                var own = ownMunicipality ?? string.Empty;
                return Text(column, rule, TextJudges.Municipality(ownMunicipality), null, log, part, new BilingualText(own, own));
            case ColumnContent.Category:
                var list = string.Join(", ", rule.Categories);
                var oneOf = TextJudges.OneOf(rule.Categories, RowRules.UnknownCategory);
                return Text(column, rule, oneOf, null, log, part, new BilingualText(list, list));
            case ColumnContent.ShortText:
                var tally = new BareNumberTally();
                return Text(column, rule, TextJudges.ShortText(tally), tally, log, part);
            case ColumnContent.Date:
                return new DateColumnCheck(column.Index, rule, log, part);
            default:
                return column.PhysicalType switch
                {
                    ParquetPhysicalType.Int32 => new NumberColumnCheck<int>(column.Index, rule, log, part),
                    ParquetPhysicalType.Int64 => new NumberColumnCheck<long>(column.Index, rule, log, part),
                    ParquetPhysicalType.Float => new NumberColumnCheck<float>(column.Index, rule, log, part),
                    ParquetPhysicalType.Double => new NumberColumnCheck<double>(column.Index, rule, log, part),
                    _ => null,
                };
        }
    }

    /// <summary>The scan of a column that is refused already, by its name or its type; null where it cannot hold an identity number
    /// (a FLOAT has too few digits).</summary>
    public static ColumnCheck? Foreign(ParquetColumn column, string safeName, FindingLog log, SubmissionPart part)
    {
        var scale = column.LogicalType == ParquetLogicalType.Decimal ? column.Scale : 0;
        switch (column.PhysicalType)
        {
            case ParquetPhysicalType.Int32:
                return new ForeignNumberScan<int>(column.Index, safeName, scale, log, part);
            case ParquetPhysicalType.Int64:
                return new ForeignNumberScan<long>(column.Index, safeName, scale, log, part);
            case ParquetPhysicalType.Double:
                return new ForeignNumberScan<double>(column.Index, safeName, 0, log, part);
            case ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLenByteArray:
                var tally = new BareNumberTally();
                var verdicts = new TextVerdicts(log, part, safeName, TextJudges.Anything(tally));
                return new TextColumnCheck(column.Index, safeName, required: false, verdicts, tally, log, part);
            default:
                return null;
        }
    }

    private static TextColumnCheck Text(
        ParquetColumn column,
        ContractColumn rule,
        TextVerdicts.Judge judge,
        BareNumberTally? tally,
        FindingLog log,
        SubmissionPart part,
        params BilingualText[] facts) =>
        new(column.Index, rule.Name, rule.Required, new TextVerdicts(log, part, rule.Name, judge, facts), tally, log, part);
}
