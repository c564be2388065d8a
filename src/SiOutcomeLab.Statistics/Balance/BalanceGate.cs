using MathNet.Numerics.Distributions;

namespace SiOutcomeLab.Statistics.Balance;

/// <summary>
/// Estimand: none; it decides, blind to the outcome, whether the arms are alike enough to compare.
/// Formula: a covariate fails when |SMD| &gt; 0.25, or when |SMD| is significantly above 0.1: 1 − Φ((|SMD| − 0.1)/SE) &lt; α/m for m
/// covariates; it is amber between 0.1 and 0.25 when not significant; it passes otherwise. The SE is
/// <see cref="ArmComparison.SmdStandardError"/>; it treats weights as fixed and arms as independent, so it is on the large side for
/// matched samples and a fail by significance is a sure one; the hard limit guards small samples.
/// Arguments: a balance table and limits. Result: <see cref="BalanceVerdict"/>. Not estimable when: never.
/// Ties, order, seed: none.
/// Source: significance with Bonferroni: Hripcsak et al. (2025), as CohortMethod 6 documents its sdmAlpha; 0.25: Stuart (2010),
/// Statistical Science 25(1), §4.1.
/// Checked against: hand computation in the tests.
/// </summary>
public static class BalanceGate
{
    /// <summary>Judges a balance table.</summary>
    /// <param name="table">The table; its numbers after adjustment are judged.</param>
    /// <param name="limits">Limits, or null for the lab's standard.</param>
    /// <returns>The verdict.</returns>
    public static BalanceVerdict Judge(BalanceTable table, BalanceGateLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        limits ??= new BalanceGateLimits();
        limits.Guard();
        CovariateVerdict[] covariates = [.. table.Covariates.Select(covariate => Judge(covariate, limits, table.Covariates.Count))];
        return new BalanceVerdict(covariates.Length == 0 ? BalanceGrade.Pass : covariates.Max(covariate => covariate.Grade), covariates);
    }

    private static CovariateVerdict Judge(CovariateBalance covariate, BalanceGateLimits limits, int count)
    {
        var size = Math.Abs(covariate.After.Smd);
        var error = covariate.After.SmdStandardError;
        var excess = size - limits.Target;
        var p = error > 0 ? Normal.CDF(0, 1, -excess / error) : excess > 0 ? 0 : 1;
        var grade = size <= limits.Target ? BalanceGrade.Pass
            : !(size <= limits.HardLimit) || p < limits.Alpha / count ? BalanceGrade.Fail
            : BalanceGrade.Amber;
        return new CovariateVerdict(covariate.Name, covariate.After.Smd, error, p, grade);
    }
}
