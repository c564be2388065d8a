using System.Globalization;
using System.Numerics;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Checks that the numbers of a column are finite, whole where the contract counts, and within the catalogue's limits.</summary>
internal sealed class NumberColumnCheck<T>(int columnIndex, ContractColumn rule, FindingLog log, SubmissionPart part)
    : ColumnCheck(columnIndex)
    where T : unmanaged, INumberBase<T>
{
    private readonly T[] _values = new T[BatchRows];
    private readonly bool[] _present = new bool[BatchRows];
    private readonly BareNumberTally _tally = new();
    private readonly BilingualText[] _limits = [Plain(rule.Minimum), Plain(rule.Maximum)];

    public override void Check(ParquetRowGroup group, long firstRow, CancellationToken cancellationToken)
    {
        using var reader = group.Column<T>(ColumnIndex);
        var row = firstRow;
        for (int rows; (rows = reader.Read(_values, _present)) > 0; row += rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < rows; i++)
            {
                if (_present[i]) Judge(double.CreateTruncating(_values[i]), row + i);
                else if (rule.Required) log.Add(RowRules.NullValue, part, rule.Name, row + i);
            }
        }
    }

    public override void Finish() => JudgeTally(_tally, log, part, rule.Name);

    private void Judge(double value, long row)
    {
        if (value >= rule.Minimum && value <= rule.Maximum)
        {
            if (rule.Whole && Math.Floor(value) != value) log.Add(RowRules.NotWhole, part, rule.Name, row);
        }
        else if (!double.IsFinite(value))
        {
            log.Add(RowRules.NotFinite, part, rule.Name, row);
        }
        else if (value < 1e15 && Math.Floor(value) == value && IdentityNumberScanner.FindNumber((long)value, _tally))
        {
            log.Add(FileRules.IdentityNumber, part, rule.Name, row);
        }
        else
        {
            log.Add(RowRules.OutOfRange, part, rule.Name, row, _limits);
        }
    }

    private static BilingualText Plain(double limit)
    {
        var text = limit.ToString(CultureInfo.InvariantCulture);
        return new BilingualText(text, text);
    }
}
