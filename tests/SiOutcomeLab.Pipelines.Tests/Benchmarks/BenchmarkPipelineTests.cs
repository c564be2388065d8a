using System.Text;
using System.Text.Json;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Benchmarks;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Pooling;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Benchmarks;

public sealed class BenchmarkPipelineTests
{
    [Fact]
    public async Task Compute_FiveMunicipalities_IsThePoolOfTheirSeparateEvaluations()
    {
        await using var lab = await BenchmarkWorld.FiveAsync();

        var benchmark = await lab.ComputeAsync();

        var separate = new List<(Evaluated Found, Dictionary<PersonId, double> Influence)>();
        foreach (var (code, _) in BenchmarkWorld.Five) separate.Add(await EvaluateAsync(lab, code));
        var covariance = DoubleLoop(separate);
        var estimates = EstimateSet.Correlated([.. separate.Select(s => s.Found.Effect!.Estimate)], covariance);
        var (model, partial) = (Fitted(RandomEffects.Fit(estimates)), Fitted(PartialPooling.Fit(estimates)));
        Assert.Equal(BenchmarkWorld.Five.Select(f => f.Code), benchmark.Contributors.Select(c => c.Municipality.Code));
        Assert.Equal(separate.Select(s => s.Found.Effect!.Estimate), benchmark.Contributors.Select(c => c.Estimate.Point));
        // Two orders of summing the same few hundred products.
        Assert.Equal(model.Effect.Estimate, benchmark.Pooled!.Point, 1e-8);
        Assert.Equal(model.Effect.StandardError, benchmark.Pooled.StandardError, 1e-8);
        Assert.Equal(model.Heterogeneity.TauSquared, benchmark.Pooled.TauSquared, 1e-5);
        Assert.Equal((partial.Further.Low, partial.Further.High), (benchmark.Pooled.PredictionLow, benchmark.Pooled.PredictionHigh), Close);
        var (own, place) = (partial.Sources[3], benchmark.Contributors[3].Place!.Shrunken);
        Assert.Equal((own.Low, own.High), (place.Low, place.High), Close);
        Assert.Equal((own.Estimate, own.ProbabilityAbove), (place.Point, place.ProbabilityBetter!.Value), Close);
        Assert.Equal(Fitted(LeaveOneOut.Of(model, TestLab.Token)[2]).Effect.Estimate, benchmark.Contributors[2].Place!.Without!.Point, 1e-8);
        Assert.Equal(100, benchmark.Contributors.Sum(c => c.Place!.WeightPercent), 1e-9);
    }

    private static bool Close((double A, double B) one, (double A, double B) other) => Math.Abs(one.A - other.A) < 1e-7 && Math.Abs(one.B - other.B) < 1e-7;

    [Fact]
    public async Task Compute_SharedComparisonPersons_WidenThePool()
    {
        await using var lab = await TestLab.OpenAsync();
        // Sixteen comparison persons a municipality for forty participants: everybody's counterfactual rests on the same eighty.
        foreach (var (code, effect) in BenchmarkWorld.Five) await lab.AddAsync(code, effect, others: 16);
        foreach (var (code, _) in BenchmarkWorld.Five) await lab.RunAsync(code);

        var benchmark = await lab.ComputeAsync();

        double[] variances = [.. benchmark.Contributors.Select(c => c.Estimate.StandardError * c.Estimate.StandardError)];
        var apart = Fitted(RandomEffects.Fit(EstimateSet.Independent([.. benchmark.Contributors.Select(c => c.Estimate.Point)], variances)));
        Assert.InRange(benchmark.Pooled!.LargestCorrelation, 0.15, 0.9);
        Assert.True(benchmark.Pooled.StandardError > 1.05 * apart.Effect.StandardError, $"{benchmark.Pooled.StandardError} beside {apart.Effect.StandardError}");
    }

