using System.Numerics;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>Looks for identity numbers among the numbers of a column that the contract refuses anyway.</summary>
internal sealed class ForeignNumberScan<T>(string column, int scale, SubmissionPart part) : ColumnCheck(new FindingLog())
    where T : unmanaged, INumberBase<T>
{
    private readonly BareNumberTally _tally = new();
    private readonly double _divisor = Math.Pow(10, scale);

    public override void Check(ColumnBlock block, long firstRow)
    {
        var values = ((NumberBlock<T>)block).Values;
        for (var i = 0; i < values.Length; i++)
        {
            // A null row holds 0, which no identity number is.
            var value = double.CreateTruncating(values[i]) / _divisor;
            if (value is >= 1e8 and < 1e12 && Math.Floor(value) == value && IdentityNumberScanner.FindNumber((long)value, _tally))
            {
                Log.Add(FileRules.IdentityNumber, part, column, firstRow + i);
            }
        }
    }

    public override void Finish() => JudgeTally(_tally, part, column);
}
