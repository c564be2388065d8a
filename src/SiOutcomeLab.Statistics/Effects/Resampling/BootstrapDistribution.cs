using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>An estimate in many samples drawn from the data, and what follows for its uncertainty.</summary>
public sealed class BootstrapDistribution
{
    private readonly double[] _values;
    private readonly double[] _sorted;

    internal BootstrapDistribution(double estimate, double[] values, BootstrapOptions options, double acceleration)
    {
        Estimate = estimate;
        _values = [.. values.Where(double.IsFinite)];
        _sorted = [.. _values.Order()];
        Failed = values.Length - _values.Length;
        Acceleration = acceleration;
        (Seed, Level) = (options.Seed, options.Level);
        CompensatedSum sum = default, squares = default;
        foreach (var value in _values) sum.Add(value - estimate);
        Bias = sum.Value / _values.Length;
        foreach (var value in _values) squares.Add((value - estimate - Bias) * (value - estimate - Bias));
        StandardError = Math.Sqrt(squares.Value / (_values.Length - 1));
    }

    /// <summary>The estimate in the data themselves.</summary>
    public double Estimate { get; }

    /// <summary>The estimate in each sample, in the order of replicates; samples that refused are left out.</summary>
    public ReadOnlyMemory<double> Values => _values;

    /// <summary>Samples in which there was no estimate.</summary>
    public int Failed { get; }

    /// <summary>Standard deviation of the replicates, denominator one less than their number.</summary>
    public double StandardError { get; }

    /// <summary>Mean of the replicates less the estimate.</summary>
    public double Bias { get; }

    /// <summary>How the standard error changes with the effect, on BCa's normalised scale; 0 when no influence values were given.</summary>
    public double Acceleration { get; }

    /// <summary>The seed of the draws.</summary>
    public int Seed { get; }

    /// <summary>Confidence level of the intervals.</summary>
    public double Level { get; }

    /// <summary>A confidence interval.</summary>
    /// <param name="kind">How it is read off.</param>
    /// <returns>Its ends, in the estimate's unit.</returns>
    public (double Low, double High) Interval(BootstrapInterval kind)
    {
        var tail = (1 - Level) / 2;
        switch (kind)
        {
            case BootstrapInterval.Normal:
                var reach = Normal.InvCDF(0, 1, 1 - tail) * StandardError;
                return (Estimate - reach, Estimate + reach);
            case BootstrapInterval.Percentile:
                return (Quantile(tail), Quantile(1 - tail));
            case BootstrapInterval.Basic:
                return ((2 * Estimate) - Quantile(1 - tail), (2 * Estimate) - Quantile(tail));
            case BootstrapInterval.BiasCorrectedAccelerated:
                return (Quantile(Corrected(tail)), Quantile(Corrected(1 - tail)));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such interval.");
        }
    }

    private double Corrected(double tail)
    {
        var below = 0.0;
        foreach (var value in _sorted) below += value < Estimate ? 1 : value == Estimate ? 0.5 : 0;
        // No replicate on one side of the estimate would be a correction without end; half a replicate stands in.
        var share = Math.Clamp(below / _sorted.Length, 0.5 / _sorted.Length, 1 - (0.5 / _sorted.Length));
        var bias = Normal.InvCDF(0, 1, share);
        var z = bias + Normal.InvCDF(0, 1, tail);
        return Normal.CDF(0, 1, bias + (z / (1 - (Acceleration * z))));
    }

    // Order statistics (B + 1)p, between them on the normal scale, as R's boot; beyond the outermost these.
    private double Quantile(double probability)
    {
        var n = _sorted.Length;
        var rank = (n + 1) * probability;
        var k = (int)Math.Floor(rank);
        if (k < 1) return _sorted[0];
        if (k >= n) return _sorted[^1];
        var (low, high) = (Normal.InvCDF(0, 1, k / (n + 1.0)), Normal.InvCDF(0, 1, (k + 1) / (n + 1.0)));
        var share = (Normal.InvCDF(0, 1, probability) - low) / (high - low);
        return _sorted[k - 1] + (share * (_sorted[k] - _sorted[k - 1]));
    }
}