    [Fact]
    public async Task Compute_TwoMunicipalities_SaysWhyNothingIsPooled()
    {
        await using var lab = await TestLab.OpenAsync();
        foreach (var (code, effect) in BenchmarkWorld.Five.Take(2)) await lab.AddAsync(code, effect);
        foreach (var (code, _) in BenchmarkWorld.Five.Take(2)) await lab.RunAsync(code);

        await lab.Benchmarks().MakeAsync(Assert.Single(await lab.DueAsync()), TestLab.Token);

        var released = Assert.Single(await ListAsync(lab)).Value;
        Assert.Equal((BenchmarkStatus.NotPoolable, NotPoolableReason.FewerThanThree), (released.Status, released.NotPoolable));
        Assert.Null(released.Pool);
        Assert.Contains("färre än tre kommuner", Assert.Single(released.Sentences).Sv, StringComparison.Ordinal);
        Assert.Empty(await lab.DueAsync());
    }

    [Fact]
    public async Task Compute_WithoutLeaveToPool_NeitherContributesNorLendsItsPersons()
    {
        await using var lab = await TestLab.OpenAsync();
        foreach (var (code, effect) in BenchmarkWorld.Five)
        {
            await lab.AddAsync(code, effect, uses: code == "1480" ? BenchmarkWorld.Uses & ~AllowedUses.PooledResults : BenchmarkWorld.Uses);
        }

        foreach (var (code, _) in BenchmarkWorld.Five) await lab.RunAsync(code);

        var benchmark = await lab.ComputeAsync();

        Assert.Equal([new BenchmarkAbsence(new OrganisationId("1480"), "jobb-1480", AbsenceReason.NotAllowed)], benchmark.Absent);
        Assert.Equal(["0180", "0380", "1280", "2480"], benchmark.Contributors.Select(c => c.Municipality.Code));
        var alone = JsonSerializer.Deserialize<EvaluationResult>((await lab.Catalogue.Runs.ResultAsync("run018000000000", TestLab.Token))!, DomainJson.Options)!;
        Assert.Equal(30, alone.Estimates[0].Estimate!.Comparison - benchmark.Contributors[0].Estimate.Comparison);
    }

    [Fact]
    public async Task Make_AfterAWithdrawal_IsDueAndLeavesTheWithdrawnOut()
    {
        await using var lab = await TestLab.OpenAsync();
        var submissions = new List<Submission>();
        foreach (var (code, effect) in BenchmarkWorld.Five) submissions.Add(await lab.AddAsync(code, effect));
        foreach (var (code, _) in BenchmarkWorld.Five) await lab.RunAsync(code);
        var first = await lab.Benchmarks().MakeAsync(Assert.Single(await lab.DueAsync()), TestLab.Token);
        Assert.Empty(await lab.DueAsync());

        await lab.Catalogue.Submissions.WithdrawAsync(submissions[2].Organisation, submissions[2].Id, lab.Time.Now, TestLab.Token);
        var second = await lab.Benchmarks().MakeAsync(Assert.Single(await lab.DueAsync()), TestLab.Token);

        Assert.NotEqual(first, second);
        var current = Assert.Single(await ListAsync(lab)).Value;
        Assert.Equal(second, current.Name);
        Assert.Equal(["0180", "0380", "1480", "2480"], current.Municipalities.Select(m => m.Municipality.Code));
        Assert.Equal(4, current.Pool!.Municipalities);
        Assert.NotNull(await lab.Catalogue.Benchmarks.FindAsync(first, Audience.Analyst, TestLab.Token));
        Assert.Empty(await lab.DueAsync());
    }

    [Fact]
    public async Task Make_AfterALaterRun_IsDueAgain()
    {
        await using var lab = await BenchmarkWorld.FiveAsync();
        await lab.Benchmarks().MakeAsync(Assert.Single(await lab.DueAsync()), TestLab.Token);
        await lab.AddAsync("0580", 90);
        Assert.Empty(await lab.DueAsync());

        await lab.RunAsync("0580");
        await lab.Benchmarks().MakeAsync(Assert.Single(await lab.DueAsync()), TestLab.Token);

        Assert.Equal(6, Assert.Single(await ListAsync(lab)).Value.Municipalities.Count);
    }

