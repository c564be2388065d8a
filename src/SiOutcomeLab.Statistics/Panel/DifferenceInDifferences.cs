using SiOutcomeLab.Statistics.Effects;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Estimand: the average effect on the treated after treatment, when without it their mean outcome, given covariates, would have changed
/// as that of comparison rows did (conditional parallel trends), and nobody reacted beforehand.
/// Formula: with Δ the change of a unit, m₀ the regression of Δ on covariates among comparison units, odds o = e/(1 − e) of a logistic
/// propensity score and r = Δ − m₀, doubly robust: Σ wDr/Σ wD − Σ w(1 − D)or/Σ w(1 − D)o; the other forms see <see cref="DifferenceMethod"/>.
/// Repeated cross-sections: the locally efficient form with four outcome regressions (eq. 3.4).
/// Arguments: see the methods; covariates from before treatment, without an intercept; no missing values.
/// Result: <see cref="EffectResult"/>; standard error √(Σφ²) of influence values that carry the estimation of all models, no
/// finite-sample factor (DRDID from 1.2.3 on; earlier versions give √(n/(n − 1)) times that).
/// Not estimable when: an arm is empty or all in one cluster; covariates separate the arms; a score reaches 0.999; fewer rows than
/// coefficients, or collinear columns, in a regression; the score does not converge. Comparison rows with a score from 0.995 on get no weight.
/// Ties, order, seed: none; one thread.
/// Source: Sant'Anna and Zhao (2020), Journal of Econometrics 219(1), p. 101–122; Abadie (2005), Review of Economic Studies 72(1), p. 1–19;
/// Heckman, Ichimura and Todd (1997), Review of Economic Studies 64(4), p. 605–654.
/// Checked against: DRDID 1.2.3 (1e-7), a numerical Jacobian of the stacked equations, and a simulation with known truth. In repeated
/// cross-sections DRDID gives the regression before treatment the wrong sign in the influence function; ours follows the derivative.
/// </summary>
public static class DifferenceInDifferences
{
    /// <summary>The same units before and after.</summary>
    /// <param name="before">Outcome before treatment, one finite number per unit.</param>
    /// <param name="after">Outcome after treatment, same order.</param>
    /// <param name="treated">True for units treated in between.</param>
    /// <param name="covariates">Covariates of the same units, or null for none.</param>
    /// <param name="method">How covariates are taken into account.</param>
    /// <param name="weights">Positive sampling weight per unit, or empty for equal ones.</param>
    /// <param name="clusters">Cluster per unit when units are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a number is not finite, or a weight is not positive.</exception>
    public static Estimable<EffectResult> Panel(
        ReadOnlySpan<double> before,
        ReadOnlySpan<double> after,
        ReadOnlySpan<bool> treated,
        DesignMatrix? covariates = null,
        DifferenceMethod method = DifferenceMethod.DoublyRobust,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        RowGuards.SameLength(before.Length, after.Length, nameof(after));
        RowGuards.Finite(before, nameof(before));
        RowGuards.Finite(after, nameof(after));
        var sample = Sample(before.Length, treated, covariates, weights, clusters, level);
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);

