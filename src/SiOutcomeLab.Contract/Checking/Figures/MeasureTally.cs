using System.Numerics;
using System.Runtime.CompilerServices;

namespace SiOutcomeLab.Contract;

/// <summary>Sums one measure up by period, in row order, so that the sums do not depend on the number of threads.</summary>
/// <param name="measure">The measure.</param>
/// <param name="periods">Gives each row's period.</param>
internal sealed class MeasureTally(Measure measure, PeriodCheck periods)
{
    private readonly Sums[] _sums = new Sums[periods.Rows.Count];
    private readonly bool _isAmount = measure.Kind == ValueKind.Number;
    private readonly ValueSpread? _spread = measure.BudgetItem is null && measure.Kind != ValueKind.Number ? null : new ValueSpread();

    // Squares are taken about the first value, so that a large mean does not drown the spread.
    private double _about = double.NaN;

    public string Measure => measure.Code.Code;

    /// <summary>The sums of a period, by its place in the manifest.</summary>
    public Sums At(int period) => _sums[period];

    /// <summary>A value that squares are taken about.</summary>
    public double About => double.IsNaN(_about) ? 0 : _about;

    /// <summary>
    /// Changes of an amount from one row to the next, where the next row's period follows the first's: in a file ordered by person that is
    /// the same person, in one ordered by period there are none.
    /// </summary>
    public long Changes { get; private set; }

    /// <summary>Changes by more than <see cref="SoftRules.AmountRatio"/> times.</summary>
    public long Jumps { get; private set; }

    /// <summary>Values of a cost-bearing measure or an amount that lie far above the usual.</summary>
    public long Outliers() => _spread?.Above(SoftRules.OutlierScore) ?? 0;

    public void Add<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> present)
        where T : unmanaged, INumberBase<T>
    {
        var period = periods.Current;
        var rows = Math.Min(period.Length, values.Length);
        for (var i = 0; i < rows; i++)
        {
            if (!present[i] || period[i] < 0) continue;
            var value = double.CreateTruncating(values[i]);
            if (double.IsFinite(value)) Add(ref _sums[period[i]], value);
        }

        if (_isAmount) Compare(values[..rows], present[..rows], period[..rows]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ref Sums sums, double value)
    {
        if (double.IsNaN(_about)) _about = value;
        sums.Observed++;
        sums.Zeros += value == 0 ? 1 : 0;
        var from = value - _about;
        sums.Sum += from;
        sums.Squares += from * from;
        _spread?.Add(value);
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
