using SiOutcomeLab.Statistics.Pooling.EffectSizes;

namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// Estimand: the common effect of small strata, or the mean of their true effects, as log odds ratio or log rate ratio.
/// Formula: the likelihood given each stratum's margins: noncentral hypergeometric for persons, binomial for events over time. Strata's
/// levels are conditioned away, so any number of small strata does no harm, and cells of 0 need no added half. With random effects
/// θⱼ ~ N(μ, τ²) is integrated out by adaptive Gauss–Hermite quadrature.
/// Arguments: see the methods.
/// Result: <see cref="StratifiedEffect"/>; normal intervals from the observed information.
/// Not estimable when: no stratum tells anything (no events, or only events); all strata are at one end of what their margins allow, so
/// that the ratio is 0 or infinite; the likelihood's maximum is not found.
/// Ties, order, seed: no randomness; strata are summed in order, identical bytes with any number of threads. When the likelihood is highest
/// at τ = 0, the common effect is returned with Tau = 0.
/// Source: Breslow and Day (1980), Statistical Methods in Cancer Research I, §4.2 (conditional likelihood); Stijnen, Hamza and Özdemir
/// (2010), Statistics in Medicine 29(29), p. 3046–3067 (with random effects).
/// Checked against: a brute-force sum over tables and a fixed fine grid over the random effect in the tests, Mantel and Haenszel's
/// estimate, and simulated coverage. The quadrature is that of <see cref="MixedLogistic"/>, held against lme4.
/// </summary>
public static class StratifiedModel
{
    /// <summary>The log odds ratio of 2 × 2 tables.</summary>
    /// <param name="tables">One table per stratum.</param>
    /// <param name="options">Random or common effect, level; null for random effects at 95 %.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>The effect, or why there is none.</returns>
    public static Estimable<StratifiedEffect> LogOddsRatio(
        IReadOnlyList<TwoByTwo> tables, StratifiedOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var telling = tables.Where(t => t.Events > 0 && t.Events < t.Persons).ToArray();
        var likelihood = new TableLikelihood(telling);
        bool least = true, most = true;
        for (var i = 0; i < telling.Length; i++)
        {
            var support = likelihood.Support(i);
            least &= telling[i].TreatedEvents == support.Least;
            most &= telling[i].TreatedEvents == support.Most;
        }

        // Mantel and Haenszel's ratio is near enough to start from.
        var start = MantelHaenszel(telling);
        return Fit(likelihood, (telling.Length, tables.Count - telling.Length, least || most, start), options, cancellationToken);
    }

    /// <summary>The log rate ratio of events over time at risk.</summary>
    /// <param name="strata">One pair of counts and times per stratum.</param>
    /// <param name="options">Random or common effect, level; null for random effects at 95 %.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>The effect, or why there is none.</returns>
    public static Estimable<StratifiedEffect> LogRateRatio(
        IReadOnlyList<RateTable> strata, StratifiedOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(strata);
        var telling = strata.Where(s => s.TreatedEvents + s.ComparisonEvents > 0).ToArray();
        var oneSided = telling.All(s => s.TreatedEvents == 0) || telling.All(s => s.ComparisonEvents == 0);
        double above = 0, below = 0;
        foreach (var s in telling)
        {
            above += s.TreatedEvents * s.ComparisonTime / (s.TreatedTime + s.ComparisonTime);
            below += s.ComparisonEvents * s.TreatedTime / (s.TreatedTime + s.ComparisonTime);
        }

        return Fit(
            new RateLikelihood(telling), (telling.Length, strata.Count - telling.Length, oneSided, Math.Log(above / below)), options,
            cancellationToken);
    }

    private static double MantelHaenszel(TwoByTwo[] tables)
    {
        double above = 0, below = 0;
        foreach (var t in tables)
        {
            above += (double)t.TreatedEvents * t.ComparisonOthers / t.Persons;
            below += (double)t.TreatedOthers * t.ComparisonEvents / t.Persons;
        }

        return Math.Log(above / below);
    }

    private static Estimable<StratifiedEffect> Fit(
        GroupLikelihood likelihood,
        (int Used, int Silent, bool OneSided, double Start) strata,
        StratifiedOptions? options,
        CancellationToken cancellationToken)
    {
        options ??= new StratifiedOptions();
        options.Guard();
        if (strata.Used == 0)
        {
            return Estimable.Not<StratifiedEffect>(
                NotEstimableReason.NoVariation, $"Nobody or everybody has the event in all of {strata.Silent} strata.");
        }

        if (strata.OneSided)
        {
            return Estimable.Not<StratifiedEffect>(
                NotEstimableReason.Separation, $"In all of {strata.Used} strata the events are as one-sided as they can be.");
        }

        var quadrature = new AdaptiveQuadrature(likelihood, options.QuadraturePoints, options.Threads);
        var start = double.IsFinite(strata.Start) ? strata.Start : 0;
        var common = MixedMaximum.TryFind(quadrature, [start, 0], cancellationToken);
        var found = options.RandomEffects ? MixedMaximum.TryFind(quadrature, [start, 0.5], cancellationToken) : common;
        if (common is null || found is null)
        {
            return Estimable.Not<StratifiedEffect>(
                NotEstimableReason.DidNotConverge, $"The likelihood of {strata.Used} strata has no maximum that Newton's method finds.");
        }

        return Estimable.Of(Describe(quadrature, found, common, strata, options));
    }

    private static StratifiedEffect Describe(
        AdaptiveQuadrature quadrature,
        MixedMaximum found,
        MixedMaximum common,
        (int Used, int Silent, bool OneSided, double Start) strata,
        StratifiedOptions options)
    {
        // The modes kept are those of the last evaluation.
        quadrature.Evaluate(found.Parameters, new double[2]);
        var (value, tau, error) = (found.Parameters[0], found.Parameters[1], Math.Sqrt(found.Covariance[0]));
        var half = error * Distributions.TwoSidedCritical(options.Level, double.PositiveInfinity);
        var ratio = Math.Max(0, 2 * (found.LogLikelihood - common.LogLikelihood));
        return new StratifiedEffect(
            new PooledCoefficient(
                "effect", value, error, value / error, Distributions.TwoSided(value / error, double.PositiveInfinity),
                value - half, value + half),
            tau,
            found.AtBound ? double.NaN : Math.Sqrt(found.Covariance[3]),
            found.LogLikelihood,
            found.AtBound ? 1 : Distributions.ChiSquareUpper(ratio, 1) / 2,
            strata.Used,
            strata.Silent,
            [.. quadrature.Modes.Zip(quadrature.Curvatures, (mode, curvature) => (value + (tau * mode), tau / Math.Sqrt(curvature)))]);
    }
}
