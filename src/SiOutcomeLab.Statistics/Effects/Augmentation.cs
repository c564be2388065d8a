using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>
/// The augmented estimate and its derivatives, from residuals r₁ = y − m₁ and r₀ = y − m₀ of outcome predictions for all rows: with q the
/// group asked about and N its size, Σ q (r₀ − r₁)/N + Σ t w r₁/D₁ − Σ (1 − t) w r₀/D₀, where D = N, or the arm's Σ w (Hájek).
/// For the treated r₁ cancels and for comparison rows r₀ does; the one that cancels may be left out.
/// </summary>
internal sealed class Augmentation
{
    private readonly double[] _group;
    private readonly double[]? _treatedResiduals;
    private readonly double[]? _comparisonResiduals;
    private readonly double _size;
    private readonly double _centre;
    private readonly (double Treated, double Comparison) _means;
    private readonly (double Treated, double Comparison) _divisors;

    public Augmentation(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        BalancingWeights weights,
        double[]? treatedResiduals,
        double[]? comparisonResiduals,
        bool normalised)
    {
        _group = TargetGroup.Of(weights, treated)!;
        (_treatedResiduals, _comparisonResiduals) = (treatedResiduals, comparisonResiduals);
        var w = weights.Weights.Span;
        CompensatedSum regression = default, predicted = default, size = default;
        CompensatedSum treatedBias = default, comparisonBias = default, treatedWeight = default, comparisonWeight = default;
        for (var start = 0; start < w.Length; start += RowBlocks.Rows)
        {
            double d = 0, m = 0, n = 0, b1 = 0, b0 = 0, w1 = 0, w0 = 0;
            for (var i = start; i < Math.Min(w.Length, start + RowBlocks.Rows); i++)
            {
                var (r1, r0) = Residuals(i);
                d += _group[i] * (r0 - r1);
                m += _group[i] * (outcome[i] - r1);
                n += _group[i];
                if (treated[i])
                {
                    b1 += w[i] * r1;
                    w1 += w[i];
                }
                else
                {
                    b0 += w[i] * r0;
                    w0 += w[i];
                }
            }

            regression.Add(d);
            predicted.Add(m);
            size.Add(n);
            treatedBias.Add(b1);
            comparisonBias.Add(b0);
            treatedWeight.Add(w1);
            comparisonWeight.Add(w0);
        }

        _size = size.Value;
        _divisors = normalised
            ? (treatedWeight.Value, comparisonWeight.Value)
            : (_size * weights.Stabiliser.Treated, _size * weights.Stabiliser.Comparison);
        var (ofTreated, ofComparison) = (treatedBias.Value / _divisors.Treated, comparisonBias.Value / _divisors.Comparison);
        _means = normalised ? (ofTreated, ofComparison) : (0, 0);
        Estimate = (regression.Value / _size) + ofTreated - ofComparison;
        MeanTreated = (predicted.Value / _size) + ofTreated;
        _centre = normalised ? regression.Value / _size : Estimate;
    }

    public double Estimate { get; }

    public double MeanTreated { get; }

    /// <summary>Derivative with respect to each row's weight.</summary>
    public double[] PerWeight(ReadOnlySpan<bool> treated)
    {
        var result = new double[treated.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (r1, r0) = Residuals(i);
            result[i] = treated[i] ? (r1 - _means.Treated) / _divisors.Treated : (_means.Comparison - r0) / _divisors.Comparison;
        }

        return result;
    }

    /// <summary>Influence of each row when weights and predictions are known.</summary>
    public double[] Influence(ReadOnlySpan<double> perWeight, ReadOnlySpan<double> weights)
    {
        var result = new double[weights.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var (r1, r0) = Residuals(i);
            result[i] = (_group[i] * (r0 - r1 - _centre) / _size) + (weights[i] * perWeight[i]);
        }

        return result;
    }

    /// <summary>Derivative with respect to each row's residual from one arm's predictions.</summary>
    public double[] PerResidual(bool arm, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        var (sign, divisor) = arm ? (1, _divisors.Treated) : (-1, _divisors.Comparison);
        var result = new double[weights.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = sign * ((treated[i] == arm ? weights[i] / divisor : 0) - (_group[i] / _size));
        }

        return result;
    }

    private (double Treated, double Comparison) Residuals(int row) =>
        (_treatedResiduals is null ? 0 : _treatedResiduals[row], _comparisonResiduals is null ? 0 : _comparisonResiduals[row]);
}
