namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>How far an outcome is from its mean, as each family counts it.</summary>
internal static class GlmDeviance
{
    /// <summary>Twice the log likelihood lost against a mean equal to the outcome; for gamma with y = 0, up to a constant.</summary>
    public static double Row(OutcomeFamily family, double y, double mean) => family switch
    {
        OutcomeFamily.Linear => (y - mean) * (y - mean),
        OutcomeFamily.Logistic => 2 * (TimesLog(y, mean) + TimesLog(1 - y, 1 - mean)),
        OutcomeFamily.Poisson => 2 * (TimesLog(y, mean) - (y - mean)),
        _ => 2 * ((y == 0 ? Math.Log(mean) : -Math.Log(y / mean)) + ((y - mean) / mean))
    };

    /// <summary>(y − μ)²/V(μ).</summary>
    public static double Pearson(OutcomeFamily family, double y, double mean) => (y - mean) * (y - mean) / family switch
    {
        OutcomeFamily.Linear => 1,
        OutcomeFamily.Logistic => mean * (1 - mean),
        OutcomeFamily.Poisson => mean,
        _ => mean * mean
    };

    private static double TimesLog(double y, double mean) => y == 0 ? 0 : y * Math.Log(y / mean);
}
