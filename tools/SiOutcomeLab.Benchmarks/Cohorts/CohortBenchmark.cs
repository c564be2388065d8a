using System.Text;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Benchmarks.Cohorts;

/// <summary>
/// A project's follow-up read into the store that all its plans share, beside a bare scan of the same columns in the same run; and the
/// trials of plans built from it.
/// </summary>
internal static class CohortBenchmark
{
    private static readonly string[] Variables =
    [
        "birth_year", "earnings_sek", "education_level", "employment_months", "exit_reason", "household_type", "income_support_months", "placement_days",
        "psychiatry_visits", "school_absence_percent", "sex",
    ];

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var (persons, municipalities, years) = (arguments.Number("persons", 100_000), arguments.Number("municipalities", 30), arguments.Number("years", 5));
        var repetitions = arguments.Number("repetitions", 5);
        var folder = Directory.CreateTempSubdirectory("silab-cohort-");
        try
        {
            using var lake = new FolderLake(folder.FullName, TimeProvider.System);
            var made = new MadeLake(lake, persons, municipalities, years);
            await made.MakeAsync(cancellationToken);
            var first = new Period(PeriodLength.Quarter, MadeLake.FirstYear * 4);
            var request = new FollowUpRequest(made.Submissions, Variables, first, first.Plus((years * 4) - 1), EveryPerson: false);
            var columns = Variables.Concat(["person_id", "period_start", "municipality_code"]).ToHashSet(StringComparer.Ordinal);
            var (rows, store) = (0L, (FollowUpStore?)null);
            var (scan, one, two) = (new Laps(), new Laps(), new Laps());
            for (var i = -1; i < repetitions; i++)
            {
                // Taken in turn: how fast the machine is drifts when others use it too, and a ratio is then of neighbours.
                await scan.TakeAsync(i >= 0, async () => rows = await new BareScan(lake, columns).RunAsync(made.Submissions, cancellationToken));
                await one.TakeAsync(i >= 0, async () => store = await new FollowUpReader(lake, long.MaxValue, 1).ReadAsync(request, cancellationToken));
                await two.TakeAsync(i >= 0, async () => store = await new FollowUpReader(lake, long.MaxValue, 2).ReadAsync(request, cancellationToken));
            }

            var (own, ownRows) = await BuildAsync(repetitions, store!, Plan(ComparisonPool.OwnOrganisation, years));
            var (project, projectRows) = await BuildAsync(repetitions, store!, Plan(ComparisonPool.Project, years));
            var machine = Machine.Read();
            var row = new CohortRow(
                persons, municipalities, made.Submissions.Count, rows, made.Submissions.Sum(s => s.Observations.Bytes), scan.Took, one.Took, two.Took,
                one.ProcessorBeside(scan), two.WallBeside(scan), store!.Bytes, own, ownRows, project, projectRows);
            var path = await ResultFiles.WriteAsync(
                arguments.Text("out", ResultFiles.Folder()), "cohort", Markdown(machine, repetitions, row), new { machine, repetitions, row }, TimeProvider.System, cancellationToken);
            Console.WriteLine(Markdown(machine, repetitions, row));
            Console.WriteLine($"Written to {path}.md and .json");
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(Took Time, int Rows)> BuildAsync(int repetitions, FollowUpStore store, EvaluationPlan plan)
    {
        var methods = Enumerable.Range(0, 1000).ToDictionary(m => (new OrganisationId(MadeLake.Code(m)), "ips"), _ => "ips");
        Func<Submission, bool> isVisible = s => plan.Pool == ComparisonPool.Project || s.Organisation == plan.Organisation;
        return await TimeAsync(repetitions, () =>
        {
            var view = new PlanView(store, isVisible);
            var trials = new TrialCohort(new RiskSets(plan, TrialOptions.Of(plan), view, new PlanStarts(plan, "ips", methods, view, isVisible)).Assemble());
            return Task.FromResult(trials.For(0).Rows);
        });
    }

    private static EvaluationPlan Plan(ComparisonPool pool, int years)
    {
        var first = new Period(PeriodLength.Quarter, (MadeLake.FirstYear + 1) * 4);
        return new EvaluationPlan(
            "bench", 1, new OrganisationId(MadeLake.Code(0)), new ProjectId("bench"), new InterventionCode("ips"), new BilingualText("b", "b"), PeriodLength.Quarter,
            first, first.Plus((years - 3) * 4), [new TargetCondition("birth_year", 1, 1965, 2000, null)],
            new OutcomeDefinition(new MeasureCode("employment_months"), 4, OutcomeSummary.SumToHorizon),
            [
                new("sex", 1), new("birth_year", 1), new("education_level", 1), new("household_type", 1), new("income_support_months", 1),
                new("income_support_months", 2), new("employment_months", 1), new("employment_months", 2), new("earnings_sek", 1), new("psychiatry_visits", 1),
            ],
            pool, new BalancingMethod.EntropyBalancing(), EstimatorKind.EntropyBalancing, [], TieOrder.Pseudonym, 10, 10, null, 0.95, new DateOnly(2026, 1, 1), 1);
    }

    private static async Task<(Took Time, int Rows)> TimeAsync(int repetitions, Func<Task<int>> work)
    {
        var (laps, rows) = (new Laps(), 0);
        for (var i = -1; i < repetitions; i++) await laps.TakeAsync(i >= 0, async () => rows = await work());
        return (laps.Took, rows);
    }

    private static string Markdown(Machine machine, int repetitions, CohortRow row)
    {
        var text = new StringBuilder();
        text.AppendLine("# A project's follow-up read once, beside a bare scan of the same columns");
        text.AppendLine();
        text.AppendLine($"{machine.Processor}, {machine.Cores} cores, {machine.MemoryGigabytes} GB; {machine.System}; {machine.Runtime}; "
            + $"load average at the end {machine.Load}. Median seconds of {repetitions} after one warm-up (minimum–maximum), "
            + "taken in turn; a ratio is the median of those of neighbours.");
        text.AppendLine();
        text.AppendLine($"{row.Persons} persons, {row.Municipalities} municipalities, a region and an agency; {row.Files} files, {row.Rows} rows, {row.FileBytes / 1e6:F0} MB; "
            + $"{Variables.Length} variables. The store takes {row.StoreBytes / 1e6:F0} MB.");
        text.AppendLine();
        text.AppendLine("| what | seconds | processor seconds | beside the scan |");
        text.AppendLine("|---|---|---|---|");
        text.AppendLine($"| bare scan, 1 thread | {Cell(row.Scan)} | 1 |");
        text.AppendLine($"| reading, 1 thread | {Cell(row.OneThread)} | {Cell(row.OneThreadBeside, "F2")} of processor time |");
        text.AppendLine($"| reading, 2 threads | {Cell(row.TwoThreads)} | {Cell(row.TwoThreadsBeside, "F2")} of elapsed time |");
        text.AppendLine($"| trials of one municipality, {row.OwnRows} rows | {Cell(row.OwnTrials)} | |");
        text.AppendLine($"| trials of the whole project, {row.ProjectRows} rows | {Cell(row.ProjectTrials)} | |");
        return text.ToString();
    }

    private static string Cell(Took took) => $"{Cell(took.Wall)} | {Cell(took.Processor)}";

    private static string Cell(Timing timing, string format = "F3") =>
        $"{timing.Median.ToString(format)} ({timing.Minimum.ToString(format)}–{timing.Maximum.ToString(format)})";
}

/// <summary>What was measured.</summary>
internal sealed record CohortRow(
    int Persons, int Municipalities, int Files, long Rows, long FileBytes, Took Scan, Took OneThread, Took TwoThreads, Timing OneThreadBeside,
    Timing TwoThreadsBeside, long StoreBytes, Took OwnTrials, int OwnRows, Took ProjectTrials, int ProjectRows);
