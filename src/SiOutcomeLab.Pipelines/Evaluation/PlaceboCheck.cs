using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation.Comparisons;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>
/// Held-out lags, compared as if they were outcomes by the headline's own comparison. What lies before the start the intervention cannot
/// have changed, so that nothing of the outcome is read here.
/// </summary>
/// <param name="Tested">How many were estimable.</param>
/// <param name="Significant">How many differ, Holm-adjusted.</param>
/// <param name="LargestShare">The largest difference over what the plan tolerates; null when none was estimable.</param>
/// <param name="Failing">The lags that differ by more than the plan tolerates.</param>
internal sealed record PlaceboCheck(int Tested, int Significant, double? LargestShare, IReadOnlyList<string> Failing)
{
    public static PlaceboCheck None { get; } = new(0, 0, null, []);

    public static PlaceboCheck Of(EvaluationPlan plan, ITrials trials, Cohort cohort, Comparison comparison)
    {
        var placebos = new List<PlaceboEstimate>();
        for (var i = 0; i < (plan.Placebos?.Count ?? 0); i++)
        {
            var placebo = plan.Placebos![i];
            var values = DesignBuilder.Of(trials.HeldOutColumn(i), cohort.TrialRow);
            // A lag that is missing for some would compare other persons than the headline does.
            if (!Array.TrueForAll(values, double.IsFinite)) continue;
            if (comparison.Estimate(values, plan.ConfidenceLevel) is not Estimated<EffectResult> { Value: var found } || !(found.StandardError > 0)) continue;
            placebos.Add(new PlaceboEstimate($"{placebo.Measure}@{placebo.Lag}", found.Estimate, found.StandardError, placebo.LargestTolerable));
        }

        return PlaceboTest.Judge(placebos, 1 - plan.ConfidenceLevel).Match(
            verdict => new PlaceboCheck(
                placebos.Count,
                verdict.Estimates.Count(e => e.PValueOfZero < 1 - plan.ConfidenceLevel),
                placebos.Max(p => Math.Abs(p.Estimate) / p.Size),
                [.. verdict.Estimates.Where(e => e.Grade == PlaceboGrade.Fail).Select(e => e.Placebo.Name)]),
            (_, _) => None);
    }
}
