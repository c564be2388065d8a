namespace SiOutcomeLab.Contract;

/// <summary>
/// How positive values spread, in buckets of a quarter of an octave: exact counts, quantiles to within 19 per cent, in a fixed 64 KB.
/// </summary>
internal sealed class ValueSpread
{
    // Eleven bits of exponent and two of the fraction; the sign is always plus.
    private const int Shift = 50;
    private const double LeastSigma = 0.4;

    // Quartiles of the normal distribution lie 0.6745 standard deviations from its median.
    private const double QuartilesToSigma = 1.349;
    // The buckets after it are infinity and what is no number.
    private static readonly int Largest = (int)(BitConverter.DoubleToUInt64Bits(double.MaxValue) >> Shift);
    private readonly long[] _counts = new long[1 << (63 - Shift)];
    private long _total;

    /// <summary>Counts a value so many times; those not positive are passed over.</summary>
    public void Add(double value, long times)
    {
        if (value <= 0) return;
        _counts[BitConverter.DoubleToUInt64Bits(value) >> Shift] += times;
        _total += times;
    }

    /// <summary>
    /// Values more than so many robust standard deviations above the median in logarithms, with a standard deviation of at least 0.4, and
    /// more than one above where the largest of so many normal values lies; 0 when there are fewer than 50 values.
    /// </summary>
    public long Above(double score)
    {
        if (_total < SoftRules.FewestRows) return 0;
        var (low, middle, high) = (LogQuantile(0.25), LogQuantile(0.5), LogQuantile(0.75));
        score = Math.Max(score, 1 + Math.Sqrt(2 * Math.Log(_total)));
        var limit = middle + (score * Math.Max(LeastSigma, (high - low) / QuartilesToSigma));
        var above = 0L;
        for (var bucket = Largest; bucket >= 0 && Log(bucket) > limit; bucket--) above += _counts[bucket];
        return above;
    }

    private double LogQuantile(double share)
    {
        var left = (long)(share * (_total - 1));
        for (var bucket = 0; ; bucket++)
        {
            if (left < _counts[bucket]) return Log(bucket);
            left -= _counts[bucket];
        }
    }

    // The lower edge: a bucket counts as above a limit only when all of it is.
    private static double Log(int bucket) => Math.Log(BitConverter.UInt64BitsToDouble((ulong)bucket << Shift));
}
