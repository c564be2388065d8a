using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// The joint normal distribution of true effects given the estimates and τ²: a diagonal (or, with shared persons, full) part plus one
/// direction per coefficient that moves all of them together.
/// </summary>
internal sealed class Posterior
{
    private readonly double[] _full;
    private readonly double[] _kept;
    private readonly double _tauSquared;

    private Posterior(
        double[] means, double[] deviations, double[] kept, double[] full, double[][] common, double[][] deviating, double tau)
    {
        (Means, Deviations, _kept, _full, Common, Deviating, _tauSquared) = (means, deviations, kept, full, common, deviating, tau);
    }

    public int Count => Means.Length;

    public double[] Means { get; }

    /// <summary>Predicted u.</summary>
    public double[] Deviations { get; }

    /// <summary>Columns C with CC' = (I − Λ) X var(b) X' (I − Λ)'.</summary>
    public double[][] Common { get; }

    // Columns C with CC' = Λ X var(b) X' Λ'.
    private double[][] Deviating { get; }

    public bool IsIndependent => _full.Length == 0;

    public static Posterior Of(PooledModel model)
    {
        var (k, p, tau) = (model.Data.Count, model.Coefficients.Count, model.Heterogeneity.TauSquared);
        var fitted = model.Fitted();
        var residuals = model.Data.Estimates.ToArray();
        LaneSum.AddScaled(-1, fitted, residuals);
        var deviations = model.InverseTimes(residuals);
        for (var i = 0; i < k; i++) deviations[i] *= tau;
        var means = (double[])fitted.Clone();
        LaneSum.AddScaled(1, deviations, means);

        var factor = Lower(model.CoefficientCovariance.Span, p);
        var common = new double[p][];
        var deviating = new double[p][];
        for (var j = 0; j < p; j++)
        {
            var column = Times(model, factor, j);
            deviating[j] = model.InverseTimes(column);
            common[j] = column;
            for (var i = 0; i < k; i++)
            {
                deviating[j][i] *= tau;
                column[i] -= deviating[j][i];
            }
        }

        var full = model.Data.IsCorrelated ? Full(model, tau) : [];
        var kept = new double[k];
        for (var i = 0; i < k; i++)
        {
            kept[i] = tau <= 0 ? 0 : full.Length > 0 ? 1 - (full[(i * k) + i] / tau) : tau / (tau + model.Data.Variances[i]);
        }

        return new Posterior(means, deviations, kept, full, common, deviating, tau);
    }

    /// <summary>λᵢ, the diagonal of Λ.</summary>
    public double Kept(int i) => _kept[i];

    /// <summary>Element of τ²(I − Λ).</summary>
    public double Own(int i, int j) =>
        !IsIndependent ? _full[(i * Count) + j] : i == j ? _tauSquared * (1 - _kept[i]) : 0;

    /// <summary>For draws: own standard deviations when independent, else the lower factor of τ²(I − Λ).</summary>
    public double[] OwnFactor()
    {
        if (!IsIndependent) return Lower(_full, Count);
        var deviations = new double[Count];
        for (var i = 0; i < deviations.Length; i++) deviations[i] = Math.Sqrt(Own(i, i));
        return deviations;
    }

    public double Variance(int i) => Covariance(i, i);

    public double Covariance(int i, int j)
    {
        var sum = Own(i, j);
        foreach (var column in Common) sum += column[i] * column[j];
        return sum;
    }

    public double DeviationVariance(int i)
    {
        var sum = Own(i, i);
        foreach (var column in Deviating) sum += column[i] * column[i];
        return sum;
    }

    // τ²(I − τ²M⁻¹) = τ² U diag(d / (d + τ²)) U'.
    private static double[] Full(PooledModel model, double tau)
    {
        var k = model.Data.Count;
        var vectors = model.Data.Eigen!.Vectors;
        var scaled = new double[k];
        var row = new double[k];
        var full = new double[k * k];
        for (var i = 0; i < k; i++) scaled[i] = tau * model.Basis.Variances[i] * model.Pass.Weights[i];
        for (var i = 0; i < k; i++)
        {
            LaneSum.Multiply(vectors.AsSpan(i * k, k), scaled, row);
            for (var j = 0; j <= i; j++) full[(i * k) + j] = full[(j * k) + i] = LaneSum.Dot(row, vectors.AsSpan(j * k, k));
        }

        return full;
    }

    private static double[] Times(PooledModel model, double[] factor, int column)
    {
        var p = model.Coefficients.Count;
        var result = new double[model.Data.Count];
        Span<double> row = stackalloc double[p];
        for (var i = 0; i < result.Length; i++)
        {
            model.CopyRow(i, row);
            for (var j = column; j < p; j++) result[i] += row[j] * factor[(j * p) + column];
        }

        return result;
    }

    // Lower Cholesky factor of the coefficients' covariance; rows of a direction without variance are 0.
    private static double[] Lower(ReadOnlySpan<double> matrix, int size)
    {
        var factor = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            for (var i = j; i < size; i++)
            {
                var sum = matrix[(i * size) + j];
                for (var l = 0; l < j; l++) sum -= factor[(i * size) + l] * factor[(j * size) + l];
                if (i == j) factor[(j * size) + j] = Math.Sqrt(Math.Max(0, sum));
                else if (factor[(j * size) + j] > 0) factor[(i * size) + j] = sum / factor[(j * size) + j];
            }
        }

        return factor;
    }
}
