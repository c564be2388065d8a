using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// Estimand: how the odds of an event depend on covariates within groups, how much groups differ, and each group's deviation.
/// Formula: log odds = x'b + σuⱼ, u ~ N(0, 1), by maximum marginal likelihood; u is integrated out by adaptive Gauss–Hermite quadrature,
/// with one point Laplace's approximation.
/// Arguments: see <see cref="Fit"/>.
/// Result: <see cref="MixedModelFit"/>; standard errors from the observed information of (b, σ); groups' deviations are conditional modes.
/// Not estimable when: nobody or everybody has the event; covariates separate events from others; a covariate is constant or a combination
/// of others; fewer than two groups; the maximum is not found.
/// Ties, order, seed: no randomness; groups are summed in the order of their codes, identical bytes with any number of threads.
/// Source: Pinheiro and Bates (1995), Journal of Computational and Graphical Statistics 4(1), p. 12–35; Pinheiro and Chao (2006), ibid.
/// 15(1), p. 58–81.
/// Checked against: lme4's glmer with 15 points and with Laplace (to the tolerance of its optimiser), and a fixed fine grid in the tests.
/// </summary>
public static class MixedLogistic
{
    /// <summary>Fits.</summary>
    /// <param name="x">Covariates of persons.</param>
    /// <param name="events">Who has the event; same length.</param>
    /// <param name="groups">Group code per person; same length.</param>
    /// <param name="options">Quadrature points, level and threads; null for 15 points at 95 %.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <returns>The fit, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static Estimable<MixedModelFit> Fit(
        DesignMatrix x,
        ReadOnlySpan<bool> events,
        ReadOnlySpan<int> groups,
        StratifiedOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        RowGuards.SameLength(x.Rows, events.Length, nameof(events));
        RowGuards.SameLength(x.Rows, groups.Length, nameof(groups));
        var chosen = options ?? new StratifiedOptions();
        chosen.Guard();
        var rows = new GroupedRows(groups);
        if (rows.Count < 2)
        {
            return Estimable.Not<MixedModelFit>(NotEstimableReason.TooFewObservations, $"{rows.Count} groups, needed are 2.");
        }

        if (events.IndexOf(true) < 0 || events.IndexOf(false) < 0)
        {
            return Estimable.Not<MixedModelFit>(NotEstimableReason.NoVariation, "Nobody or everybody has the event.");
        }

        // The model without groups refuses separated events, and its coefficients are where the search starts.
        var flags = events.ToArray();
        return new LogisticRegression(chosen.Threads).Fit(x, flags, cancellationToken).Then(_ =>
            StandardColumns.From(x, rows).Then(columns => Fit(x, columns, rows, flags, chosen, cancellationToken)));
    }

    private static Estimable<MixedModelFit> Fit(
        DesignMatrix x,
        StandardColumns columns,
        GroupedRows rows,
        bool[] events,
        StratifiedOptions options,
        CancellationToken cancellationToken)
    {
        var likelihood = new BernoulliLikelihood(columns, rows, events);
        var quadrature = new AdaptiveQuadrature(likelihood, options.QuadraturePoints, options.Threads);
        var start = new double[columns.Size + 1];
        var share = events.Count(e => e) / (double)events.Length;
        start[0] = Math.Log(share / (1 - share));
        start[^1] = options.RandomEffects ? 0.5 : 0;
        if (MixedMaximum.TryFind(quadrature, start, cancellationToken) is not { } found)
        {
            return Estimable.Not<MixedModelFit>(
                NotEstimableReason.DidNotConverge, $"The likelihood of {rows.Count} groups has no maximum that Newton's method finds.");
        }

        quadrature.Evaluate(found.Parameters, new double[start.Length]);
        var sigma = found.Parameters[^1];
        var variances = columns.BackVariances(found.Covariance, columns.Size + 1);
        return Estimable.Of(new MixedModelFit
        {
            Coefficients = MixedModelFit.Describe(x, columns.Back(found.Parameters), variances, options.Level),
            GroupDeviation = sigma,
            ResidualVariance = double.NaN,
            LogLikelihood = found.LogLikelihood,
            IntraclassCorrelation = sigma * sigma / ((sigma * sigma) + (Math.PI * Math.PI / 3)),
            Groups =
            [
                .. Enumerable.Range(0, rows.Count).Select(j => new GroupEffect(
                    rows.Codes[j], rows.Starts[j + 1] - rows.Starts[j], sigma * quadrature.Modes[j],
                    sigma / Math.Sqrt(quadrature.Curvatures[j])))
            ]
        });
    }
}
