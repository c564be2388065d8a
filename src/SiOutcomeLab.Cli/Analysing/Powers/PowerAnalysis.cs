using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Power;

namespace SiOutcomeLab.Cli.Analysing.Powers;

/// <summary><c>silab analyse power</c>: persons, effect or power by formula; and the power again by simulation, on request.</summary>
internal static class PowerAnalysis
{
    public static AnalysisReport Run(PowerChoices choices, CancellationToken cancellationToken)
    {
        var report = new AnalysisReport { Analysis = "power" };
        var inflation = choices.ClusterSize > 1 ? VarianceInflation.FromClusters(choices.ClusterSize, choices.Correlation) : 1;
        Settings(report, choices, inflation);
        var solved = new PowerFormula(choices, inflation).Solve();
        if (solved is NotEstimable<PowerSolution> none)
        {
            report.NotEstimable = new(none.Reason, none.Detail);
            return report;
        }

        var answer = ((Estimated<PowerSolution>)solved).Value;
        var isPaired = choices.Design == PowerDesign.Paired;
        EstimateLine power = new("power", "power") { Estimate = answer.Power };
        EstimateLine effect = new(
            choices.Effect is null ? "minimumDetectableEffect" : "effect", choices.Design == PowerDesign.Proportions ? "difference in shares" : "difference")
        {
            Estimate = answer.Effect,
        };
        EstimateLine persons = new(isPaired ? "pairs" : "treated", "persons") { Estimate = choices.Treated is null ? Math.Ceiling(answer.Treated) : answer.Treated };
        EstimateLine comparison = new("comparison", "persons")
        {
            Estimate = choices.Treated is null ? Math.Ceiling(answer.Treated * choices.Ratio) : answer.Treated * choices.Ratio,
        };
        EstimateLine[] found = choices.Power is null ? [power, effect, persons] : choices.Effect is null ? [effect, persons, power] : [persons, effect, power];
        report.Estimates.AddRange(found);
        if (!isPaired) report.Estimates.Add(comparison);
        report.Diagnostics.Add(new("varianceInflation", inflation, inflation == 1 ? null : new(
            "variansfaktor av kluster",
            "variance factor of clusters")));
        report.Diagnostics.Add(new("treatedUnrounded", answer.Treated, null));
        if (choices.Replicates is { } replicates) Simulate(report, choices, answer, replicates, cancellationToken);
        return report;
    }

    private static void Simulate(
        AnalysisReport report, PowerChoices choices, PowerSolution answer, int replicates, CancellationToken cancellationToken)
    {
        var trial = new SimulatedTrial(choices, (int)Math.Ceiling(answer.Treated), (int)Math.Ceiling(answer.Treated * choices.Ratio), answer.Effect);
        var simulated = SimulatedPower.Run(trial.IsSignificant, replicates, (ulong)choices.Seed, cancellationToken: cancellationToken);
        report.Estimates.Add(simulated.Match(
            result => new EstimateLine("simulatedPower", "power")
            {
                Estimate = result.Power,
                StandardError = result.MonteCarloError,
                StandardErrorType = "MonteCarlo",
                Low = result.Low,
                High = result.High,
                N = result.Replicates,
            },
            (reason, detail) => new EstimateLine("simulatedPower", "power") { Refusal = new(reason, detail) }));
    }

    private static void Settings(AnalysisReport report, PowerChoices choices, double inflation) => report.Settings.AddRange(
    [
        ("design", choices.DesignWord), ("treated", choices.Treated), ("ratio", choices.Design == PowerDesign.Paired ? null : choices.Ratio),
        ("effect", choices.Effect), ("power", choices.Power), ("sd", choices.Design == PowerDesign.Proportions ? null : choices.Deviation),
        ("share", choices.Design == PowerDesign.Proportions ? choices.Share : null), ("alpha", choices.Alpha), ("oneSided", choices.OneSided),
        ("clusterSize", inflation == 1 ? null : choices.ClusterSize), ("icc", inflation == 1 ? null : choices.Correlation),
        ("replicates", choices.Replicates), ("seed", choices.Replicates is null ? null : choices.Seed),
    ]);
}
