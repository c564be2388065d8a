using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Odds of treatment e/(1 − e) = exp(z'γ) per row of a comparison: by maximum likelihood, or calibrated (Sant'Anna and Zhao 2020, eq. 3.2).
/// </summary>
internal sealed class TreatmentOdds
{
    // As the did package: a score this high leaves no comparison rows of that kind.
    private const double HighestScore = 0.999;

    private TreatmentOdds(double[] odds, double[] scores, Cholesky information, double[] coefficients)
    {
        (Odds, Scores, Information, Coefficients) = (odds, scores, information, coefficients);
    }

    public double[] Odds { get; }

    /// <summary>Per row: weight × (D − e), the factor of the row in the score.</summary>
    public double[] Scores { get; }

    public Cholesky Information { get; }

    private double[] Coefficients { get; }

    public static Estimable<TreatmentOdds> Logistic(ContrastDesign design)
    {
        var arms = ArmTotals.Of(design.Treated, design.Weights);
        if (PropensityGuards.Refusal(design.Source, design.Treated, design.Weights, arms) is { } refusal)
        {
            return Estimable.Not<TreatmentOdds>(refusal.Reason, refusal.Detail);
        }

        var treated = design.Treated.Count(true);
        if (Math.Min(treated, design.Rows - treated) < design.Size)
        {
            return Estimable.Not<TreatmentOdds>(
                NotEstimableReason.TooFewObservations,
                $"{treated} treated and {design.Rows - treated} comparison rows cannot tell {design.Size} coefficients of the propensity model.");
        }

        var start = new double[design.Size];
        start[0] = Math.Log(arms.Treated / arms.Comparison);
        return Solve(design, LogitLink.Instance, start).Then(fit =>
        {
            var high = fit.Odds.Count(odds => odds / (1 + odds) >= HighestScore);
            return high == 0 ? Estimable.Of(fit) : Estimable.Not<TreatmentOdds>(
                NotEstimableReason.NoOverlap, $"{high} of {design.Rows} rows have a propensity score of {HighestScore} or more.");
        });
    }

    /// <summary>
    /// Odds by which comparison rows have the covariate totals of the treated (inverse probability tilting: Graham, Pinto and Egel 2012,
    /// Review of Economic Studies 79(3), p. 1053–1079), started from the likelihood's.
    /// </summary>
    public static Estimable<TreatmentOdds> Calibrated(ContrastDesign design) =>
        Logistic(design).Then(logistic => Solve(design, new BalancingLink(Estimand.Treated), logistic.Coefficients));

    private static Estimable<TreatmentOdds> Solve(ContrastDesign design, BinaryLink link, double[] start)
    {
        var (index, scores) = (new double[design.Rows], new double[design.Rows]);
        var root = new ScoreRoot(new ScorePass(design.Standardised, link, design.Treated, design.Weights, 1));
        var ending = root.Find(start, design.Treated, index, scores, CancellationToken.None);
        if (ending != ScoreRoot.Ending.Found)
        {
            var none = (NotEstimable<PropensityFit>)link.Refusal(design.Source, root, ending);
            return Estimable.Not<TreatmentOdds>(none.Reason, none.Detail);
        }

        for (var i = 0; i < index.Length; i++) index[i] = Math.Exp(index[i]);
        return Estimable.Of(new TreatmentOdds(index, scores, root.Information!, root.Beta));
    }
}
