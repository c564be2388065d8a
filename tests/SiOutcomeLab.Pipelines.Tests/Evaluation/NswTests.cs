using System.Globalization;
using System.Text.Json;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;
using NotEstimableReason = SiOutcomeLab.Domain.Effects.NotEstimableReason;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

/// <summary>
/// The whole way of NSW, from Parquet through intake, lake, cohort and pipeline, beside the statistics library called directly on
/// <c>nsw.csv</c>: what lies between the two may not move a number.
/// </summary>
public sealed class NswTests
{
    private const double Tolerance = 1e-9;

    private static readonly string Folder = Path.Combine(RepositoryFolder.Datasets, "nsw");

    [Fact]
    public async Task Evaluate_EntropyBalancingPlan_EqualsTheLibraryOnTheCsv()
    {
        var result = await RunAsync("nsw-entropy-balancing");

        var (design, treated, outcome) = ReadCsv();
        var entropy = Value(EntropyBalancing.Att(design, treated, TestLab.Token));
        var fit = Value(new LogisticRegression().Fit(design, treated, TestLab.Token));
        var inverse = Value(InversePropensity.Weights(fit, treated, Estimand.Treated));
        Close(Value(WeightedDifference.Estimate(outcome, treated, entropy)), result.Estimates[0], 185);
        Close(Value(WeightedDifference.Estimate(outcome, treated, inverse)), result.Estimates[1], 185);
        Close(Value(AugmentedInversePropensity.Att(outcome, treated, inverse, design)), result.Estimates[2], 185);
        var overlap = Value(Overlap.Compute(fit.Scores.Span, treated));
        Close(overlap.Coefficient, result.Estimates[0].Diagnostics!.OverlapCoefficient!.Value);
        Assert.Equal(
            [
                new FlowStep(FlowStepKind.Observed, 185, 429), new FlowStep(FlowStepKind.InTargetGroup, 185, 429), new FlowStep(FlowStepKind.CovariatesKnown, 185, 429),
                new FlowStep(FlowStepKind.OutcomeObserved, 185, 429), new FlowStep(FlowStepKind.Used, 185, 429),
            ],
            result.Flow);
    }

    [Fact]
    public async Task Evaluate_NearestNeighbourPlan_FailsOnTheLibrarysOwnBalance()
    {
        var result = await RunAsync("nsw-nearest-neighbour");

        var (design, treated, _) = ReadCsv();
        var fit = Value(new LogisticRegression().Fit(design, treated, TestLab.Token));
        long[] order = [.. Enumerable.Range(0, treated.Length).Select(i => (long)i)];
        var sample = Value(NearestNeighbour.Match(fit.Scores.Span, treated, order, new NearestNeighbourOptions { Ratio = 1, Replacement = false }));
        // The gate also judges the share of the baseline level, which is in no model.
        double[] black = [.. Enumerable.Range(0, treated.Length).Select(i => 1 - design[i, 2] - design[i, 3])];
        var judged = DesignMatrix.FromColumns([.. Enumerable.Range(0, design.Columns).Select(j => (design.Names[j], design.Column(j).ToArray())), ("black", black)]);
        var table = Value(BalanceTable.Compute(judged, treated, sample.Weights.Span));
        var headline = Assert.Single(result.Estimates);
        Assert.Equal(NotEstimableReason.BalanceGateFailed, headline.NotEstimable!.Reason);
        Close(table.LargestSmdAfter, headline.Diagnostics!.LargestSmdAfter);
        Close(table.LargestSmdBefore, headline.Diagnostics.LargestSmdBefore);
        Assert.Equal(table.Covariates.Count, headline.Diagnostics.Balance.Count);
    }

    private static async Task<EvaluationResult> RunAsync(string planId)
    {
        await using var lab = await TestLab.OpenAsync();
        foreach (var intervention in Read<Intervention[]>("interventions.json")) await lab.Catalogue.Plans.TryRegisterInterventionAsync(intervention, TestLab.Token);
        var manifest = SubmissionManifest.Read(await File.ReadAllBytesAsync(Path.Combine(Folder, "manifest.json"), TestLab.Token)).Manifest!;
        await using var intake = new TestIntake(lab);
        var observations = await File.ReadAllBytesAsync(Path.Combine(Folder, "observations.parquet"), TestLab.Token);
        var participations = await File.ReadAllBytesAsync(Path.Combine(Folder, "participations.parquet"), TestLab.Token);
        var outcome = await intake.SendAsync(manifest, observations, participations);
        Assert.True(outcome.IsAccepted);
        var plan = Read<EvaluationPlan[]>("plans.json").Single(p => p.Id == planId);
        await lab.RegisterAsync(plan, PlanTiming.Retrospective);
        var run = await lab.EnqueueAsync(plan);
        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
        return JsonSerializer.Deserialize<EvaluationResult>((await lab.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token))!, DomainJson.Options)!;
    }

    private static T Read<T>(string file) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(Folder, file)), DomainJson.Options)!;

    private static (DesignMatrix Design, bool[] Treated, double[] Outcome) ReadCsv()
    {
        var rows = File.ReadLines(Path.Combine(Folder, "nsw.csv")).Skip(1).Select(line => line.Replace("\"", string.Empty, StringComparison.Ordinal).Split(',')).ToArray();
        double[] Numbers(int column) => [.. rows.Select(r => double.Parse(r[column], CultureInfo.InvariantCulture))];
        double[] Race(string level) => [.. rows.Select(r => r[4] == level ? 1.0 : 0)];
        var design = DesignMatrix.FromColumns(
        [
            ("age", Numbers(2)), ("educ", Numbers(3)), ("hispan", Race("hispan")), ("white", Race("white")), ("married", Numbers(5)), ("nodegree", Numbers(6)),
            ("re74", Numbers(7)), ("re75", Numbers(8)),
        ]);
        return (design, [.. rows.Select(r => r[1] == "1")], Numbers(9));
    }

    private static void Close(EffectResult expected, EffectEstimate actual, int treated)
    {
        var numbers = actual.Estimate!;
        Assert.Equal(treated, numbers.Treated);
        Assert.Equal(expected.ComparisonUsed, numbers.Comparison);
        Close(expected.Estimate, numbers.Point);
        Close(expected.StandardError, numbers.StandardError);
        Close(expected.ConfidenceLow, numbers.Low);
        Close(expected.ConfidenceHigh, numbers.High);
        Close(expected.PValue, numbers.PValue);
        Close(expected.MeanTreated, numbers.TreatedMean);
        Close(expected.MeanCounterfactual, numbers.CounterfactualMean);
        Close(expected.EffectiveComparison, numbers.EffectiveComparison);
    }

    private static void Close(double expected, double actual) => Assert.Equal(expected, actual, Math.Abs(expected) * Tolerance);

    private static T Value<T>(Estimable<T> answer) =>
        answer.Match(value => value, (reason, detail) => throw new InvalidOperationException($"{reason}: {detail}"));
}
