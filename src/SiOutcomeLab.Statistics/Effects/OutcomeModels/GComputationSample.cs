using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>
/// The rows with weight or in the group asked about, copied together only when there are others: a column that varies among all rows but
/// not among the used ones is then seen as constant.
/// </summary>
internal sealed class GComputationSample
{
    private readonly int[]? _rows;

    private GComputationSample(int[]? rows) => _rows = rows;

    /// <summary>All rows as they were given, for counts and for influence values.</summary>
    public required double[] AllOutcomes { get; init; }

    public required bool[] AllTreated { get; init; }

    public required double[] AllWeights { get; init; }

    public required int[] AllClusters { get; init; }

    public required double[] Outcome { get; init; }

    public required bool[] Treated { get; init; }

    public required DesignMatrix Covariates { get; init; }

    public required double[] Weights { get; init; }

    public required double[]? Offset { get; init; }

    /// <summary>How much each row counts in the group, times its exposure.</summary>
    public required double[] Group { get; init; }

    /// <summary>True when a row counts in the group as much as it weighs.</summary>
    public required bool GroupIsWeights { get; init; }

    public static GComputationSample Of(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        DesignMatrix covariates,
        BalancingWeights weights,
        ReadOnlySpan<int> clusters,
        ReadOnlySpan<double> exposure,
        ReadOnlySpan<double> group)
    {
        var w = weights.Weights.Span;
        var asked = group.IsEmpty ? Aim(weights, treated) : group.ToArray();
        for (var i = 0; i < exposure.Length; i++) asked[i] *= exposure[i];
        List<int> kept = [];
        for (var i = 0; i < w.Length; i++)
        {
            if (w[i] != 0 || asked[i] != 0) kept.Add(i);
        }

        int[]? rows = kept.Count == w.Length ? null : [.. kept];
        var offset = exposure.IsEmpty ? null : Picked(exposure, rows);
        for (var i = 0; i < offset?.Length; i++) offset[i] = Math.Log(offset[i]);
        return new GComputationSample(rows)
        {
            AllOutcomes = outcome.ToArray(),
            AllTreated = treated.ToArray(),
            AllWeights = w.ToArray(),
            AllClusters = clusters.ToArray(),
            Outcome = Picked(outcome, rows),
            Treated = Picked(treated, rows),
            Covariates = rows is null ? covariates : covariates.SelectRows(rows),
            Weights = Picked(w, rows),
            Offset = offset,
            Group = Picked<double>(asked, rows),
            GroupIsWeights = group.IsEmpty && weights.Aim != Estimand.Everyone && !(weights.BeforeLoss is not null && IsRows(weights))
        };
    }

    /// <summary>Values of the sample's rows in the place of all rows, 0 elsewhere.</summary>
    public double[] Spread(double[] values)
    {
        if (_rows is null) return values;

        var all = new double[AllWeights.Length];
        for (var i = 0; i < _rows.Length; i++) all[_rows[i]] = values[i];
        return all;
    }

    public Estimable<ArmMeans> Means(GComputationOptions options, CancellationToken cancellationToken) =>
        options.Form == RegressionForm.Interacted ? Interacted(options, cancellationToken) : Additive(options, cancellationToken);

    private Estimable<ArmMeans> Interacted(GComputationOptions options, CancellationToken cancellationToken)
    {
        var design = StandardisedDesign.From(Covariates, options.Threads);
        return Fit(design, true).Then(treated => Fit(design, false).Map(comparison => new ArmMeans
        {
            TreatedFit = treated,
            ComparisonFit = comparison,
            Treated = StandardisedMean.Of(treated, Group, null, Offset, 0),
            Comparison = StandardisedMean.Of(comparison, Group, null, Offset, 0),
            Dropped = design.Dropped
        }));

        Estimable<GlmFit> Fit(StandardisedDesign columns, bool arm)
        {
            var learning = ArmRegression.Rows(Treated, arm);
            LaneSum.Multiply(learning, Weights, learning);
            var fit = GlmFitter.Fit(
                columns, Covariates.Names, options.Family, Outcome, learning, Offset, options.Threads, cancellationToken);
            return fit is NotEstimable<GlmFit> none
                ? Estimable.Not<GlmFit>(none.Reason, $"Among {ArmRegression.Words(arm)} rows: {none.Detail}")
                : fit;
        }
    }

    private Estimable<ArmMeans> Additive(GComputationOptions options, CancellationToken cancellationToken)
    {
        var withArm = Covariates.WithFirst("arm", ArmRegression.Rows(Treated, true));
        var design = StandardisedDesign.From(withArm, options.Threads);
        if (design.Dropped.Length > 0 && StandardisedDesign.From(Covariates, options.Threads).Size == design.Size)
        {
            return Estimable.Not<ArmMeans>(NotEstimableReason.Collinear, "The arm is a linear combination of the covariates.");
        }

        return GlmFitter.Fit(design, withArm.Names, options.Family, Outcome, Weights, Offset, options.Threads, cancellationToken).Map(fit =>
        {
            var perArm = fit.Beta[1] / design.Scale[0];
            var (up, down) = (new double[Treated.Length], new double[Treated.Length]);
            for (var i = 0; i < up.Length; i++) (up[i], down[i]) = Treated[i] ? (0.0, -perArm) : (perArm, 0.0);
            return new ArmMeans
            {
                TreatedFit = fit,
                ComparisonFit = fit,
                Treated = StandardisedMean.Of(fit, Group, up, Offset, (1 - design.Centre[0]) / design.Scale[0]),
                Comparison = StandardisedMean.Of(fit, Group, down, Offset, -design.Centre[0] / design.Scale[0]),
                Dropped = design.Dropped
            };
        });
    }

    private static bool IsRows(BalancingWeights weights) =>
        weights.Aim is Estimand.Treated or Estimand.MatchedTreated or Estimand.Untreated or Estimand.Everyone;

    // Who was lost belongs to a group of rows as before; a weighted population is known by those who stand for it.
    private static double[] Aim(BalancingWeights weights, ReadOnlySpan<bool> treated)
    {
        var group = (IsRows(weights) ? weights.BeforeLoss ?? weights : weights).Weights.ToArray();
        for (var i = 0; i < group.Length; i++)
        {
            group[i] = weights.Aim switch
            {
                Estimand.Treated or Estimand.MatchedTreated => treated[i] ? group[i] : 0,
                Estimand.Untreated => treated[i] ? 0 : group[i],
                Estimand.Everyone => group[i] > 0 ? 1 : 0,
                _ => group[i]
            };
        }

        return group;
    }

    private static T[] Picked<T>(ReadOnlySpan<T> values, int[]? rows)
    {
        if (rows is null) return values.ToArray();

        var picked = new T[rows.Length];
        for (var i = 0; i < picked.Length; i++) picked[i] = values[rows[i]];
        return picked;
    }
}
