using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;
using NotEstimableReason = SiOutcomeLab.Domain.Effects.NotEstimableReason;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

public sealed class EvaluationPipelineTests
{
    private static readonly EvaluationPlan Entropy = SamplePlans.Years;
    private static readonly EvaluationPlan Inverse = Entropy with { Balancing = new BalancingMethod.InversePropensityWeighting(), Estimator = EstimatorKind.InversePropensity };
    private static readonly EvaluationPlan Augmented = Inverse with { Estimator = EstimatorKind.AugmentedInversePropensity };
    private static readonly EvaluationPlan Matching = Entropy with
    {
        Balancing = new BalancingMethod.NearestNeighbourMatching(1, null, true, false),
        Estimator = EstimatorKind.Matched,
    };

    // An outcome of the wrong length: whoever reads it fails, so an answer shows that nobody did.
    private static readonly SealedOutcome Trap = new([]);

    [Theory]
    [InlineData(9, 200, 9, 200, NotEstimableReason.TooFewParticipants)]
    [InlineData(60, 9, 60, 9, NotEstimableReason.TooFewComparisonPersons)]
    [InlineData(60, 200, 9, 200, NotEstimableReason.OutcomeNotObserved)]
    [InlineData(60, 200, 60, 9, NotEstimableReason.OutcomeNotObserved)]
    [InlineData(9, 9, 9, 9, NotEstimableReason.TooFewParticipants)]
    public async Task Evaluate_BelowThePlansMinimum_SaysWhatIsMissing(int knownT, int knownC, int observedT, int observedC, NotEstimableReason expected)
    {
        var cohort = SampleCohorts.Drawn(observedT, observedC) with { Flow = SampleCohorts.Flow((knownT, knownC), (observedT, observedC)), Outcome = Trap };

        var (flow, estimates) = await EvaluateAsync(Entropy with { Sensitivity = [EstimatorKind.InversePropensity] }, cohort);

        var headline = Assert.Single(estimates);
        Assert.Equal(expected, headline.NotEstimable!.Reason);
        Assert.Null(headline.Estimate);
        Assert.Null(headline.Diagnostics);
        Assert.Equal(Standing.Indicative, headline.Standing);
        Assert.Equal(cohort.Flow, flow);
    }

    [Fact]
    public async Task Evaluate_ExactlyThePlansMinimum_IsEnough() =>
        Assert.NotNull((await EvaluateAsync(Entropy, SampleCohorts.Drawn(10, 10, shift: 0))).Estimates[0].Diagnostics);

