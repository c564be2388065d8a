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

    [Fact]
    public async Task Evaluate_OtherOutcomesAtTheFinalLook_StandBesideWithTheirErrorsHeldTogether()
    {
        var cohort = SampleCohorts.Drawn(150, 500);
        var plan = Augmented with
        {
            Secondaries = [Later(2), Later(3), Later(4)],
            NegativeControls = [Later(5), Later(6)],
            InterimLooks = [new InterimLook(Augmented.LookDueOn.AddDays(-100), Augmented.FirstIndex, 0.5)],
        };
        var trials = new SampleTrials(
            plan, cohort, Changed(cohort, 0.1, 11), Changed(cohort, 0, 12), Changed(cohort, 0.25, 13), Changed(cohort, 1, 14), Changed(cohort, 0, 15));

        var interim = await EvaluateAsync(plan, trials, look: 1);
        var final = await EvaluateAsync(plan, trials, look: 2);

        Assert.Equal([EstimateRole.Headline, EstimateRole.NegativeControl, EstimateRole.NegativeControl], interim.Estimates.Select(e => e.Role));
        Assert.Equal(plan.Secondaries, final.Estimates.Where(e => e.Role == EstimateRole.Secondary).Select(e => e.Outcome));
        double[] p = [.. final.Estimates.Where(e => e.Role == EstimateRole.Secondary).Select(e => e.Estimate!.PValue)];
        double[] adjusted = [.. final.Estimates.Where(e => e.Role == EstimateRole.Secondary).Select(e => e.AdjustedPValue!.Value)];
        // Benjamini and Hochberg by hand: sorted, times three over the rank, never above the next.
        var sorted = p.Order().ToArray();
        for (var i = 0; i < 3; i++)
        {
            var rank = Array.IndexOf(sorted, p[i]);
            Assert.Equal(Enumerable.Range(rank, 3 - rank).Min(r => Math.Min(1, sorted[r] * 3 / (r + 1))), adjusted[i], 12);
        }

        Assert.Equal(new Falsification(2, 1, null), final.Falsification);
        Assert.True(final.Falsification!.IsWarning);
        Assert.Null((await EvaluateAsync(Augmented, new SampleTrials(Augmented, cohort))).Falsification);
    }

    [Fact]
    public async Task Evaluate_SecondariesInAHierarchy_StopAtTheFirstThatIsNotSignificant()
    {
        var cohort = SampleCohorts.Drawn(150, 500);
        var plan = Augmented with { Secondaries = [Later(2), Later(3), Later(4)], SecondaryRule = SecondaryRule.Hierarchy };
        var trials = new SampleTrials(plan, cohort, Changed(cohort, 1, 21), Changed(cohort, 0, 22), Changed(cohort, 1, 23));

        var found = (await EvaluateAsync(plan, trials)).Estimates.Where(e => e.Role == EstimateRole.Secondary).ToArray();

        Assert.True(found[0].AdjustedPValue < 0.001);
        Assert.Equal(found[0].Estimate!.PValue, found[0].AdjustedPValue);
        Assert.True(found[1].AdjustedPValue > 0.05);
        Assert.True(found[2].Estimate!.PValue < 0.001);
        Assert.Equal(found[1].AdjustedPValue, found[2].AdjustedPValue);
    }

    [Fact]
    public async Task Evaluate_Placebo_ShadesWithinWhatThePlanToleratesAndStopsBeyond()
    {
        var cohort = SampleCohorts.Drawn(150, 500);
        var plan = Augmented with { Placebos = [new PlaceboDefinition(Augmented.Primary.Measure, 4, 0.9)] };
        var alike = new SampleTrials(plan, cohort) { HeldOut = [Lag(cohort, 0)] };
        var shaded = new SampleTrials(plan, cohort) { HeldOut = [Lag(cohort, 0.6)] };
        var unlike = new SampleTrials(plan, cohort with { Outcome = Trap }) { HeldOut = [Lag(cohort, 1.5)] };
        var unknown = new SampleTrials(plan, cohort) { HeldOut = [[double.NaN, .. Lag(cohort, 3).Skip(1)]] };

        var found = await EvaluateAsync(plan, alike);
        Assert.NotNull(found.Estimates[0].Estimate);
        Assert.Equal((1, 0), (found.Falsification!.Tested, found.Falsification.Significant));
        Assert.True(found.Falsification.LargestPlaceboShare < 0.5);
        found = await EvaluateAsync(plan, shaded);
        Assert.NotNull(found.Estimates[0].Estimate);
        Assert.True(found.Falsification!.IsWarning);
        found = await EvaluateAsync(plan, unlike);
        Assert.Equal(NotEstimableReason.PlaceboFailed, Assert.Single(found.Estimates).NotEstimable!.Reason);
        Assert.Equal("earnings_sek@4", found.Estimates[0].NotEstimable!.Detail);
        Assert.Equal(0, (await EvaluateAsync(plan, unknown)).Falsification!.Tested);

        static double[] Lag(Cohort cohort, double difference)
        {
            var random = new Random(5);
            return [.. cohort.Treated.Select((t, i) => cohort.Covariates.Column(0)[i] + (t ? difference : 0) + SampleCohorts.Normal(random))];
        }
    }

    [Fact]
    public async Task Evaluate_Subgroups_AreComparedWithinThemselvesWhenNumbersSuffice()
    {
        var cohort = SampleCohorts.Drawn(200, 800);
        var plan = Augmented with { Subgroups = [new SubgroupDefinition("sex", 1), new SubgroupDefinition("age_years", 1, 30)], MinimumTreated = 20 };
        double[] sex = [.. Enumerable.Range(0, 1000).Select(i => (double)(i % 2))];
        double[] age = [.. Enumerable.Range(0, 1000).Select(i => i % 20 == 0 ? 20.0 : i % 7 == 0 ? double.NaN : 40)];
        var trials = new SampleTrials(plan, cohort) { HeldOut = [sex, age], Levels = [["woman", "man"], []] };

        var found = (await EvaluateAsync(plan, trials)).Estimates.Where(e => e.Role == EstimateRole.Subgroup).ToArray();

        Assert.Equal([("sex@1", "man"), ("sex@1", "woman"), ("age_years@1", "< 30"), ("age_years@1", "≥ 30")], found.Select(e => (e.Division!, e.Label!)));
        Assert.Equal([100, 100], found.Take(2).Select(e => e.Estimate!.Treated));
        Assert.All(found.Take(2), e => Assert.InRange(e.Estimate!.Point, 0.5, 1.5));
        Assert.Equal(NotEstimableReason.TooFewParticipants, found[2].NotEstimable!.Reason);
        Assert.Equal(age.Take(200).Count(a => a == 40), found[3].Estimate!.Treated);
        var men = cohort.Only([.. Enumerable.Range(0, 1000).Where(i => i % 2 == 1)]);
        Assert.Equal((await EvaluateAsync(Augmented, men)).Estimates[0].Estimate!.Point, found[0].Estimate!.Point);
    }

    [Fact]
    public async Task Evaluate_SensitivityPools_StandBesideWithTheirName()
    {
        var (own, country) = (SampleCohorts.Drawn(100, 300), SampleCohorts.Drawn(100, 2000, seed: 2));
        var plan = Augmented with { SensitivityPools = [ComparisonPool.Project] };

        var found = await EvaluateAsync(
            plan, new SampleTrials(plan, own), otherPools: (ComparisonPool.Project, new SampleTrials(plan, country)));

        Assert.Equal([null, ComparisonPool.Project], found.Estimates.Select(e => e.Pool));
        Assert.Equal(2000, found.Estimates[1].Estimate!.Comparison);
        Assert.Equal(Standing.Verified, found.Estimates[0].Standing);
    }

    // Whoever has a high x is lost, and the effect is larger for them: only weights for the lost find the effect on all.
    [Fact]
    public async Task Evaluate_AttritionWeights_LetOthersStandForTheLost()
    {
        var random = new Random(31);
        bool[] treated = [.. Enumerable.Range(0, 4000).Select(i => i < 1500)];
        double[] x = [.. treated.Select(t => SampleCohorts.Normal(random) + (t ? 0.2 : 0))];
        double[] y = [.. x.Select((v, i) => v + (treated[i] ? 1 + v : 0) + SampleCohorts.Normal(random))];
        bool[] observed = [.. x.Select((v, i) => random.NextDouble() < 1 / (1 + Math.Exp((treated[i] ? 1.5 : 0.5) * v)))];
        var truth = Enumerable.Range(0, 1500).Average(i => 1 + x[i]);
        var whole = SampleCohorts.Of(treated, [.. y.Select((v, i) => observed[i] ? v : 0)], [("x@1", x)]) with { Observed = observed };
        var seen = whole.Only([.. Enumerable.Range(0, 4000).Where(i => observed[i])]) with { Observed = null };
        var trials = new SampleTrials(Augmented, seen with { EligibleTreated = 1500 }) { Whole = [whole with { EligibleTreated = 1500 }] };

        var without = (await EvaluateAsync(Augmented, trials)).Estimates[0].Estimate!;
        var plan = Augmented with { AttritionWeights = true, Sensitivity = [EstimatorKind.InversePropensity, EstimatorKind.EntropyBalancing, EstimatorKind.GComputation] };
        var found = (await EvaluateAsync(plan, trials)).Estimates;

        Assert.True(Math.Abs(without.Point - truth) > 4 * without.StandardError, "The losses must matter.");
        Assert.All(found, e => Assert.InRange(e.Estimate!.Point, truth - (4 * e.Estimate.StandardError), truth + (4 * e.Estimate.StandardError)));
        Assert.All(found, e => Assert.Equal(observed.Take(1500).Count(o => o), e.Estimate!.Treated));
        Assert.Equal(found[0].Estimate!.Treated / 1500.0, found[0].Estimate!.ShareRetained, 12);
        Assert.Equal(Standing.Indicative, found[0].Standing);
        // The number that stands in for a lost outcome changes nothing.
        var other = SampleCohorts.Of(treated, [.. y.Select((v, i) => observed[i] ? v : 1e6)], [("x@1", x)]) with { Observed = observed, EligibleTreated = 1500 };
        var again = (await EvaluateAsync(plan, new SampleTrials(Augmented, seen with { EligibleTreated = 1500 }) { Whole = [other] })).Estimates;
        // A million with weight zero is taken in and out again: what is left is its last bits.
        foreach (var (one, two) in found.Zip(again)) Assert.Equal(one.Estimate!.Point, two.Estimate!.Point, 1e-8);
    }

    private static OutcomeDefinition Later(int horizon) => Augmented.Primary with { HorizonPeriods = horizon };

    private static Cohort Changed(Cohort cohort, double effect, int seed)
    {
        var random = new Random(seed);
        return cohort with
        {
            Outcome = new SealedOutcome([.. cohort.Treated.Select((t, i) => cohort.Covariates.Column(0)[i] + (t ? effect : 0) + SampleCohorts.Normal(random))]),
        };
    }

    private static async Task<NotEstimableReason?> RefusalAsync(EvaluationPlan plan, Cohort cohort) =>
        Assert.Single((await EvaluateAsync(plan, cohort)).Estimates).NotEstimable?.Reason;

    private static async Task<(IReadOnlyList<FlowStep> Flow, IReadOnlyList<EffectEstimate> Estimates)> EvaluateAsync(
        EvaluationPlan plan,
        Cohort cohort,
        PlanTiming timing = PlanTiming.Prospective,
        bool isTeaching = false,
        Action<RunStage>? report = null,
        int? look = null)
    {
        var found = await EvaluateAsync(plan, new SampleTrials(plan, cohort), timing, isTeaching, report, look);
        return (found.Flow, found.Estimates);
    }

    private static Task<Evaluated> EvaluateAsync(
        EvaluationPlan plan,
        ITrials trials,
        PlanTiming timing = PlanTiming.Prospective,
        bool isTeaching = false,
        Action<RunStage>? report = null,
        int? look = null,
        params (ComparisonPool Pool, ITrials Trials)[] otherPools) =>
        new EvaluationPipeline(new LogisticRegression()).EvaluateAsync(
            new RegisteredPlan(plan, PlanHash.Of(plan), timing, "anna", TestLab.Start),
            LookBudgets.For(plan, look ?? plan.Looks.Count, spentBefore: 0),
            trials,
            otherPools,
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
