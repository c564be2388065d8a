using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Checks that dates lie where dates can be reckoned with.</summary>
internal sealed class DateColumnCheck(int columnIndex, ContractColumn rule, FindingLog log, SubmissionPart part) : ColumnCheck(columnIndex)
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;
    private static readonly int First = new DateOnly(1900, 1, 1).DayNumber - Epoch;
    private static readonly int Last = new DateOnly(2199, 12, 31).DayNumber - Epoch;
    private static readonly BilingualText[] Limits = [new("1900-01-01", "1900-01-01"), new("2199-12-31", "2199-12-31")];
    private readonly int[] _days = new int[BatchRows];
    private readonly bool[] _present = new bool[BatchRows];

    public override void Check(ParquetRowGroup group, long firstRow, CancellationToken cancellationToken)
    {
        using var reader = group.Column<int>(ColumnIndex);
        var row = firstRow;
        for (int rows; (rows = reader.Read(_days, _present)) > 0; row += rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < rows; i++)
            {
                if (!_present[i])
                {
                    if (rule.Required) log.Add(RowRules.NullValue, part, rule.Name, row + i);
                }
                else if (_days[i] < First || _days[i] > Last)
                {
                    log.Add(RowRules.OutOfRange, part, rule.Name, row + i, Limits);
                }
            }
        }
    }
}
