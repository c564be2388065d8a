using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>Checks that dates lie where dates can be reckoned with.</summary>
internal class DateColumnCheck(ContractColumn rule, SubmissionPart part) : ColumnCheck(new FindingLog())
{
    /// <summary>The day number that Parquet counts dates from.</summary>
    public static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    private static readonly int First = new DateOnly(1900, 1, 1).DayNumber - Epoch;
    private static readonly int Last = new DateOnly(2199, 12, 31).DayNumber - Epoch;
    private static readonly BilingualText[] Limits = [new("1900-01-01", "1900-01-01"), new("2199-12-31", "2199-12-31")];

    public override void Check(ColumnBlock block, long firstRow)
    {
        if (rule.Required) NoteNulls(block, firstRow, part, rule.Name);
        var days = ((NumberBlock<int>)block).Values;
        // A null row holds day 0, which lies between the limits.
        if (NumberRange.Holds(days, First, Last, whole: false)) return;
        for (var i = 0; i < days.Length; i++)
        {
            if (days[i] < First || days[i] > Last) Log.Add(RowRules.OutOfRange, part, rule.Name, firstRow + i, Limits);
        }
    }
}
