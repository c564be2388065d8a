using System.Text;
using SiOutcomeLab.Simulation.Estimators;

namespace SiOutcomeLab.Simulation.Running;

/// <summary>The results as people read them, and as a table for programs.</summary>
internal static class StudyReport
{
    private const double LeastCoverage = 0.935;
    private const double MostCoverage = 0.97;

    public static string Line(ScenarioResult result)
    {
        var first = result.Tallies.FirstOrDefault(t => t.Estimator == PersonEstimators.Headline) ?? result.Tallies[0];
        return $"{Title(result)}: {first.Estimator}: bias {first.Bias:F4}, coverage {first.Coverage:P1}, rejects {first.Rejected:P1}";
    }

    public static string Markdown(IReadOnlyList<ScenarioResult> results, StudyOptions options)
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"""
            # Simulation study
            {options.Replicates} replicates a row, seed {options.Seed}. The truth is the mean expected effect of exactly the persons that an
            estimate holds for, in that replicate. **bias** with its Monte Carlo error; **SD** of estimate minus truth; **SE** the mean
            standard error; **cover** the share of 95 % intervals that hold the truth, with its 99 % interval; **rejects** the share that
            leaves out no effect: power, or type-I error in the row below it; **gate** the share that the balance gate passes. ✓: the
            estimator's assumptions hold and the coverage's interval meets
            [{LeastCoverage:P1}, {MostCoverage:P0}]; ✗: they hold and it does not; –: they do not hold.

            """);
        foreach (var pair in results.GroupBy(r => r.Scenario))
        {
            text.AppendLine($"## {pair.Key.Name}").AppendLine(pair.Key.What).AppendLine();
            text.AppendLine("| estimator | effect | bias | SD | SE | cover | | rejects | type I | gate | not estimable |");
            text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
            var nothing = pair.FirstOrDefault(r => r.IsNull);
            foreach (var tally in pair.First(r => !r.IsNull).Tallies)
            {
                var without = nothing?.Tallies.First(t => t.Estimator == tally.Estimator);
                text.AppendLine(Row(pair.Key.AssumptionsHold(tally.Estimator), tally, without));
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    public static string Csv(IReadOnlyList<ScenarioResult> results)
    {
        var text = new StringBuilder(
            "scenario,null,estimator,replicates,estimated,truth,bias,bias_mcse,sd,se,rmse,"
            + "coverage,coverage_low,coverage_high,rejects,gate\n");
        foreach (var result in results)
        {
            foreach (var t in result.Tallies)
            {
                var (low, high) = t.CoverageInterval;
                text.AppendLine(
                    $"\"{result.Scenario.Name}\",{(result.IsNull ? 1 : 0)},\"{t.Estimator}\",{t.Replicates},{t.Estimated},"
                    + $"{t.Truth:R},{t.Bias:R},{t.BiasError:R},{t.Spread:R},"
                    + $"{t.MeanStandardError:R},{t.RootMeanSquare:R},{t.Coverage:R},{low:R},{high:R},{t.Rejected:R},{t.GatePassRate:R}");
            }
        }

        return text.ToString();
    }

    private static string Row(bool holds, Tally tally, Tally? without)
    {
        if (tally.Estimated == 0) return $"| {tally.Estimator} | | | | | | | | | {Gate(tally)} | {Refusals(tally)} |";
        var (low, high) = tally.CoverageInterval;
        var mark = !holds ? "–" : low <= MostCoverage && high >= LeastCoverage ? "✓" : "✗";
        var typeOne = without is { Estimated: > 0 } ? $"{without.Rejected:P1}" : string.Empty;
        return $"| {tally.Estimator} | {tally.Truth:F3} | {tally.Bias:F4} ± {tally.BiasError:F4} | {tally.Spread:F4} "
            + $"| {tally.MeanStandardError:F4} | {tally.Coverage:P1} ({low:P1}–{high:P1}) | {mark} | {tally.Rejected:P1} "
            + $"| {typeOne} | {Gate(tally)} | {Refusals(tally)} |";
    }

    private static string Gate(Tally tally) => tally.GatePassRate is { } rate ? $"{rate:P0}" : string.Empty;

    private static string Refusals(Tally tally) =>
        string.Join(", ", tally.Refusals.OrderByDescending(r => r.Value).Select(r => $"{r.Key} {r.Value / (double)tally.Replicates:P1}"));

    private static string Title(ScenarioResult result) => result.Scenario.Name + (result.IsNull ? ", no effect" : string.Empty);
}
