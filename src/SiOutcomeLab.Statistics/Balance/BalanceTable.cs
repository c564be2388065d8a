using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Balance;

/// <summary>
/// Estimand: none; it describes how alike the arms are in each covariate, without looking at an outcome.
/// Formula: SMD = (mean₁ − mean₀)/s with s from the unadjusted sample under both sets of weights; weighted variance
/// Σ w (x − m)² / (1 − Σ w²) with w adding up to 1 (n − 1 for equal weights), p(1 − p) for binary covariates; variance ratio s₁²/s₀²;
/// KS = max |F₁ − F₀| of the weighted distribution functions, read after all tied values.
/// When the chosen denominator is 0 the pooled one takes its place.
/// Arguments: see <see cref="Compute"/>. Result: one entry per column, in column order.
/// Not estimable when: an arm is empty, before or after adjustment.
/// Ties, order, seed: ties count together; no randomness; columns are computed apart, so threads change nothing.
/// Source: Stuart (2010), Statistical Science 25(1), §4.1; Austin and Stuart (2015), Statistics in Medicine 34(28),
/// p. 3661–3679 (weighted KS).
/// Checked against: MatchIt 4.7.2's summary and cobalt 4.5.4's bal.tab on lalonde (1e-9).
/// </summary>
public sealed class BalanceTable
{
    private BalanceTable(IReadOnlyList<CovariateBalance> covariates) => Covariates = covariates;

    /// <summary>One entry per covariate, in column order.</summary>
    public IReadOnlyList<CovariateBalance> Covariates { get; }

    /// <summary>Denominator of the standardised differences.</summary>
    public required SmdDenominator Denominator { get; init; }

    /// <summary>Kish's effective number of treated rows after adjustment.</summary>
    public required double EffectiveTreated { get; init; }

    /// <summary>Kish's effective number of comparison rows after adjustment.</summary>
    public required double EffectiveComparison { get; init; }

    /// <summary>Largest absolute standardised difference after adjustment; 0 without covariates.</summary>
    public double LargestSmdAfter => Covariates.Count == 0 ? 0 : Covariates.Max(covariate => Math.Abs(covariate.After.Smd));

    /// <summary>Largest absolute standardised difference before adjustment; 0 without covariates.</summary>
    public double LargestSmdBefore => Covariates.Count == 0 ? 0 : Covariates.Max(covariate => Math.Abs(covariate.Before.Smd));

    /// <summary>Compares the arms.</summary>
    /// <param name="x">Covariates, one row per person; may hold more than the propensity model's.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="weights">Weights after adjustment, at least 0, any scale within an arm.</param>
    /// <param name="denominator">What to divide mean differences by.</param>
    /// <returns>The table, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a weight is NaN or infinite.</exception>
    public static Estimable<BalanceTable> Compute(
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<double> weights,
        SmdDenominator denominator = SmdDenominator.Treated)
    {
        ArgumentNullException.ThrowIfNull(x);
        RowGuards.SameLength(x.Rows, treated.Length, nameof(treated));
        RowGuards.SameLength(x.Rows, weights.Length, nameof(weights));
        RowGuards.Finite(weights, nameof(weights));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<BalanceTable>(empty.Reason, empty.Detail);

        var effectiveTreated = EffectiveSampleSize.Of(weights, treated, true);
        var effectiveComparison = EffectiveSampleSize.Of(weights, treated, false);
        if (effectiveTreated == 0) return Estimable.Not<BalanceTable>(NotEstimableReason.NoTreated, "No treated row has weight.");
        if (effectiveComparison == 0) return Estimable.Not<BalanceTable>(NotEstimableReason.NoComparison, "No comparison row has weight.");

        var arms = treated.ToArray();
        var after = weights.ToArray();
        var before = new double[after.Length];
        Array.Fill(before, 1.0);
        var covariates = new CovariateBalance[x.Columns];
        Parallel.For(0, x.Columns, j => covariates[j] = Describe(x, j, x.Column(j).ToArray(), arms, before, after, denominator));
        return Estimable.Of(new BalanceTable(covariates)
        {
            Denominator = denominator,
            EffectiveTreated = effectiveTreated,
            EffectiveComparison = effectiveComparison
        });
    }

    private static CovariateBalance Describe(
        DesignMatrix x, int column, double[] values, bool[] treated, double[] before, double[] after, SmdDenominator denominator)
    {
        var kind = x.Kinds[column];
        var unadjusted = ArmMoments.Of(values, treated, before, kind);
        var adjusted = ArmMoments.Of(values, treated, after, kind);
        var order = KolmogorovSmirnov.Order(values);
        var deviation = unadjusted.Deviation(denominator);
        return new CovariateBalance
        {
            Name = x.Names[column],
            Kind = kind,
            Before = unadjusted.Compare(deviation, KolmogorovSmirnov.Distance(values, order, treated, before)),
            After = adjusted.Compare(deviation, KolmogorovSmirnov.Distance(values, order, treated, after))
        };
    }
}
