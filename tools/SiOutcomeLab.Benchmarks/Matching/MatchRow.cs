namespace SiOutcomeLab.Benchmarks.Matching;

/// <summary>What one size took; seconds.</summary>
/// <param name="Persons">Rows.</param>
/// <param name="Treated">Treated rows.</param>
/// <param name="Fit">Logistic regression on all threads.</param>
/// <param name="FitOneThread">Logistic regression on one thread.</param>
/// <param name="Match">1:1 matching on the score, without replacement.</param>
/// <param name="MatchCaliper">1:1 matching on the logit, caliper 0.2 standard deviations.</param>
/// <param name="Effect">Inverse-propensity effect on the treated with M-estimation error, fit given.</param>
/// <param name="Balance">Balance of all covariates before and after weighting: means, variances, Kolmogorov–Smirnov.</param>
/// <param name="Pairs">Pairs found without a caliper.</param>
/// <param name="RGlmSeconds">Median of R's glm; null when R is not installed.</param>
/// <param name="LargestDifference">Largest absolute difference of a coefficient from R's.</param>
internal sealed record MatchRow(
    int Persons,
    int Treated,
    Timing Fit,
    Timing FitOneThread,
    Timing Match,
    Timing MatchCaliper,
    Timing Effect,
    Timing Balance,
    int Pairs,
    double? RGlmSeconds,
    double? LargestDifference)
{
    /// <summary>R's glm over our fit and matching together; above 1 we are done with both before R has fitted.</summary>
    public double? RatioToBoth => RGlmSeconds / (Fit.Median + Match.Median);

    /// <summary>R's glm over our fit.</summary>
    public double? RatioToFit => RGlmSeconds / Fit.Median;

    /// <summary>R's glm over our fit on one thread, as R's own.</summary>
    public double? RatioToFitOneThread => RGlmSeconds / FitOneThread.Median;
}
