using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>A fitted fixed- or random-effects model of estimates, in full precision.</summary>
public sealed class PooledModel
{
    internal PooledModel(PoolingBasis basis, PoolingPass pass) => (Basis, Pass) = (basis, pass);

    /// <summary>The estimates it was fitted to.</summary>
    public required EstimateSet Data { get; init; }

    /// <summary>How it was fitted.</summary>
    public required PoolingOptions Options { get; init; }

    /// <summary>The pooled effect (or intercept) first, then the moderators' slopes.</summary>
    public required IReadOnlyList<PooledCoefficient> Coefficients { get; init; }

    /// <summary>Covariance of the coefficients, row-major.</summary>
    public required ReadOnlyMemory<double> CoefficientCovariance { get; init; }

    /// <summary>τ², Q, I² and what belongs to them.</summary>
    public required Heterogeneity Heterogeneity { get; init; }

    /// <summary>Joint test of the moderators.</summary>
    public required ModeratorTest ModeratorTest { get; init; }

    /// <summary>Degrees of freedom of the coefficients' t distribution; infinite for <see cref="PoolingTest.Normal"/>.</summary>
    public required double DegreesOfFreedom { get; init; }

    /// <summary>Hartung and Knapp's factor s² on the coefficients' variance; 1 for <see cref="PoolingTest.Normal"/>.</summary>
    public required double VarianceFactor { get; init; }

    /// <summary>Log-likelihood.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Restricted log-likelihood, with log |X'X| / 2, so that it does not depend on a moderator's unit.</summary>
    public required double RestrictedLogLikelihood { get; init; }

    /// <summary>Akaike's criterion on the likelihood for maximum likelihood, on the restricted likelihood otherwise.</summary>
    public double AkaikeCriterion
    {
        get
        {
            var parameters = Coefficients.Count + (Options.Method == HeterogeneityMethod.FixedEffect ? 0 : 1);
            var fit = Options.Method == HeterogeneityMethod.MaximumLikelihood ? LogLikelihood : RestrictedLogLikelihood;
            return (-2 * fit) + (2 * parameters);
        }
    }

    /// <summary>The pooled effect; with moderators, the intercept.</summary>
    public PooledCoefficient Effect => Coefficients[0];

    internal PoolingBasis Basis { get; }

    internal PoolingPass Pass { get; }

    /// <summary>Each estimate's share of the weights, in per cent; with a covariance matrix, from the rows of its inverse.</summary>
    /// <returns>One number per estimate, adding up to 100; a row of a covariance matrix may get a negative one.</returns>
    public double[] Weights()
    {
        var weights = Pass.Weights;
        if (Data.IsCorrelated)
        {
            var ones = new double[Data.Count];
            Array.Fill(ones, 1);
            weights = InverseTimes(ones);
        }

        var sum = LaneSum.Sum(weights);
        return [.. weights.Select(w => 100 * w / sum)];
    }

    /// <summary>The interval in which the true effect of a further, similar source lies.</summary>
    /// <param name="kind">Which quantile; see <see cref="PredictionKind"/> for the measured coverage.</param>
    /// <param name="moderators">The source's moderators, in order; empty without moderators.</param>
    /// <returns>Point, standard error and both intervals.</returns>
    /// <exception cref="ArgumentException">Another number of moderators than the model's, or one is NaN or infinite.</exception>
    public PooledPrediction Predict(PredictionKind kind = PredictionKind.AsTest, ReadOnlySpan<double> moderators = default)
    {
        RowGuards.SameLength(Coefficients.Count - 1, moderators.Length, nameof(moderators));
        RowGuards.Finite(moderators, nameof(moderators));
        Span<double> row = stackalloc double[Coefficients.Count];
        row[0] = 1;
        moderators.CopyTo(row[1..]);
        double point = 0, variance = 0;
        for (var j = 0; j < row.Length; j++)
        {
            point += row[j] * Coefficients[j].Estimate;
            for (var l = 0; l < row.Length; l++) variance += row[j] * row[l] * CoefficientCovariance.Span[(j * row.Length) + l];
        }

        var error = Math.Sqrt(variance);
        var spread = Math.Sqrt(variance + Heterogeneity.TauSquared);
        var critical = Distributions.TwoSidedCritical(Options.Level, DegreesOfFreedom);
        var wide = kind == PredictionKind.AsTest
            ? critical
            : Distributions.TwoSidedCritical(Options.Level, Data.Count - Coefficients.Count - 1);
        return new PooledPrediction(
            point, error, point - (critical * error), point + (critical * error), point - (wide * spread), point + (wide * spread));
    }

    /// <summary>x'b for every estimate's own moderators.</summary>
    internal double[] Fitted()
    {
        var fitted = new double[Data.Count];
        Array.Fill(fitted, Coefficients[0].Estimate);
        for (var j = 1; j < Coefficients.Count; j++)
        {
            LaneSum.AddScaled(Coefficients[j].Estimate, Data.Moderators!.Column(j - 1), fitted);
        }

        return fitted;
    }

    /// <summary>Row i of X.</summary>
    internal void CopyRow(int i, Span<double> row)
    {
        row[0] = 1;
        Data.Moderators?.CopyRow(i, row[1..]);
    }

    /// <summary>(V + τ²I)⁻¹ x.</summary>
    internal double[] InverseTimes(ReadOnlySpan<double> x)
    {
        var rotated = Data.IsCorrelated ? Data.Eigen!.Rotate(x) : x.ToArray();
        LaneSum.Multiply(Pass.Weights, rotated, rotated);
        return Data.IsCorrelated ? Data.Eigen!.RotateBack(rotated) : rotated;
    }
}
