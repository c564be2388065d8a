using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>Checks <c>period_start</c>, and gives each row's period to the checks that need it.</summary>
internal sealed class PeriodCheck : ColumnCheck
{
    private readonly IReadOnlyList<Period> _periods;
    private readonly int _firstDay;
    private readonly short[] _periodOfDay;
    private readonly long[] _rows;
    private short[] _current = [];
    private int _count;

    public PeriodCheck(IReadOnlyList<Period> periods)
        : base(new FindingLog())
    {
        _periods = periods;
        _rows = new long[periods.Count];
        // Periods stand in time order: one place a day from the first to the last.
        _firstDay = Day(periods[0]);
        _periodOfDay = new short[Day(periods[^1]) - _firstDay + 1];
        Array.Fill(_periodOfDay, (short)-1);
        for (var at = 0; at < periods.Count; at++) _periodOfDay[Day(periods[at]) - _firstDay] = (short)at;
    }

    /// <summary>Each row's period, as its place in the manifest; −1 for a row that has none of them.</summary>
    public ReadOnlySpan<short> Current => _current.AsSpan(0, _count);

    /// <summary>Rows of each period of the manifest so far.</summary>
    public IReadOnlyList<long> Rows => _rows;

    public override void Check(ColumnBlock block, long firstRow)
    {
        var days = ((NumberBlock<int>)block).Values;
        if (_current.Length < days.Length) _current = new short[days.Length];
        _count = days.Length;
        var missing = 0;
        for (var i = 0; i < days.Length; i++)
        {
            var day = (uint)(days[i] - _firstDay);
            var period = day < (uint)_periodOfDay.Length ? _periodOfDay[day] : (short)-1;
            _current[i] = period;
            if (period >= 0) _rows[period]++;
            else missing++;
        }

        if (missing > 0 || block.Nulls > 0) NoteFaults(block.Present, firstRow);
    }

    /// <summary>Says which periods of the manifest had no row.</summary>
    public override void Finish()
    {
        var missing = _periods.Where((_, at) => _rows[at] == 0).Select(p => p.ToString()).ToList();
        var shown = string.Join(", ", missing.Take(12)) + (missing.Count > 12 ? " …" : string.Empty);
        var fact = new BilingualText(shown, shown);
        for (var i = 0; i < missing.Count; i++)
        {
            Log.Add(RowRules.PeriodWithoutRows, SubmissionPart.Observations, ContractColumns.PeriodStart, null, fact);
        }
    }

    private static int Day(Period period) => period.Start.DayNumber - DateColumnCheck.Epoch;

    private void NoteFaults(ReadOnlySpan<bool> present, long firstRow)
    {
        for (var i = 0; i < present.Length; i++)
        {
            if (present[i] && _current[i] >= 0) continue;
            // A null row holds day 0, which may be the first day of a period.
            if (!present[i] && _current[i] >= 0) _rows[_current[i]]--;
            if (!present[i]) _current[i] = -1;
            var rule = present[i] ? RowRules.PeriodNotCovered : RowRules.NullValue;
            Log.Add(rule, SubmissionPart.Observations, ContractColumns.PeriodStart, firstRow + i);
        }
    }
}
