using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// What each penalty of a path is worth out of fold. Held-out rows have case weight 0 in the fold's own path, which standardises its
/// columns anew on the rows that it learns from.
/// </summary>
internal sealed class PenaltyCrossValidation(
    DesignMatrix x, bool[] treated, double[] caseWeights, int[] foldOf, int folds, int threads)
{
    // As glmnet: a deviance must not hang on one score near 0 or 1.
    private const double ScoreFloor = 1e-5;

    /// <summary>Makes a path.</summary>
    /// <param name="training">Case weights, 0 for held-out rows.</param>
    /// <param name="penalties">The penalties.</param>
    public delegate Estimable<PenaltyPath> Fit(double[] training, IReadOnlyList<double> penalties);

    /// <summary>Mean deviances with standard errors: means over folds weighted by fold size, as glmnet.</summary>
    public Estimable<CrossValidatedPath> Judge(PenaltyPath path, Fit fit, CancellationToken cancellationToken)
    {
        double[] penalties = [.. path.Points.Select(point => point.Penalty)];
        var answers = new Estimable<double[]>[folds];
        Parallel.For(
            0,
            folds,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
            fold => answers[fold] = OutOfFold(penalties, fold, fit));
        if (answers.OfType<NotEstimable<double[]>>().FirstOrDefault() is { } refusal)
        {
            return Estimable.Not<CrossValidatedPath>(refusal.Reason, $"With a fold left out: {refusal.Detail}");
        }

        var sizes = new double[folds];
        for (var i = 0; i < foldOf.Length; i++) sizes[foldOf[i]] += Weight(i);
        var total = sizes.Sum();
        double[][] deviances = [.. answers.Select(answer => ((Estimated<double[]>)answer).Value)];
        var (means, errors) = (new double[penalties.Length], new double[penalties.Length]);
        for (var k = 0; k < penalties.Length; k++)
        {
            for (var fold = 0; fold < folds; fold++) means[k] += sizes[fold] * deviances[fold][k] / total;
            for (var fold = 0; fold < folds; fold++) errors[k] += sizes[fold] * Math.Pow(deviances[fold][k] - means[k], 2) / total;
            errors[k] = Math.Sqrt(errors[k] / (folds - 1));
        }

        return Estimable.Of(new CrossValidatedPath(path, means, errors, foldOf));
    }

    private double Weight(int row) => caseWeights.Length > 0 ? caseWeights[row] : 1;

    // Mean deviance of a fold's rows per penalty.
    private Estimable<double[]> OutOfFold(double[] penalties, int fold, Fit fit)
    {
        int[] rows = [.. Enumerable.Range(0, foldOf.Length).Where(i => foldOf[i] == fold)];
        double[] training = [.. foldOf.Select((f, i) => f == fold ? 0 : Weight(i))];
        return fit(training, penalties).Map(path =>
        {
            var held = x.SelectRows(rows);
            var deviances = new double[penalties.Length];
            for (var k = 0; k < deviances.Length; k++)
            {
                var scores = path.Predict(held, k);
                CompensatedSum sum = default, total = default;
                for (var i = 0; i < scores.Length; i++)
                {
                    var e = Math.Clamp(scores[i], ScoreFloor, 1 - ScoreFloor);
                    sum.Add(-2 * Weight(rows[i]) * Math.Log(treated[rows[i]] ? e : 1 - e));
                    total.Add(Weight(rows[i]));
                }

                deviances[k] = total.Value > 0 ? sum.Value / total.Value : 0;
            }

            return deviances;
        });
    }
}