    [Fact]
    public async Task Due_WhileARunOfAPlanIsToCome_WaitsForIt()
    {
        await using var lab = await BenchmarkWorld.FiveAsync();
        lab.Time.Now = lab.Time.Now.AddDays(1);
        await lab.AddAsync("0580", 90);
        var run = await lab.EnqueueAsync(BenchmarkWorld.PlanOf("0180"), "run01802again00");

        Assert.Empty(await lab.DueAsync());
        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);

        Assert.Single(await lab.DueAsync());
    }

    [Fact]
    public async Task Make_SameInputs_AreTheSameBytesAndNoPerson()
    {
        await using var lab = await BenchmarkWorld.FiveAsync();
        var inputs = Assert.Single(await lab.DueAsync());

        var (one, _) = await lab.Benchmarks().ComputeAsync(inputs, TestLab.Token);
        using var another = new FollowUpCache(1L << 30, 1);
        var (two, _) = await lab.Benchmarks(another).ComputeAsync(inputs, TestLab.Token);

        Assert.Equal(one.Result.ToArray(), two.Result.ToArray());
        Assert.Equal(BenchmarkCodec.Encode(one.Release), BenchmarkCodec.Encode(two.Release));
        Assert.True(await lab.Catalogue.Benchmarks.StoreAsync(one, TestLab.Token));
        Assert.False(await lab.Catalogue.Benchmarks.StoreAsync(two, TestLab.Token));
        // Pseudonyms of this world are numbers with many leading zeros.
        Assert.DoesNotContain(new string('0', 40), Encoding.UTF8.GetString(one.Result.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compute_SecondPlanOfAMunicipality_LeavesTheOlderOut()
    {
        await using var lab = await BenchmarkWorld.FiveAsync();
        var later = BenchmarkWorld.PlanOf("0380") with { Id = "z-later-plan" };
        lab.Time.Now = lab.Time.Now.AddDays(1);
        await lab.RegisterAsync(later);
        var run = await lab.EnqueueAsync(later, "laterrun00000000");
        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);

        var benchmark = await lab.ComputeAsync();

        Assert.Equal("z-later-plan", benchmark.Contributors[1].PlanId);
        Assert.Equal([new BenchmarkAbsence(new OrganisationId("0380"), "jobb-0380", AbsenceReason.OtherPlan)], benchmark.Absent);
        Assert.Equal(5, benchmark.Contributors.Count);
    }

    // Too few participants to be shown by itself, and in the midst of the others: what is released is the pool of the five.
    [Fact]
    public async Task Make_OneThatMayNotBeShown_IsReleasedWithoutIt()
    {
        await using var lab = await TestLab.OpenAsync();
        foreach (var (code, effect) in BenchmarkWorld.Five) await lab.AddAsync(code, effect);
        await lab.AddAsync("0580", 700, participants: 20);
        foreach (var code in BenchmarkWorld.Five.Select(f => f.Code).Append("0580")) await lab.RunAsync(code);

        await lab.Benchmarks().MakeAsync(Assert.Single(await lab.DueAsync()), TestLab.Token);

        var released = Assert.Single(await ListAsync(lab)).Value;
        var separate = new List<(Evaluated Found, Dictionary<PersonId, double> Influence)>();
        foreach (var (code, _) in BenchmarkWorld.Five) separate.Add(await EvaluateAsync(lab, code));
        var five = Fitted(RandomEffects.Fit(EstimateSet.Correlated([.. separate.Select(s => s.Found.Effect!.Estimate)], DoubleLoop(separate)))).Effect;
        Assert.Equal(5, released.Pool!.Municipalities);
        // Three digits.
        Assert.Equal(five.Estimate, Shown(released.Pool.Point), 0.51);
        Assert.Equal(five.StandardError, Shown(released.Pool.StandardError), 0.051);
        var hidden = released.Municipalities.Single(m => m.Municipality.Code == "0580");
        Assert.Equal((false, false, null), (hidden.Point.IsShown, hidden.IsInPool, hidden.Place));

        static double Shown(Cell cell) => cell.TryGet(out var value) ? value : throw new InvalidOperationException("Not shown.");
    }

    // Whose taking part was least certain are others in every municipality.
    [Fact]
    public async Task Compute_EffectForTheOverlap_IsLeftOut()
    {
        await using var lab = await BenchmarkWorld.FiveAsync();
        var other = BenchmarkWorld.PlanOf("0380") with
        {
            Id = "overlap", Balancing = new BalancingMethod.OverlapWeighting(), Estimator = EstimatorKind.OverlapWeighted, Sensitivity = [],
        };
        lab.Time.Now = lab.Time.Now.AddDays(1);
        await lab.RegisterAsync(other);
        await lab.Executor().ExecuteAsync((await lab.EnqueueAsync(other, "overlap000000")).Id, TestLab.Token);

        var benchmark = await lab.ComputeAsync();

        Assert.Contains(new BenchmarkAbsence(new OrganisationId("0380"), "overlap", AbsenceReason.OtherGroup), benchmark.Absent);
        Assert.Equal(4, benchmark.Contributors.Count);
    }

    // A pool is a question of its own: an early look's wide interval is its plan's, and its persons are those of the look.
    [Fact]
    public async Task Compute_AtAnInterimLook_IsOfItsPersonsWithAnOrdinaryInterval()
    {
        await using var lab = await TestLab.OpenAsync();
        var plan = BenchmarkWorld.PlanOf("0180") with
        {
            LastIndex = SamplePlans.Year(2023),
            InterimLooks = [new InterimLook(SamplePlans.Years.LookDueOn.AddDays(-100), SamplePlans.Year(2022), 0.5)],
        };
        var data = BenchmarkWorld.DataOf("0180", 100, others: 60);
        for (var i = 40; i < 60; i++) data.Start(180_000 + i, SamplePlans.Code, "2023-03-01");
        await lab.CommitAsync(data, "0180", BenchmarkWorld.Uses);
        await lab.RegisterAsync(plan);
        await lab.Executor().ExecuteAsync((await lab.EnqueueAsync(plan, "interim00000")).Id, TestLab.Token);

        var one = Assert.Single((await lab.ComputeAsync()).Contributors).Estimate;

        Assert.Equal(40, one.Treated);
        Assert.InRange((one.High - one.Low) / one.StandardError, 2 * 1.95, 2 * 2.05);
        var own = EvaluationResults.Decode((await lab.Catalogue.Runs.ResultAsync("interim00000", TestLab.Token))!).Estimates[0].Estimate!;
        Assert.True(own.High - own.Low > 1.2 * (one.High - one.Low));
    }

    [Fact]
    public async Task Compute_OneOnPersonalData_MakesThePoolPersonal()
    {
        foreach (var (first, expected) in new[] { (DataPolicy.Standard, DataPolicy.Standard), (DataPolicy.OpenData, DataPolicy.OpenData) })
        {
            await using var lab = await TestLab.OpenAsync();
            foreach (var (code, effect) in BenchmarkWorld.Five.Take(2))
            {
                await lab.AddAsync(code, effect, policy: code == "0180" ? first : DataPolicy.OpenData);
            }

            foreach (var (code, _) in BenchmarkWorld.Five.Take(2)) await lab.RunAsync(code);

            Assert.Equal(expected, (await lab.ComputeAsync()).Policy);
        }
    }

    [Fact]
    public async Task Compute_LeaveToPoolButNotToEvaluate_IsNotAllowed()
    {
        await using var lab = await TestLab.OpenAsync();
        foreach (var (code, effect) in BenchmarkWorld.Five.Take(2))
        {
            await lab.AddAsync(code, effect, uses: code == "0180" ? BenchmarkWorld.Uses & ~AllowedUses.OwnEvaluation : BenchmarkWorld.Uses);
        }

        foreach (var (code, _) in BenchmarkWorld.Five.Take(2)) await lab.RunAsync(code);

        Assert.Equal([new BenchmarkAbsence(new OrganisationId("0180"), "jobb-0180", AbsenceReason.NotAllowed)], (await lab.ComputeAsync()).Absent);
    }

    [Fact]
    public async Task Due_AfterAPersonsRowsAreErased_IsDueAgain()
    {
        await using var lab = await TestLab.OpenAsync();
        var submissions = new List<Submission>();
        foreach (var (code, effect) in BenchmarkWorld.Five) submissions.Add(await lab.AddAsync(code, effect));
        foreach (var (code, _) in BenchmarkWorld.Five) await lab.RunAsync(code);
        await lab.Benchmarks().MakeAsync(Assert.Single(await lab.DueAsync()), TestLab.Token);
        Assert.Empty(await lab.DueAsync());
        var files = SubmissionFiles.Of(submissions[1]);
        var fewer = files with { Observations = new LakeObject(new string('a', 64), 9), ObservationRows = files.ObservationRows - 1 };

        await lab.Catalogue.Submissions.ReplaceFilesAsync(
            submissions[1].Id, files, fewer, AuditEntry.OfHub(lab.Time.Now, "erase", "submissions/x", "OK"), TestLab.Token);

        Assert.Single(await lab.DueAsync());
    }

    [Fact]
    public void Inputs_OfOthersThanMunicipalities_MakeNoBenchmark()
    {
        CurrentLook Of(string organisation)
        {
            var plan = BenchmarkWorld.PlanOf("0180") with { Organisation = new(organisation) };
            return new CurrentLook(new RegisteredPlan(plan, PlanHash.Of(plan), PlanTiming.Prospective, "anna", TestLab.Start), "ips", 1, "run", 1);
        }

        Assert.Equal(["0180"], Assert.Single(BenchmarkInputs.Of([Of("region-01"), Of("0180")])).Looks.Select(l => l.Registered.Plan.Organisation.Code));
        Assert.Empty(BenchmarkInputs.Of([Of("region-01")]));
    }

    private static Task<IReadOnlyList<Released<ReleasedBenchmark>>> ListAsync(TestLab lab) =>
        lab.Catalogue.Benchmarks.ListAsync(new BenchmarkFilter("ips", null), Audience.Analyst, null, 10, TestLab.Token);

    private static async Task<(Evaluated Found, Dictionary<PersonId, double> Influence)> EvaluateAsync(TestLab lab, string municipality)
    {
        var plan = BenchmarkWorld.PlanOf(municipality);
        var registered = (await lab.Catalogue.Plans.FindPlanAsync(plan.Id, TestLab.Token))!;
        var snapshot = Snapshot.Of(plan.Project, await lab.Catalogue.Submissions.InProjectAsync(plan.Project, TestLab.Token));
        var trials = await new CohortBuilder(lab.Lake, lab.Catalogue, lab.FollowUp).BuildTrialsAsync(
            plan, SamplePlans.Intervention with { Organisation = plan.Organisation }, snapshot, TestLab.Token);
        var found = await new EvaluationPipeline(new LogisticRegression()).EvaluateAsync(
            registered, LookBudgets.For(plan, 1, 0), trials, [], false, (_, _) => Task.CompletedTask, TestLab.Token);
        var influence = new Dictionary<PersonId, double>();
        for (var i = 0; i < found.Cohort.Rows; i++)
        {
            var person = trials.PersonIdOf(found.Cohort.TrialRow[i]);
            influence[person] = influence.GetValueOrDefault(person) + found.Effect!.InfluenceValues.Span[i];
        }

        return (found, influence);
    }

    private static double[] DoubleLoop(List<(Evaluated Found, Dictionary<PersonId, double> Influence)> separate)
    {
        var k = separate.Count;
        var covariance = new double[k * k];
        for (var a = 0; a < k; a++)
        {
            for (var b = 0; b < k; b++)
            {
                foreach (var (person, value) in separate[a].Influence)
                {
                    if (separate[b].Influence.TryGetValue(person, out var other)) covariance[(a * k) + b] += value * other;
                }
            }
        }

        return covariance;
    }

    private static T Fitted<T>(Estimable<T> answer) => Assert.IsType<Estimated<T>>(answer).Value;
}
