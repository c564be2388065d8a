using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

/// <summary>What the groups of a headline received, and who of them was lost.</summary>
public sealed class ComparedGroupsTests
{
    private static readonly EvaluationPlan Plan = SamplePlans.Years with { LastIndex = SamplePlans.Year(2022) };

    [Fact]
    public void ReceivedMix_OfWeightedRows_IsTheSharesCountedByHand()
    {
        var random = new Random(4);
        for (var round = 0; round < 200; round++)
        {
            var rows = 60;
            int[] person = [.. Enumerable.Range(0, rows).Select(i => i < 20 ? i : 20 + random.Next(25))];
            double[] weights = [.. Enumerable.Range(0, rows).Select(_ => random.Next(4) == 0 ? 0 : random.NextDouble())];
            (weights[0], weights[30]) = (1, 1);
            var cohort = SampleCohorts.Of([.. Enumerable.Range(0, rows).Select(i => i < 20)], new double[rows], [("x@1", new double[rows])], person) with
            {
                TrialRow = [.. Enumerable.Range(0, rows).Select(i => (2 * i) + 1)],
            };
            string[] names = ["a", "b", "c"];
            var has = names.ToDictionary(n => n, _ => Enumerable.Range(0, rows).Where(_ => random.Next(3) == 0).ToHashSet());
            ReceivedMethod[] received = [.. names.Select(n => new ReceivedMethod(n, [.. has[n].Order().SelectMany(i => new[] { 2 * i, (2 * i) + 1 })], 0, 0))];

            var mix = ReceivedMixes.Of(received, cohort, weights);

            foreach (var (isTreated, count) in new[] { (true, mix.Treated), (false, mix.Comparison) })
            {
                int[] arm = [.. Enumerable.Range(0, rows).Where(i => cohort.Treated[i] == isTreated && weights[i] > 0)];
                Assert.Equal(Persons(arm), count);
                foreach (var method in mix.Methods)
                {
                    int[] those = [.. arm.Where(has[method.Method!].Contains)];
                    Same(Persons(those), Share(those, arm), isTreated ? method.Treated : method.Comparison);
                }

                int[] any = [.. arm.Where(i => names.Any(n => has[n].Contains(i)))];
                Same(count - Persons(any), 1 - Share(any, arm), isTreated ? mix.Nothing.Treated : mix.Nothing.Comparison);
            }

            int Persons(int[] those) => those.Select(i => person[i]).Distinct().Count();
            double Share(int[] those, int[] arm) => those.Sum(i => weights[i]) / arm.Sum(i => weights[i]);
        }

        static void Same(int persons, double share, ReceivedBy found)
        {
            Assert.Equal(persons, found.Persons);
            Assert.Equal(share, found.Share, 1e-12);
        }
    }

    [Fact]
    public async Task Execute_OthersStartOtherMethods_TellsWhatTheComparisonIsAgainst()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.Catalogue.Plans.TryRegisterInterventionAsync(
            new Intervention(new(SamplePlans.Municipality), new("annat"), "mst", new("Annat", "Other"), null, null), TestLab.Token);
        var data = SampleWorlds.Yearly();
        for (var i = 0; i < 6; i++) data.Start(i, "annat", "2022-09-01");
        for (var i = 40; i < 70; i++) data.Start(i, "annat", "2023-02-01");
        for (var i = 60; i < 75; i++) data.Start(i, SamplePlans.Code, "2023-02-01");
        for (var i = 80; i < 90; i++) data.Start(i, "annat", "2021-11-01");
        for (var i = 90; i < 99; i++) data.Start(i, "annat", "2024-01-01");
        await lab.CommitAsync(data);

        var result = await ResultAsync(lab, Plan);