        var outcome = after.ToArray();
        var change = new double[before.Length];
        for (var i = 0; i < change.Length; i++) change[i] = outcome[i] - before[i];
        return PanelContrast.From(sample.Design, method).Then(contrast =>
        {
            var influence = new double[change.Length];
            var effect = contrast.Estimate(change, influence);
            var used = contrast.Weights();
            var means = WeightedMeans.Of(outcome, sample.Design.Treated, used);
            return Describe($"difference in differences, {Name(method)}", effect, means.Treated, influence, means, sample);
        });
    }

    /// <summary>Rows before and rows after that need not be the same units.</summary>
    /// <param name="outcome">One finite number per row.</param>
    /// <param name="after">True for rows after treatment.</param>
    /// <param name="treated">True for rows of the treated group, before and after.</param>
    /// <param name="covariates">Covariates of the same rows, or null for none.</param>
    /// <param name="method">How covariates are taken into account; not <see cref="DifferenceMethod.HorvitzThompson"/>.</param>
    /// <param name="weights">Positive sampling weight per row, or empty for equal ones.</param>
    /// <param name="clusters">Cluster per row when rows are not independent (the unit, when some come twice), or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">As <see cref="Panel"/>, or the method is for panels only.</exception>
    public static Estimable<EffectResult> RepeatedCrossSections(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> after,
        ReadOnlySpan<bool> treated,
        DesignMatrix? covariates = null,
        DifferenceMethod method = DifferenceMethod.DoublyRobust,
        ReadOnlySpan<double> weights = default,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        RowGuards.SameLength(outcome.Length, after.Length, nameof(after));
        RowGuards.Finite(outcome, nameof(outcome));
        RequireForCrossSections(method);
        var sample = Sample(outcome.Length, treated, covariates, weights, clusters, level);
        var (y, late) = (outcome.ToArray(), after.ToArray());
        return CrossSectionContrast.Estimate(sample.Design, late, y, method).Then(found =>
        {
            double[] lateWeights = [.. sample.Design.Weights.Select((w, i) => late[i] ? w : 0)];
            var mean = WeightedMeans.Of(y, sample.Design.Treated, lateWeights).Treated;
            var means = WeightedMeans.Of(y, sample.Design.Treated, sample.Design.Weights);
            var name = $"difference in differences of cross-sections, {Name(method)}";
            return Describe(name, found.Effect, mean, found.Influence, means, sample);
        });
    }

    internal static void RequireForCrossSections(DifferenceMethod method)
    {
        if (method == DifferenceMethod.HorvitzThompson)
        {
            throw new ArgumentException("The Horvitz–Thompson form is for panels only; choose InversePropensity.", nameof(method));
        }
    }

    internal static string Name(DifferenceMethod method) => method switch
    {
        DifferenceMethod.DoublyRobust => "doubly robust",
        DifferenceMethod.ImprovedDoublyRobust => "improved doubly robust",
        DifferenceMethod.OutcomeRegression => "outcome regression",
        DifferenceMethod.InversePropensity => "inverse propensity weights",
        DifferenceMethod.HorvitzThompson => "Horvitz–Thompson weights",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a method of difference in differences.")
    };

    private static TwoPeriodSample Sample(
        int rows, ReadOnlySpan<bool> treated, DesignMatrix? covariates, ReadOnlySpan<double> weights, ReadOnlySpan<int> clusters,
        double level)
    {
        RowGuards.SameLength(rows, treated.Length, nameof(treated));
        if (covariates is not null) RowGuards.SameLength(rows, covariates.Rows, nameof(covariates));
        if (!clusters.IsEmpty) RowGuards.SameLength(rows, clusters.Length, nameof(clusters));
        RowGuards.Level(level);
        var positive = PanelGuards.Weights(weights, rows);
        return new TwoPeriodSample(ContrastDesign.From(covariates, treated.ToArray(), positive), clusters.ToArray(), level);
    }

    private static Estimable<EffectResult> Describe(
        string method, double effect, double meanTreated, double[] influence, WeightedMeans means, TwoPeriodSample sample)
    {
        Uncertainty uncertainty = default;
        var one = EffectGuards.OneCluster(sample.Design.Treated, sample.Design.Weights, sample.Clusters);
        if ((one ?? EffectGuards.MEstimation(influence, sample.Design.Weights, sample.Clusters, out uncertainty)) is { } refusal)
        {
            return Estimable.Not<EffectResult>(refusal.Reason, refusal.Detail);
        }

        return Estimable.Of(means.Result(
            method, Estimand.Treated, effect, meanTreated, uncertainty, sample.Level, influence, sample.Clusters, []));
    }

    private sealed record TwoPeriodSample(ContrastDesign Design, int[] Clusters, double Level);
}
