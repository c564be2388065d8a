using System.Numerics;
using System.Runtime.CompilerServices;

namespace SiOutcomeLab.Contract;

/// <summary>Sums one measure up by period, in row order, so that the sums do not depend on the number of threads.</summary>
internal sealed class MeasureTally
{
    // A measure that counts within a small range is counted value by value, which is one addition a row; the sums are made at the end.
    private const int MostCounted = 1024;
    private const long MostCounters = 256 * 1024;

    private readonly Measure _measure;
    private readonly PeriodCheck _periods;
    private readonly Sums[] _sums;
    private readonly bool _isAmount;
    private readonly ValueSpread? _spread;
    private readonly int _range;
    private readonly long[] _counts;

    // Squares are taken about the first value, so that a large mean does not drown the spread.
    private double _about = double.NaN;

    /// <param name="measure">The measure.</param>
    /// <param name="maximum">The largest value that it may have.</param>
    /// <param name="periods">Gives each row's period.</param>
    public MeasureTally(Measure measure, double maximum, PeriodCheck periods)
    {
        _measure = measure;
        _periods = periods;
        _sums = new Sums[periods.Rows.Count];
        _isAmount = measure.Kind == ValueKind.Number;
        _spread = measure.BudgetItem is null && !_isAmount ? null : new ValueSpread();
        var isCounted = !_isAmount && measure.Minimum >= 0 && maximum < MostCounted && (maximum + 1) * periods.Rows.Count <= MostCounters;
        _range = isCounted ? (int)maximum + 1 : 0;
        _counts = new long[_range * periods.Rows.Count];
    }

    public string Measure => _measure.Code.Code;

    /// <summary>A value that squares are taken about.</summary>
    public double About => double.IsNaN(_about) ? 0 : _about;

    /// <summary>
    /// Changes of an amount from one row to the next, where the next row's period follows the first's: in a file ordered by person that is
    /// the same person, in one ordered by period there are none.
    /// </summary>
    public long Changes { get; private set; }

    /// <summary>Changes by more than <see cref="SoftRules.AmountRatio"/> times.</summary>
    public long Jumps { get; private set; }

    /// <summary>The sums of a period, by its place in the manifest.</summary>
    public Sums At(int period) => _sums[period];

    /// <summary>Values of a cost-bearing measure or an amount that lie far above the usual.</summary>
    public long Outliers() => _spread?.Above(SoftRules.OutlierScore) ?? 0;

    /// <summary>Takes the next rows. A value that the limits forbid may be left out: it refuses the file.</summary>
    public void Add<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> present)
        where T : unmanaged, INumberBase<T>
    {
        var period = _periods.Current;
        var rows = Math.Min(period.Length, values.Length);
        if (typeof(T) == typeof(int) && _range > 0)
        {
            Count(values[..rows], present, period);
            return;
        }

        for (var i = 0; i < rows; i++)
        {
            if (!present[i] || period[i] < 0) continue;
            var value = double.CreateTruncating(values[i]);
            if (double.IsFinite(value)) Add(ref _sums[period[i]], value, 1);
        }

        if (_isAmount) Compare(values[..rows], present[..rows], period[..rows]);
    }

    /// <summary>After the last row.</summary>
    public void Finish()
    {
        for (var at = 0; at < _counts.Length; at++)
        {
            if (_counts[at] > 0) Add(ref _sums[at / _range], at % _range, _counts[at]);
        }
    }

    private void Count<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> present, ReadOnlySpan<short> period)
        where T : unmanaged
    {
        var counts = _counts;
        for (var i = 0; i < values.Length; i++)
        {
            var value = (uint)Unsafe.BitCast<T, int>(values[i]);
            if (present[i] && period[i] >= 0 && value < (uint)_range) counts[(period[i] * _range) + (int)value]++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ref Sums sums, double value, long times)
    {
        if (double.IsNaN(_about)) _about = value;
        sums.Observed += times;
        sums.Zeros += value == 0 ? times : 0;
        var from = value - _about;
        sums.Sum += from * times;
        sums.Squares += from * from * times;
        _spread?.Add(value, times);
    }

    private void Compare<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> present, ReadOnlySpan<short> period)
        where T : unmanaged, INumberBase<T>
    {
        for (var i = 1; i < values.Length; i++)
        {
            if (period[i] != period[i - 1] + 1 || period[i] == 0 || !present[i] || !present[i - 1]) continue;
            var (before, after) = (double.CreateTruncating(values[i - 1]), double.CreateTruncating(values[i]));
            if (!(before > 0 && after > 0)) continue;
            Changes++;
            if (Math.Max(before, after) > SoftRules.AmountRatio * Math.Min(before, after)) Jumps++;
        }
    }

    /// <summary>Sums of one period.</summary>
    internal struct Sums
    {
        public long Observed;
        public long Zeros;
        public double Sum;
        public double Squares;
    }
}