    [Fact]
    public async Task Evaluate_NobodyAtAll_HasTooFewParticipants()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp().Years(0, 2021, 30, "woman", 1, 2, 3, 4));
        var cohort = await lab.CohortAsync(Entropy with { Covariates = [new("sex", 1), new("earnings_sek", 1)] });

        var (_, estimates) = await EvaluateAsync(Entropy, cohort);

        Assert.Equal(NotEstimableReason.TooFewParticipants, Assert.Single(estimates).NotEstimable!.Reason);
    }

    [Fact]
    public async Task Evaluate_BalanceGateFails_NeverReadsTheOutcome()
    {
        var cohort = SampleCohorts.Drawn(60, 70, shift: 1.5) with { Outcome = Trap };

        var (flow, estimates) = await EvaluateAsync(Matching with { Sensitivity = [EstimatorKind.EntropyBalancing] }, cohort);

        var headline = Assert.Single(estimates);
        Assert.Equal(new NotEstimable(NotEstimableReason.BalanceGateFailed, "x@1"), headline.NotEstimable);
        Assert.Equal(GateVerdict.Fail, headline.Diagnostics!.Verdict);
        Assert.DoesNotContain(flow, s => s.Step == FlowStepKind.Used);
    }

    [Fact]
    public async Task Evaluate_BalanceGatePasses_ReadsTheOutcome() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => EvaluateAsync(Entropy, SampleCohorts.Drawn() with { Outcome = Trap }));

    [Fact]
    public async Task Evaluate_CovariateTellsParticipantsFromOthers_IsSeparated()
    {
        var drawn = SampleCohorts.Drawn();
        var cohort = SampleCohorts.Of(drawn.Treated, new double[260], [("x@1", drawn.Covariates.Column(0).ToArray()), ("entitled@1", [.. drawn.Treated.Select(t => t ? 1.0 : 0)])]);

        Assert.Equal(NotEstimableReason.Separation, await RefusalAsync(Inverse, cohort));
        Assert.Equal(NotEstimableReason.Separation, await RefusalAsync(Matching, cohort));
        Assert.Equal(NotEstimableReason.NoOverlap, await RefusalAsync(Entropy, cohort));
    }

    [Fact]
    public async Task Evaluate_AmberBalance_NeedsAnOutcomeModel()
    {
        var cohort = SampleCohorts.WithUnmodelled(100, 50, 42);

        var weighted = Assert.Single((await EvaluateAsync(Inverse with { Sensitivity = [EstimatorKind.AugmentedInversePropensity] }, cohort)).Estimates);
        var (flow, augmented) = await EvaluateAsync(Augmented with { Sensitivity = [EstimatorKind.InversePropensity] }, cohort);

        Assert.Equal(GateVerdict.Amber, weighted.Diagnostics!.Verdict);
        Assert.Equal(new NotEstimable(NotEstimableReason.BalanceGateFailed, "z=yes@1"), weighted.NotEstimable);
        Assert.Equal(GateVerdict.Amber, augmented[0].Diagnostics!.Verdict);
        Assert.NotNull(augmented[0].Estimate);
        // Beside a headline that stands, the weighted one is shown with its balance.
        Assert.NotNull(augmented[1].Estimate);
        Assert.Equal(["z=yes@1"], augmented[1].Diagnostics!.Failing);
        Assert.Equal(new FlowStep(FlowStepKind.Used, 100, 100), flow[^1]);
    }

    [Fact]
    public async Task Evaluate_UnmodelledColumnFarOff_Fails() =>
        Assert.Equal(NotEstimableReason.BalanceGateFailed, await RefusalAsync(Augmented, SampleCohorts.WithUnmodelled(100, 50, 20)));

    // Teaching, timing, sensitivity and share retained each decide alone.
    [Theory]
    [InlineData(PlanTiming.Prospective, false, true, 60, Standing.Verified)]
    [InlineData(PlanTiming.Prospective, false, true, 75, Standing.Verified)]
    [InlineData(PlanTiming.Prospective, false, true, 76, Standing.Indicative)]
    [InlineData(PlanTiming.Retrospective, false, true, 60, Standing.Indicative)]
    [InlineData(PlanTiming.Prospective, true, true, 60, Standing.Indicative)]
    [InlineData(PlanTiming.Prospective, false, false, 60, Standing.Indicative)]
    public async Task Evaluate_Standing_IsVerifiedOnlyWhenAllHolds(PlanTiming timing, bool isTeaching, bool hasSensitivity, int eligible, Standing expected)
    {
        var plan = Entropy with { Sensitivity = hasSensitivity ? [EstimatorKind.InversePropensity] : [] };
        var cohort = SampleCohorts.Drawn() with { EligibleTreated = eligible };

        var (_, estimates) = await EvaluateAsync(plan, cohort, timing, isTeaching);

        Assert.NotNull(estimates[0].Estimate);
        Assert.Equal(60.0 / eligible, estimates[0].Estimate!.ShareRetained);
        Assert.Equal(expected, estimates[0].Standing);
        Assert.All(estimates.Skip(1), e => Assert.Equal(Standing.Indicative, e.Standing));
    }

    [Fact]
    public async Task Evaluate_SensitivityNotEstimable_VerifiesNothing()
    {
        // Participants at 0 and 2, the others at -1, 1 and 3: means can be weighted alike, but nobody has a neighbour within the caliper.
        bool[] treated = [.. Enumerable.Range(0, 260).Select(i => i < 60)];
        double[] x = [.. treated.Select((t, i) => t ? 2.0 * (i % 2) : (2.0 * (i % 3)) - 1)];
        var random = new Random(4);
        double[] y = [.. x.Select(v => v + SampleCohorts.Normal(random))];
        var plan = Entropy with { Sensitivity = [EstimatorKind.Matched] };

        var (_, estimates) = await EvaluateAsync(plan, SampleCohorts.Of(treated, y, [("x@1", x)]));

        Assert.NotNull(estimates[0].Estimate);
        Assert.Null(estimates[1].Estimate);
        Assert.Equal(Standing.Indicative, estimates[0].Standing);
    }

    [Fact]
    public async Task Evaluate_PersonsInSeveralIndexPeriods_ClustersOnPerson()
    {
        var once = SampleCohorts.Drawn(30, 100);
        int[] person = [.. Enumerable.Range(0, 130), .. Enumerable.Range(30, 100)];
        bool[] treated = [.. once.Treated, .. new bool[100]];
        double[] x = [.. once.Covariates.Column(0), .. once.Covariates.Column(0)[30..]];
        var outcome = once.Outcome.Unseal(GateVerdict.Pass);
        double[] y = [.. outcome, .. outcome[30..]];
        var cohort = SampleCohorts.Of(treated, y, [("x@1", x)], person, [.. person.Select((_, i) => i < 130 ? 0 : 1)]);

        var (_, estimates) = await EvaluateAsync(Entropy with { Sensitivity = [EstimatorKind.AugmentedInversePropensity] }, cohort);

        var weights = Value(EntropyBalancing.Att(cohort.Covariates, treated, TestLab.Token));
        var clustered = Value(WeightedDifference.Estimate(y, treated, weights, person));
        var unclustered = Value(WeightedDifference.Estimate(y, treated, weights));
        Assert.Equal(clustered.StandardError, estimates[0].Estimate!.StandardError);
        Assert.Equal(clustered.ConfidenceLow, estimates[0].Estimate!.Low);
        Assert.Equal(clustered.Estimate, estimates[0].Estimate!.Point);
        Assert.Contains("clustered on person", estimates[0].Estimate!.StandardErrorType, StringComparison.Ordinal);
        Assert.True(clustered.StandardError > unclustered.StandardError * 1.05, "Copies of persons must not count as persons.");
        var fit = Value(new LogisticRegression().Fit(cohort.Covariates, treated, TestLab.Token));
        var inverse = Value(InversePropensity.Weights(fit, treated, Estimand.Treated));
        var augmented = Value(AugmentedInversePropensity.Att(y, treated, inverse, cohort.Covariates, normalised: false, person, 0.95));
        Assert.Equal(augmented.StandardError, estimates[1].Estimate!.StandardError);
    }

    [Fact]
    public async Task Evaluate_YesOrNoOutcome_CountsItsEvents()
    {
        var drawn = SampleCohorts.Drawn();
        double[] y = [.. drawn.Outcome.Unseal(GateVerdict.Pass).Select(v => v > 0.5 ? 1.0 : 0)];

        var (_, estimates) = await EvaluateAsync(Entropy, drawn with { Outcome = new SealedOutcome(y) });

        Assert.Equal(y.Take(60).Count(v => v == 1), estimates[0].Estimate!.TreatedEvents);
        Assert.Equal(y.Skip(60).Count(v => v == 1), estimates[0].Estimate!.ComparisonEvents);
        Assert.Null((await EvaluateAsync(Entropy, drawn)).Estimates[0].Estimate!.TreatedEvents);
    }

    [Fact]
    public async Task Evaluate_Stages_AreReportedInTheOrderOfWork()
    {
        var stages = new List<RunStage>();

        await EvaluateAsync(Entropy, SampleCohorts.Drawn(), report: stages.Add);

        Assert.Equal([RunStage.FittingPropensity, RunStage.Balancing, RunStage.Diagnosing, RunStage.Estimating], stages);
    }

    [Fact]
    public async Task Evaluate_SensitivityNamesTheHeadlineAgain_IsEstimatedOnce()
    {
        var plan = Entropy with { Sensitivity = [EstimatorKind.EntropyBalancing, EstimatorKind.AugmentedInversePropensity, EstimatorKind.AugmentedInversePropensity] };

        var (_, estimates) = await EvaluateAsync(plan, SampleCohorts.Drawn());

        Assert.Equal([EstimatorKind.EntropyBalancing, EstimatorKind.AugmentedInversePropensity], estimates.Select(e => e.Estimator));
        Assert.Equal([EstimateRole.Headline, EstimateRole.Sensitivity], estimates.Select(e => e.Role));
    }

    [Fact]
    public async Task Evaluate_AtAnInterimLook_ShowsTheRepeatedIntervalAndIsIndicative()
    {
        var cohort = SampleCohorts.Drawn(150, 400);
        var plan = Augmented with
        {
            Sensitivity = [EstimatorKind.InversePropensity],
            InterimLooks = [new InterimLook(Augmented.LookDueOn.AddDays(-100), Augmented.FirstIndex, 0.5)],
        };

        var alone = (await EvaluateAsync(Augmented, cohort)).Estimates[0].Estimate!;
        var interim = (await EvaluateAsync(plan, cohort, look: 1)).Estimates;
        var final = (await EvaluateAsync(plan, cohort, look: 2)).Estimates;

        // O'Brien and Fleming's bound at half of the information, 2.963 against 1.960, and 1.9686 at the end (Lan and DeMets 1983).
        Assert.Equal(2.963 / 1.95996, Width(interim[0]) / (alone.High - alone.Low), 3);
        Assert.Equal(1.9686 / 1.95996, Width(final[0]) / (alone.High - alone.Low), 3);
        Assert.Equal(alone.Point, interim[0].Estimate!.Point);
        Assert.True(interim[0].Estimate!.PValue > alone.PValue);
        Assert.Equal(Standing.Indicative, interim[0].Standing);
        Assert.Equal(Standing.Verified, final[0].Standing);
        Assert.Equal(Width(final[1]), Width(interim[1]), 12);

        static double Width(EffectEstimate e) => e.Estimate!.High - e.Estimate.Low;
    }

    private static async Task<NotEstimableReason?> RefusalAsync(EvaluationPlan plan, Cohort cohort) =>
        Assert.Single((await EvaluateAsync(plan, cohort)).Estimates).NotEstimable?.Reason;

    private static Task<(IReadOnlyList<FlowStep> Flow, IReadOnlyList<EffectEstimate> Estimates)> EvaluateAsync(
        EvaluationPlan plan,
        Cohort cohort,
        PlanTiming timing = PlanTiming.Prospective,
        bool isTeaching = false,
        Action<RunStage>? report = null,
        int? look = null) =>
        new EvaluationPipeline(new LogisticRegression()).EvaluateAsync(
            new RegisteredPlan(plan, PlanHash.Of(plan), timing, "anna", TestLab.Start),
            LookBudgets.For(plan, look ?? plan.Looks.Count, spentBefore: 0),
            cohort,
            isTeaching,
            (stage, _) =>
            {
                report?.Invoke(stage);
                return Task.CompletedTask;
            },
            TestLab.Token);

    private static T Value<T>(Estimable<T> answer) =>
        answer.Match(value => value, (reason, detail) => throw new InvalidOperationException($"{reason}: {detail}"));
}
