using System.Numerics;

namespace SiOutcomeLab.Contract;

/// <summary>Sums one measure up by period, in row order, so that the sums do not depend on the number of threads.</summary>
internal sealed class MeasureTally(string measure, PeriodCheck periods)
{
    private readonly Sums[] _sums = new Sums[periods.Rows.Count];

    // Squares are taken about the first value, so that a large mean does not drown the spread.
    private double _about = double.NaN;

    public string Measure => measure;

    /// <summary>The sums of a period, by its place in the manifest.</summary>
    public Sums At(int period) => _sums[period];

    /// <summary>A value that squares are taken about.</summary>
    public double About => double.IsNaN(_about) ? 0 : _about;

    public void Add<T>(ReadOnlySpan<T> values, ReadOnlySpan<bool> present)
        where T : unmanaged, INumberBase<T>
    {
        var period = periods.Current;
        var rows = Math.Min(period.Length, values.Length);
        for (var i = 0; i < rows; i++)
        {
            if (!present[i] || period[i] < 0) continue;
            var value = double.CreateTruncating(values[i]);
            if (!double.IsFinite(value)) continue;
            if (double.IsNaN(_about)) _about = value;
            ref var sums = ref _sums[period[i]];
            sums.Observed++;
            if (value == 0) sums.Zeros++;
            var from = value - _about;
            sums.Sum += from;
            sums.Squares += from * from;
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
