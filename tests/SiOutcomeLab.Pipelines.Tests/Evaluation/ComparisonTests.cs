using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

/// <summary>Every estimator on every balancing method that it goes with.</summary>
public sealed class ComparisonTests
{
    private static readonly BalancingMethod[] Methods =
    [
        new BalancingMethod.EntropyBalancing(),
        new BalancingMethod.InversePropensityWeighting(),
        new BalancingMethod.OverlapWeighting(),
        new BalancingMethod.NearestNeighbourMatching(1, 0.2, OnLogit: true, Replacement: false),
        new BalancingMethod.NearestNeighbourMatching(5, 0.2, OnLogit: true, Replacement: false) { IsVariable = true },
        new BalancingMethod.NearestNeighbourMatching(2, null, OnLogit: false, Replacement: true),
        new BalancingMethod.FullMatching(0.2),
        new BalancingMethod.Subclassification(10),
    ];

    public static TheoryData<EstimatorKind, int> Pairs
    {
        get
        {
            var data = new TheoryData<EstimatorKind, int>();
            foreach (var kind in Enum.GetValues<EstimatorKind>())
            {
                for (var i = 0; i < Methods.Length; i++)
                {
                    if (Estimators.Of(kind).GoesWith(Methods[i])) data.Add(kind, i);
                }
            }

            return data;
        }
    }

    // The sample's true effect is 1, confounded by a covariate worth 2 × 0.3.
    [Theory]
    [MemberData(nameof(Pairs))]
    public void For_AnEstimatorOnItsBalancing_FindsTheEffect(EstimatorKind kind, int method)
    {
        var cohort = SampleCohorts.Drawn(400, 1600);

        var (comparison, effect) = Estimate(kind, Methods[method], cohort);

        Assert.InRange(effect.Estimate, 1 - (4 * effect.StandardError) - 0.06, 1 + (4 * effect.StandardError) + 0.06);
        Assert.InRange(effect.StandardError, 0.02, 0.2);
        Assert.Equal(cohort.Rows, comparison.Weights.Length);
        Assert.Equal(0.9, effect.Level);
    }

    [Fact]
    public void For_EveryEstimatorKind_IsKnownToTheTable() =>
        Assert.All(Enum.GetValues<EstimatorKind>(), kind => Assert.NotEmpty(Estimators.Of(kind).Name.Sv));