        var mix = result.Received!;
        Assert.Equal((40, 120), (mix.Treated, mix.Comparison));
        Assert.Equal(["ips", "mst"], mix.Methods.Select(m => m.Method));
        Assert.Equal((0, 15), (mix.Methods[0].Treated.Persons, mix.Methods[0].Comparison.Persons));
        Assert.Equal((6, 30), (mix.Methods[1].Treated.Persons, mix.Methods[1].Comparison.Persons));
        Assert.Equal((34, 85), (mix.Nothing.Treated.Persons, mix.Nothing.Comparison.Persons));
        Assert.Equal(6 / 40.0, mix.Methods[1].Treated.Share, 1e-12);
        Assert.InRange(mix.Methods[1].Comparison.Share, 0.1, 0.45);
        Assert.Equal(new ArmAttrition(40, 0, []).Lost, result.Attrition!.Treated.Lost);
        Assert.Null(result.Attrition.Bounds);
        Assert.Equal("Identical", (await new Reproduction(lab.Catalogue, lab.Lake, lab.FollowUp, "0.1.0-test").ReproduceAsync(result.RunId, TestLab.Token))!.Verdict.ToString());
        var released = (await lab.Catalogue.Releases.ListAsync(new EffectFilter(null, Plan.Id, null, null, null, HeadlineOnly: true), Disclosure.Audience.Analyst, null, 5, TestLab.Token))[0].Value;
        Assert.Equal([true, true], released.Received!.Methods.Select(m => m.Comparison.Persons.IsShown));
        Assert.Equal([false, false, false], released.Received.Methods.Prepend(released.Received.Nothing).Select(m => m.Treated.Persons.IsShown));
    }

    [Fact]
    public async Task Execute_SomeAreLost_TellsWhoWhyAndHowFarItMayReach()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(Lossy());

        var result = await ResultAsync(lab, Plan);

        var attrition = result.Attrition!;
        Assert.Equal((40, 4), (attrition.Treated.Persons, attrition.Treated.Lost));
        Assert.Equal((120, 36), (attrition.Comparison.Persons, attrition.Comparison.Lost));
        Assert.Equal([new LossCount(OutcomeLoss.NotReported, 4)], attrition.Treated.Losses);
        Assert.Equal([new LossCount(OutcomeLoss.Moved, 21), new LossCount(OutcomeLoss.Died, 9), new LossCount(OutcomeLoss.NotReported, 6)], attrition.Comparison.Losses);
        var flow = result.Flow.ToDictionary(s => s.Step);
        Assert.Equal(attrition.Treated.Lost, flow[FlowStepKind.CovariatesKnown].Treated - flow[FlowStepKind.OutcomeObserved].Treated);
        Assert.Equal(attrition.Comparison.Lost, flow[FlowStepKind.CovariatesKnown].Comparison - flow[FlowStepKind.OutcomeObserved].Comparison);
        var (bounds, point) = (attrition.Bounds!, result.Estimates[0].Estimate!.Point);
        Assert.True(bounds.TrimsTreated);
        Assert.Equal(0.9, bounds.ObservedTreated, 1e-12);
        Assert.InRange(point, bounds.Low, bounds.High);
        Assert.True(bounds.IntervalLow < bounds.Low && bounds.High < bounds.IntervalHigh);
        // 36 observed participants, 1 − 0.7/0.9 of them trimmed: eight.
        Assert.InRange(bounds.Trimmed, 7, 10);
    }

    // The bounds by themselves: weights of all rows, sorted and trimmed by hand.
    [Fact]
    public async Task Bounds_OfWeightedGroups_AreTheTrimmedMeansByHand()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(Lossy());
        var trials = await lab.TrialsAsync(Plan);
        var whole = ((ITrials)trials).WithLost(0);
        var weights = ((Statistics.Estimated<Statistics.Weighting.BalancingWeights>)Statistics.Weighting.EntropyBalancing.Att(whole.Covariates, whole.Treated, cancellationToken: TestLab.Token)).Value.Weights.ToArray();
        var (y, seen) = (whole.Outcome.Unseal(GateVerdict.Pass), whole.Observed!);
        var (ours, theirs) = (Share(true), Share(false));

        var bounds = AttritionCheck.Bounds(Plan, trials, new LogisticRegression(), TestLab.Token)!;

        var comparison = Mean(Rows(false), 1);
        Assert.Equal(ours, bounds.ObservedTreated, 1e-12);
        Assert.Equal(theirs, bounds.ObservedComparison, 1e-9);
        Assert.Equal(Mean(Rows(true).OrderBy(i => y[i]), theirs / ours) - comparison, bounds.Low, 1e-6);
        Assert.Equal(Mean(Rows(true).OrderByDescending(i => y[i]), theirs / ours) - comparison, bounds.High, 1e-6);

        IEnumerable<int> Rows(bool isTreated) => Enumerable.Range(0, whole.Rows).Where(i => whole.Treated[i] == isTreated && seen[i]);
        double Share(bool isTreated) => Rows(isTreated).Sum(i => weights[i]) / Enumerable.Range(0, whole.Rows).Where(i => whole.Treated[i] == isTreated).Sum(i => weights[i]);
        double Mean(IEnumerable<int> order, double keep)
        {
            int[] rows = [.. order];
            var all = rows.Sum(i => weights[i]);
            var (left, sum) = (keep * all, 0.0);
            foreach (var row in rows)
            {
                var part = Math.Min(left, weights[row]);
                (left, sum) = (left - part, sum + (part * y[row]));
            }

            return sum / (keep * all);
        }
    }

    [Fact]
    public async Task EventStudy_OfARun_IsTheWeightedDifferenceOfEachPeriod()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(Lossy());
        var trials = await lab.TrialsAsync(Plan);
        var cohort = trials.For(0);
        var weights = ((Statistics.Estimated<Statistics.Weighting.BalancingWeights>)Statistics.Weighting.EntropyBalancing.Att(
            cohort.Covariates, cohort.Treated, cancellationToken: TestLab.Token)).Value.Weights.ToArray();

        var result = await ResultAsync(lab, Plan);

        var points = result.EventStudy!;
        Assert.Equal([-1, 0, 1], points.Select(p => p.Time));
        // Balanced on the year before; the year of the start repeats it; the horizon is the headline's own outcome.
        Assert.Equal(0, points[0].Point, 1e-6);
        Assert.Equal(points[0].Point, points[1].Point, 1e-9);
        Assert.Equal(result.Estimates[0].Estimate!.Point, points[2].Point, 1e-9);
        Assert.All(points, p => Assert.Equal((36, 84, 35, 83), (p.Treated, p.Comparison, p.TreatedUnlike, p.ComparisonUnlike)));
        var last = cohort.Outcome.Unseal(GateVerdict.Pass);
        Assert.Equal(Mean(true) - Mean(false), points[2].Point, 1e-6);
        Assert.InRange(points[2].Low, points[2].Point - 100, points[2].Point);
        Assert.Equal(points[2].Point - points[2].Low, points[2].High - points[2].Point, 1e-9);
        Assert.Equal(Plan.Covariates.Max(c => c.Lag), -((ITrials)trials).FirstEventTime!.Value);

        double Mean(bool isTreated)
        {
            int[] rows = [.. Enumerable.Range(0, cohort.Rows).Where(i => cohort.Treated[i] == isTreated)];
            return rows.Sum(i => weights[i] * last[i]) / rows.Sum(i => weights[i]);
        }
    }

    [Fact]
    public void ScoreSpread_OfPersonsInSeveralTrials_CountsEachOnceOnTheScaleOfPreference()
    {
        // Half of the rows take part: the preference is the score.
        bool[] treated = [true, true, true, true, false, false, false, false];
        var cohort = SampleCohorts.Of(treated, new double[8], [("x@1", new double[8])], [0, 1, 2, 3, 10, 10, 11, 12]);

        var spread = ScoreSpreads.Of(cohort, [0, 0.049, 0.05, 1, 0.52, 0.9, 0.99, 0.31]);

        Assert.Equal([2, 1, 1], new[] { 0, 1, 19 }.Select(i => spread.Treated[i]));
        Assert.Equal([1, 1, 1, 0], new[] { 10, 19, 6, 18 }.Select(i => spread.Comparison[i]));
        Assert.Equal((4, 3), (spread.Treated.Sum(), spread.Comparison.Sum()));
        // One of five takes part: as likely as the average is a fifth.
        var rare = SampleCohorts.Of([true, false, false, false, false], new double[5], [("x@1", new double[5])]);
        Assert.Equal(5, ScoreSpreads.Of(rare, [0.21, 0.21, 0.21, 0.21, 0.21]).Treated[10] + ScoreSpreads.Of(rare, [0.21, 0.21, 0.21, 0.21, 0.21]).Comparison[10]);
    }

    [Fact]
    public async Task Bounds_WhereTheyDoNotSuit_AreNone()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(Lossy());
        var trials = await lab.TrialsAsync(Plan);

        Assert.Null(Bounds(Plan with { LaterStart = LaterStartRule.Censored }));
        Assert.Null(Bounds(Plan with { Estimator = EstimatorKind.DifferenceInDifferences }));
        Assert.NotNull(Bounds(Plan with { LaterStart = LaterStartRule.KeptAsAssigned }));

        AttritionBounds? Bounds(EvaluationPlan plan) => AttritionCheck.Bounds(plan, trials, new LogisticRegression(), TestLab.Token);
    }

    // Kept before such parts were: made again it has none either.
    [Fact]
    public async Task Reproduce_AResultFromBeforeTheseParts_IsIdentical()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(Lossy());
        var kept = await ResultAsync(lab, Plan);
        var plan = Plan with { Version = 2, AmendmentReason = "Again." };
        await lab.RegisterAsync(plan);
        var run = await lab.EnqueueAsync(plan, "33333333cccc");
        var claimed = await lab.Catalogue.Runs.ClaimAsync(run.Id, TestLab.Token);
        var old = kept with
        {
            RunId = run.Id, Plan = plan, Lineage = kept.Lineage with { PlanHash = PlanHash.Of(plan), CodeVersion = "0.0.9" }, Received = null, Attrition = null, EventStudy = null, Spread = null,
            Look = LookBudgets.For(plan, 1, 0),
        };
        Assert.DoesNotContain("ttrition", System.Text.Encoding.UTF8.GetString(EvaluationResults.Encode(old)), StringComparison.Ordinal);
        Assert.True(await lab.Catalogue.Runs.CompleteAsync(run.Id, claimed!.Epoch, EvaluationResults.Encode(old), [], lab.Time.Now, TestLab.Token));

        var answer = await new Reproduction(lab.Catalogue, lab.Lake, lab.FollowUp, "0.1.0-test").ReproduceAsync(run.Id, TestLab.Token);

        Assert.Equal(ReproductionVerdict.Identical, answer!.Verdict);
        // What one has of them counts: a result without its groups is not taken for one with other groups.
        var off = kept with { Attrition = kept.Attrition! with { Bounds = kept.Attrition.Bounds! with { Low = kept.Attrition.Bounds.Low + 1 } } };
        Assert.True(ResultDifference.Largest(off, EvaluationResults.WithPartsOf(off, kept)) > 1e-9);
        Assert.Equal(kept, EvaluationResults.WithPartsOf(kept, kept));
        Assert.Null(EvaluationResults.WithPartsOf(kept with { EventStudy = null, Spread = null }, kept).EventStudy);
    }

    // Every tenth participant and three tenths of the others are lost, among these some who moved or died.
    private static FollowUp Lossy()
    {
        var random = new Random(8);
        var data = new FollowUp { GroupRows = 200 };
        for (var i = 0; i < 160; i++)
        {
            var before = 1000 + (100 * SampleCohorts.Normal(random)) + (i < 40 ? 20 : 0);
            var after = before + (50 * SampleCohorts.Normal(random)) + (i < 40 ? 100 : 0);
            var isLost = i < 40 ? i % 10 == 0 : i % 10 < 3;
            data.Row(i, "2021", ("age_years", 30), ("sex", "man"), ("earnings_sek", before), ("exit_reason", null));
            var exit = !isLost || i < 40 ? null : i < 110 ? "moved" : i < 140 ? "died" : null;
            data.Row(i, "2022", ("age_years", 31), ("sex", "man"), ("earnings_sek", before), ("exit_reason", exit));
            if (!isLost) data.Row(i, "2023", ("age_years", 32), ("sex", "man"), ("earnings_sek", after), ("exit_reason", null));
            if (i < 40) data.Start(i, SamplePlans.Code, "2022-03-01");
        }

        return data;
    }

    private static async Task<EvaluationResult> ResultAsync(TestLab lab, EvaluationPlan plan)
    {
        await lab.RegisterAsync(plan);
        var run = await lab.EnqueueAsync(plan);
        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
        return EvaluationResults.Decode((await lab.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token))!);
    }
}
