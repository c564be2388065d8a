using System.Numerics;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>Looks for identity numbers among the numbers of a column that the contract refuses anyway.</summary>
internal sealed class ForeignNumberScan<T>(int columnIndex, string column, int scale, FindingLog log, SubmissionPart part)
    : ColumnCheck(columnIndex)
    where T : unmanaged, INumberBase<T>
{
    private readonly T[] _values = new T[BatchRows];
    private readonly bool[] _present = new bool[BatchRows];
    private readonly BareNumberTally _tally = new();
    private readonly double _divisor = Math.Pow(10, scale);

    public override void Check(ParquetRowGroup group, long firstRow, CancellationToken cancellationToken)
    {
        using var reader = group.Column<T>(ColumnIndex);
        var row = firstRow;
        for (int rows; (rows = reader.Read(_values, _present)) > 0; row += rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < rows; i++)
            {
                var value = _present[i] ? double.CreateTruncating(_values[i]) / _divisor : 0;
                if (value is >= 1e8 and < 1e12 && Math.Floor(value) == value && IdentityNumberScanner.FindNumber((long)value, _tally))
                {
                    log.Add(FileRules.IdentityNumber, part, column, row + i);
                }
            }
        }
    }

    public override void Finish() => JudgeTally(_tally, log, part, column);
}