    [Fact]
    public void StandardErrorWords_OfEveryType_Differ()
    {
        var types = Enum.GetValues<StandardErrorType>();

        Assert.Equal(types.Length, types.Select(StandardErrorWords.Of).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void For_OverlapWeights_HoldsForTheOverlap() =>
        Assert.Equal(EstimateGroup.Overlap, Estimate(EstimatorKind.OverlapWeighted, Methods[2], SampleCohorts.Drawn()).Comparison.HoldsFor);

    [Fact]
    public void For_VariableRatio_GivesNobodyMoreThanItsMost()
    {
        var cohort = SampleCohorts.Drawn(60, 900);
        var sets = Estimate(EstimatorKind.Matched, Methods[4], cohort).Comparison.Pairs.ToArray();

        var sizes = sets.Where((s, i) => s >= 0 && !cohort.Treated[i]).GroupBy(s => s).Select(g => g.Count()).ToArray();

        Assert.Equal(5, sizes.Max());
        Assert.True(sizes.Distinct().Count() > 1, "Every participant got the same number.");
    }

    [Fact]
    public void For_AugmentedUnder120Rows_LeavesEachOutInTurn()
    {
        var small = SampleCohorts.Drawn(40, 79);
        var enough = SampleCohorts.Drawn(40, 80);

        var (_, jackknife) = Estimate(EstimatorKind.AugmentedInversePropensity, Methods[1], small);
        var (_, plain) = Estimate(EstimatorKind.AugmentedInversePropensity, Methods[1], enough);

        Assert.Equal(StandardErrorType.Jackknife, jackknife.StandardErrorType);
        Assert.Equal(40 - 2, jackknife.DegreesOfFreedom);
        Assert.Equal(StandardErrorType.MEstimation, plain.StandardErrorType);
        // By hand: the estimate anew without each row.
        var y = small.Outcome.Unseal(GateVerdict.Pass);
        var left = Enumerable.Range(0, small.Rows).Select(i => Augmented(small, y, [.. Enumerable.Range(0, small.Rows).Where(j => j != i)])).ToArray();
        var n = small.Rows;
        Assert.Equal(Math.Sqrt((n - 1.0) / n * left.Sum(v => Math.Pow(v - left.Average(), 2))), jackknife.StandardError, 9);
    }

    [Fact]
    public void For_DifferenceInDifferences_TakesTheStartAway()
    {
        var cohort = SampleCohorts.Drawn(400, 1600);
        var outcome = cohort.Outcome.Unseal(GateVerdict.Pass);
        // What was unlike before the start by something no covariate tells, 3 for all participants, stays unlike after.
        double[] shifted = [.. outcome.Select((v, i) => v + (cohort.Treated[i] ? 3 : 0))];
        var before = Array.ConvertAll(cohort.Treated, t => t ? 3.0 : 0);
        var moved = cohort with { Outcome = new SealedOutcome(shifted), Before = before };

        Assert.InRange(Estimate(EstimatorKind.DifferenceInDifferences, Methods[0], moved).Effect.Estimate, 0.8, 1.2);
        Assert.InRange(Estimate(EstimatorKind.AugmentedInversePropensity, Methods[0], moved).Effect.Estimate, 3.8, 4.2);
        before[7] = double.NaN;
        Assert.IsType<NotEstimable<Comparison>>(Comparison.For(EstimatorKind.DifferenceInDifferences, Methods[0], moved, Fit(moved)));
    }

    [Fact]
    public void HiddenBias_OfAYesOrNoOutcome_IsTheEValueOfTheRiskRatio()
    {
        var cohort = SampleCohorts.Drawn(400, 1600);
        double[] yes = [.. cohort.Outcome.Unseal(GateVerdict.Pass).Select(v => v > 0.5 ? 1.0 : 0)];
        var (comparison, effect) = Estimate(EstimatorKind.GComputation, Methods[1], cohort with { Outcome = new SealedOutcome(yes) });

        var found = HiddenBias.Of(effect, comparison, cohort, yes)!;

        var ratio = effect.MeanTreated / effect.MeanCounterfactual;
        Assert.Equal(ratio + Math.Sqrt(ratio * (ratio - 1)), found.EValue, 12);
        var low = (effect.MeanCounterfactual + effect.ConfidenceLow) / effect.MeanCounterfactual;
        Assert.Equal(low + Math.Sqrt(low * (low - 1)), found.EValueOfInterval, 12);
        Assert.Null(found.RosenbaumGamma);
    }

    [Fact]
    public void HiddenBias_OfPairs_HasRosenbaumsGamma()
    {
        var cohort = SampleCohorts.Drawn(200, 1600);
        var outcome = cohort.Outcome.Unseal(GateVerdict.Pass);
        var (comparison, effect) = Estimate(EstimatorKind.Matched, Methods[3], cohort);

        var found = HiddenBias.Of(effect, comparison, cohort, outcome)!;

        Assert.InRange(found.RosenbaumGamma!.Value, 2, 50);
        // The other direction is as strong.
        double[] negative = [.. outcome.Select(v => -v)];
        var mirrored = HiddenBias.Of(Value(comparison.Estimate(negative, 0.9)), comparison, cohort, negative)!;
        Assert.Equal(found.RosenbaumGamma.Value, mirrored.RosenbaumGamma!.Value, 9);
        Assert.Null(HiddenBias.Of(effect, comparison with { Pairs = default }, cohort, outcome)!.RosenbaumGamma);
    }

    [Fact]
    public void HiddenBias_OfAnOutcomeThatDoesNotVary_IsNotTold()
    {
        var cohort = SampleCohorts.Drawn();
        var (comparison, effect) = Estimate(EstimatorKind.EntropyBalancing, Methods[0], cohort);

        Assert.Null(HiddenBias.Of(effect, comparison, cohort, [.. cohort.Treated.Select(t => t ? 2.5 : 2.0)]));
    }

    private static (Comparison Comparison, EffectResult Effect) Estimate(EstimatorKind kind, BalancingMethod method, Cohort cohort)
    {
        var comparison = Value(Comparison.For(kind, method, cohort, Fit(cohort)));
        return (comparison, Value(comparison.Estimate(cohort.Outcome.Unseal(GateVerdict.Pass), 0.9)));
    }

    private static double Augmented(Cohort cohort, double[] y, int[] rows)
    {
        var x = cohort.Covariates.SelectRows(rows);
        var treated = Array.ConvertAll(rows, i => cohort.Treated[i]);
        var fit = Value(((IPropensityModel)new LogisticRegression()).Fit(x, treated));
        return Value(AugmentedInversePropensity.Att(
            Array.ConvertAll(rows, i => y[i]), treated, Value(InversePropensity.Weights(fit, treated, Estimand.Treated)), x)).Estimate;
    }

    private static Estimable<PropensityFit> Fit(Cohort cohort) => ((IPropensityModel)new LogisticRegression()).Fit(cohort.Covariates, cohort.Treated);

    private static T Value<T>(Estimable<T> answer) =>
        answer.Match(value => value, (reason, detail) => throw new InvalidOperationException($"Not estimable: {reason}, {detail}"));
}
