using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// Periods of days, and which of them a row group tells of. A file's rows are of a handful of days, which are compared with many rows at once.
/// </summary>
internal sealed class PeriodOfDay
{
    private const int Few = 8;

    private static readonly int UnixEpochDay = new DateOnly(1970, 1, 1).DayNumber;

    private readonly int _firstDay;
    private readonly short[] _periodOfDay;
    private readonly bool[] _isTold;
    private readonly int[] _knownDays = new int[Few];
    private readonly int[] _knownPeriods = new int[Few];
    private int _known;

    public PeriodOfDay(Period first, int periods)
    {
        _firstDay = first.Start.DayNumber - UnixEpochDay;
        _isTold = new bool[periods];
        _periodOfDay = new short[first.Plus(periods).Start.DayNumber - first.Start.DayNumber];
        for (var day = 0; day < _periodOfDay.Length; day++)
        {
            _periodOfDay[day] = (short)Period.Containing(first.Start.AddDays(day), first.Length).Since(first);
        }
    }

    /// <summary>Forgets what has been told.</summary>
    public void Begin()
    {
        Array.Clear(_isTold);
        _known = 0;
    }

    /// <summary>The periods told of since the beginning, in their order.</summary>
    public int[] Told() => [.. Enumerable.Range(0, _isTold.Length).Where(p => _isTold[p])];

    /// <summary>Makes days, counted from 1970-01-01, into the places of their periods; −1 outside of those asked for.</summary>
    /// <returns>How many are within.</returns>
    public int ToPeriods(Span<int> days)
    {
        var (needed, at) = (days.Length, 0);
        var outside = Vector256<int>.Zero;
        for (; at <= days.Length - Vector256<int>.Count; at += Vector256<int>.Count)
        {
            ref var source = ref MemoryMarshal.GetReference(days[at..]);
            var eight = Vector256.LoadUnsafe(ref source);
            var (periods, isKnown) = (Vector256<int>.Zero, Vector256<int>.Zero);
            for (var k = 0; k < _known; k++)
            {
                var isThis = Vector256.Equals(eight, Vector256.Create(_knownDays[k]));
                periods |= isThis & Vector256.Create(_knownPeriods[k]);
                isKnown |= isThis;
            }

            if (isKnown == Vector256<int>.AllBitsSet)
            {
                periods.StoreUnsafe(ref source);
                // The sign of −1: one that is outside, counted down.
                outside += periods >> 31;
                continue;
            }

            for (var i = at; i < at + Vector256<int>.Count; i++) needed -= One(ref days[i]);
        }

        for (; at < days.Length; at++) needed -= One(ref days[at]);
        return needed + Vector256.Sum(outside);
    }

    // 1 for a day that is outside.
    private int One(ref int day)
    {
        var at = (uint)(day - _firstDay);
        var period = at < (uint)_periodOfDay.Length ? _periodOfDay[(int)at] : -1;
        if (period >= 0) _isTold[period] = true;
        if (_known < Few && !_knownDays.AsSpan(0, _known).Contains(day)) (_knownDays[_known], _knownPeriods[_known++]) = (day, period);
        day = period;
        return period < 0 ? 1 : 0;
    }
}
