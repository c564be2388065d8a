using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using NotEstimable = SiOutcomeLab.Domain.Effects.NotEstimable;
using NotEstimableReason = SiOutcomeLab.Domain.Effects.NotEstimableReason;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>The effect on every measure and year, and what participants would have had without it.</summary>
/// <param name="Effects">Effects per participant.</param>
/// <param name="Winsorised">The same when each measure and year is cut at its 99th percentile.</param>
/// <param name="Counterfactual">Weighted means of the comparison rows.</param>
/// <param name="HoldsFor">The group they hold for.</param>
/// <param name="Used">Participants with weight.</param>
/// <param name="PersonsCut">Persons of whom something was cut.</param>
internal sealed record JointEffects(
    QuantitySet Effects, QuantitySet Winsorised, RowMeans Counterfactual, EstimateGroup HoldsFor, int Used, int PersonsCut)
{
    private const double Cut = 0.99;

    /// <summary>Estimates them as the plan's headline is: the same propensity, weights and gate, on the same persons for every measure.</summary>
    public static (JointEffects? Effects, NotEstimable? Why) Of(
        EvaluationPlan plan, CostedRows rows, IPropensityModel model, CancellationToken cancellationToken)
    {
        var cohort = rows.Cohort;
        if (OutcomeAnalysis.TooFew(plan, cohort) is { } tooFew) return (null, tooFew);
        var analysis = new OutcomeAnalysis(plan, cohort, model, cancellationToken);
        if (WhyNot(analysis.Judge(plan.Estimator), EstimateRole.Headline, out var headline) is { } unfit) return (null, unfit);
        // Weighted means of comparison rows, with the error of the weights: what the same weights give without an outcome model.
        if (WhyNot(analysis.Judge(Weighted(plan)), EstimateRole.Sensitivity, out var weighted) is { } unweighted) return (null, unweighted);

        var values = rows.PerYear(headline!.Value.Diagnostics.Verdict);
        var (level, comparison) = (plan.ConfidenceLevel, headline.Value.Comparison);
        var found = new List<EffectResult?[]>();
        var cut = CutDown(values, comparison.Weights.Span);
        foreach (var (by, outcomes) in new[] { (comparison, values), (comparison, cut), (weighted!.Value.Comparison, values) })
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (All(by, outcomes, level, out var results) is { } why) return (null, why);
            found.Add(results);
        }

        var weights = comparison.Weights.ToArray();
        Contributors[] behind =
        [
            .. values.Select(v => Contributors.BehindAll([Behind(rows, v, weights, true), Behind(rows, v, weights, false)])),
        ];
        return (
            new JointEffects(
                Set(rows, found[0], behind),
                Set(rows, found[1], behind),
                CounterfactualOf(rows, values, found[2], weighted.Value.Comparison.Weights.ToArray()),
                comparison.HoldsFor,
                Enumerable.Range(0, cohort.Rows).Count(i => cohort.Treated[i] && weights[i] > 0),
                Enumerable.Range(0, cohort.Rows).Where(i => weights[i] > 0 && values.Where((v, k) => cut[k][i] < v[i]).Any())
                    .Select(i => rows.Person[i]).Distinct().Count()),
            null);
    }

    /// <summary>The weights behind an estimator, alone.</summary>
    private static EstimatorKind Weighted(EvaluationPlan plan) => plan.Estimator switch
    {
        EstimatorKind.AugmentedInversePropensity or EstimatorKind.GComputation => plan.Balancing switch
        {
            BalancingMethod.EntropyBalancing => EstimatorKind.EntropyBalancing,
            var b when plan.Estimator == EstimatorKind.GComputation && MatchedComparison.Makes(b) => EstimatorKind.Matched,
            _ => EstimatorKind.InversePropensity,
        },
        _ => plan.Estimator,
    };

    private static NotEstimable? WhyNot(
        Estimable<(Comparison Comparison, Diagnostics Diagnostics)> judged,
        EstimateRole role,
        out (Comparison Comparison, Diagnostics Diagnostics)? passed)
    {
        (Comparison Comparison, Diagnostics Diagnostics)? some = null;
        var why = judged.Match<NotEstimable?>(
            x =>
            {
                if (BlindDiagnostics.Stops(x.Diagnostics.Verdict, x.Comparison, role))
                {
                    return new NotEstimable(NotEstimableReason.BalanceGateFailed, string.Join(", ", x.Diagnostics.Failing));
                }

                some = x;
                return null;
            },
            (reason, _) => Reasons.Of(reason));
        passed = some;
        return why;
    }

    // Null for a quantity that is the same for everybody: there is no effect on it, and no doubt about that.
    private static NotEstimable? All(Comparison comparison, double[][] outcomes, double level, out EffectResult?[] results)
    {
        results = new EffectResult?[outcomes.Length];
        for (var k = 0; k < outcomes.Length; k++)
        {
            var outcome = outcomes[k];
            if (Array.TrueForAll(outcome, y => y == outcome[0])) continue;
            var answer = comparison.Estimate(outcome, level);
            if (answer is NotEstimable<EffectResult> none) return Reasons.Of(none.Reason);
            results[k] = ((Estimated<EffectResult>)answer).Value;
        }

        return null;
    }

    private static QuantitySet Set(CostedRows rows, EffectResult?[] results, Contributors[] behind)
    {
        var cluster = ClusterOf(rows, results);
        return JointQuantities.Of(
            rows.What,
            [.. results.Select(r => r?.Estimate ?? 0)],
            [.. results.Select(r => r is null ? new double[rows.Cohort.Rows] : Scaled(r, cluster))],
            cluster,
            behind);
    }

    // What a participant had minus the effect, row by row; for weights alone this is the weighted mean of the comparison rows.
    private static RowMeans CounterfactualOf(CostedRows rows, double[][] values, EffectResult?[] results, double[] weights)
    {
        var (cohort, cluster) = (rows.Cohort, ClusterOf(rows, results));
        var treated = 0.0;
        for (var i = 0; i < cohort.Rows; i++) treated += cohort.Treated[i] ? weights[i] : 0;
        var influence = new double[values.Length][];
        for (var k = 0; k < values.Length; k++)
        {
            influence[k] = new double[cohort.Rows];
            if (results[k] is not { } result) continue;
            var scaled = Scaled(result, cluster);
            for (var i = 0; i < cohort.Rows; i++)
            {
                influence[k][i] = (cohort.Treated[i] ? weights[i] * (values[k][i] - result.MeanTreated) / treated : 0) - scaled[i];
            }
        }

        return new RowMeans(
            rows.What,
            [.. values.Select((v, k) => results[k]?.MeanCounterfactual ?? v[0])],
            influence,
            values,
            [.. weights.Select((w, i) => cohort.Treated[i] ? 0 : w)],
            cluster,
            rows.Person,
            rows.Municipality);
    }

    // Influence that makes the estimate's own standard error, also where that has a small-sample factor of its own.
    private static double[] Scaled(EffectResult result, int[] cluster)
    {
        var influence = result.InfluenceValues.ToArray();
        var error = JointQuantities.ErrorOf(influence, JointQuantities.Numbered(cluster));
        return error > 0 ? Array.ConvertAll(influence, v => v * result.StandardError / error) : influence;
    }

    private static int[] ClusterOf(CostedRows rows, EffectResult?[] results) =>
        results.FirstOrDefault(r => r is { Clusters.Length: > 0 })?.Clusters.ToArray() ?? rows.Cohort.Cluster;

    private static Contributors Behind(CostedRows rows, double[] values, double[] weights, bool treated) => JointQuantities.Behind(
        values, [.. weights.Select((w, i) => rows.Cohort.Treated[i] == treated ? w : 0)], rows.Person, rows.Municipality);

    private static double[][] CutDown(double[][] values, ReadOnlySpan<double> weights)
    {
        var used = new List<int>();
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0) used.Add(i);
        }

        return
        [
            .. values.Select(v =>
            {
                double[] sorted = [.. used.Select(i => v[i]).Order()];
                var limit = sorted[(int)Math.Ceiling(Cut * sorted.Length) - 1];
                return Array.ConvertAll(v, y => Math.Min(y, limit));
            }),
        ];
    }
}
