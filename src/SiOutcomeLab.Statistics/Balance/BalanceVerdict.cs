namespace SiOutcomeLab.Statistics.Balance;

/// <summary>The gate's judgement of one covariate.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Smd">Standardised difference after adjustment, in standard deviations.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="PValue">One-sided p-value of |SMD| ≤ target, before Bonferroni.</param>
/// <param name="Grade">Pass, amber or fail.</param>
public sealed record CovariateVerdict(string Name, double Smd, double StandardError, double PValue, BalanceGrade Grade);

/// <summary>The gate's judgement.</summary>
/// <param name="Grade">The worst covariate's grade.</param>
/// <param name="Covariates">One entry per covariate, in column order.</param>
public sealed record BalanceVerdict(BalanceGrade Grade, IReadOnlyList<CovariateVerdict> Covariates)
{
    /// <summary>Amber covariates: they must be in the outcome model.</summary>
    public IReadOnlyList<string> MustAdjustFor { get; } = NamesOf(Covariates, BalanceGrade.Amber);

    /// <summary>Failed covariates.</summary>
    public IReadOnlyList<string> Failed { get; } = NamesOf(Covariates, BalanceGrade.Fail);

    private static string[] NamesOf(IReadOnlyList<CovariateVerdict> covariates, BalanceGrade grade) =>
        [.. covariates.Where(covariate => covariate.Grade == grade).Select(covariate => covariate.Name)];
}
