namespace SiOutcomeLab.Statistics.Matching;

/// <summary>How one covariate is coarsened before matching exactly on it. A value on a bound belongs to the bin above.</summary>
public sealed class Coarsening
{
    private readonly Func<double[], double[]> _bounds;

    private Coarsening(Func<double[], double[]> bounds) => _bounds = bounds;

    /// <summary>⌈log₂ n + 1⌉ equally wide bins from smallest to largest value: Sturges' rule. The default, as in MatchIt.</summary>
    public static Coarsening Sturges { get; } =
        new(values => EquallyWide(values, (int)Math.Ceiling(Math.Log2(values.Length) + 1)));

    /// <summary>Not coarsened: rows agree exactly.</summary>
    public static Coarsening Exact { get; } = new(values => [.. values.Distinct().Order().Skip(1)]);

    /// <summary>Equally wide bins from smallest to largest value.</summary>
    /// <param name="count">At least 1; 1 leaves the covariate out.</param>
    /// <returns>The rule.</returns>
    public static Coarsening Bins(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new Coarsening(values => EquallyWide(values, count));
    }

    /// <summary>Bins between quantiles, with equally many rows each.</summary>
    /// <param name="count">At least 1.</param>
    /// <returns>The rule.</returns>
    public static Coarsening QuantileBins(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new Coarsening(values => Quantiles.Equal([.. values], count)[1..^1]);
    }

    /// <summary>Bins between given bounds, open to both sides.</summary>
    /// <param name="bounds">Finite, in any order.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">A bound is NaN or infinite.</exception>
    public static Coarsening At(params double[] bounds)
    {
        RowGuards.Finite(bounds, nameof(bounds));
        double[] sorted = [.. bounds.Distinct().Order()];
        return new Coarsening(_ => sorted);
    }

    /// <summary>The bin of each value, numbered from 0.</summary>
    internal int[] Apply(double[] values)
    {
        double[] cuts = [double.NegativeInfinity, .. values.Length == 0 ? [] : _bounds(values), double.PositiveInfinity];
        return Array.ConvertAll(values, value => Quantiles.Interval(value, cuts));
    }

    private static double[] EquallyWide(double[] values, int count)
    {
        var (low, high) = (values.Min(), values.Max());
        var width = (high - low) / count;
        return [.. Enumerable.Range(1, count - 1).Select(k => low + (k * width))];
    }
}
