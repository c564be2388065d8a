using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>Solves the score equations of one link on one sample, and puts what was found into a <see cref="PropensityFit"/>.</summary>
internal static class LinearIndexFit
{
    /// <summary>Fits from a start in the design's coordinates.</summary>
    /// <param name="x">Covariates.</param>
    /// <param name="pass">The pass over <paramref name="x"/>.</param>
    /// <param name="link">The pass's link.</param>
    /// <param name="treated">The arms.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="fallback">Where to begin again when that fails, or null.</param>
    /// <param name="threads">Most threads.</param>
    /// <param name="cancellationToken">Stops the work between passes.</param>
    public static Estimable<PropensityFit> Solve(
        DesignMatrix x, ScorePass pass, BinaryLink link, ReadOnlySpan<bool> treated, double[] start, double[]? fallback, int threads,
        CancellationToken cancellationToken)
    {
        var root = new ScoreRoot(pass);
        var index = new double[x.Rows];
        var residual = new double[x.Rows];
        var ending = root.Find(start, treated, index, residual, cancellationToken);
        // A start may lie where nothing is learned; the plain start decides then.
        if (ending != ScoreRoot.Ending.Found && fallback is not null && fallback != start)
        {
            ending = root.Find(fallback, treated, index, residual, cancellationToken);
        }

        if (ending != ScoreRoot.Ending.Found) return link.Refusal(x, root, ending);
        return Estimable.Of(Describe(x, root, link, treated, index, residual, threads));
    }

    private static PropensityFit Describe(
        DesignMatrix x, ScoreRoot root, BinaryLink link, ReadOnlySpan<bool> treated, double[] index, double[] residual, int threads)
    {
        var (design, beta) = (root.Pass.Design, root.Beta);
        var logOdds = LogOdds(link, index, threads);
        var scores = new double[index.Length];
        RowBlocks.Run(
            scores.Length, threads, (start, count) => LogitLink.Probabilities(logOdds.AsSpan(start, count), scores.AsSpan(start, count)));
        var equations = new ScoreEquations(design, beta, root.Information!, residual, link.Slopes(index));
        var covariance = OwnUnits.Covariance(design, link.IsLikelihood ? root.Information!.Inverse() : equations.Sandwich());
        var deviance = link.IsLikelihood ? root.Pass.Deviance : LogitLink.Deviance(logOdds, treated, root.Pass.CaseWeights);
        return new PropensityFit(x.Names, scores, logOdds, rows => LogOdds(link, design.Of(rows).Times(beta, threads), threads))
        {
            Coefficients = OwnUnits.Named(x, design, beta, covariance),
            Covariance = covariance,
            Deviance = deviance,
            NullDeviance = ArmTotals.Of(treated, root.Pass.CaseWeights).NullDeviance,
            Aic = link.IsLikelihood ? deviance + (2.0 * design.Size) : null,
            Iterations = root.Steps,
            DroppedColumns = design.Dropped,
            Equations = equations
        };
    }

    private static double[] LogOdds(BinaryLink link, double[] index, int threads)
    {
        if (link.IndexIsLogOdds) return index;
        var logOdds = new double[index.Length];
        RowBlocks.Run(index.Length, threads, (start, count) => link.ToLogOdds(index.AsSpan(start, count), logOdds.AsSpan(start, count)));
        return logOdds;
    }
}
