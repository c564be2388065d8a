using System.Globalization;
using System.Numerics;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Checks that the numbers of a column are finite, whole where the contract counts, and within the catalogue's limits; and sums a measure
/// up for the soft rules.
/// </summary>
internal sealed class NumberColumnCheck<T>(ContractColumn rule, SubmissionPart part, MeasureTally? sums) : ColumnCheck(new FindingLog())
    where T : unmanaged, INumberBase<T>
{
    private readonly BareNumberTally _tally = new();
    private readonly BilingualText[] _limits = [Plain(rule.Minimum), Plain(rule.Maximum)];

    // A null row holds 0; where 0 keeps the limits, nulls need not be looked for.
    private readonly bool _zeroHolds = rule.Minimum <= 0 && rule.Maximum >= 0;

    public override void Check(ColumnBlock block, long firstRow)
    {
        if (rule.Required) NoteNulls(block, firstRow, part, rule.Name);
        var values = ((NumberBlock<T>)block).Values;
        var isSound = (_zeroHolds || block.Nulls == 0) && NumberRange.Holds(values, rule.Minimum, rule.Maximum, rule.Whole);
        if (!isSound) NoteFaults(values, block.Present, firstRow);
        sums?.Add(values, block.Present);
    }

    public override void Finish() => JudgeTally(_tally, part, rule.Name);

    private void NoteFaults(ReadOnlySpan<T> values, ReadOnlySpan<bool> present, long firstRow)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (present[i]) Judge(double.CreateTruncating(values[i]), firstRow + i);
        }
    }

    private void Judge(double value, long row)
    {
        if (value >= rule.Minimum && value <= rule.Maximum)
        {
            if (rule.Whole && Math.Floor(value) != value) Log.Add(RowRules.NotWhole, part, rule.Name, row);
        }
        else if (!double.IsFinite(value))
        {
            Log.Add(RowRules.NotFinite, part, rule.Name, row);
        }
        else if (value < 1e15 && Math.Floor(value) == value && IdentityNumberScanner.FindNumber((long)value, _tally))
        {
            Log.Add(FileRules.IdentityNumber, part, rule.Name, row);
        }
        else
        {
            Log.Add(RowRules.OutOfRange, part, rule.Name, row, _limits);
        }
    }

    private static BilingualText Plain(double limit)
    {
        var text = limit.ToString(CultureInfo.InvariantCulture);
        return new BilingualText(text, text);
    }
}
