using SiOutcomeLab.Simulation.Running;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Numerics;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Simulation.Scenarios;

/// <summary>
/// 300 units followed for eight periods, three cohorts that start one after another and a group that never does. The untreated trend
/// depends on a covariate that also decides the start, and effects grow with time since the start, more so in the earliest cohort.
/// </summary>
internal sealed class StaggeredScenario : IScenario
{
    private const int Units = 300;
    private const int Periods = 8;
    private static readonly int[] Starts = [PanelRows.NeverTreated, 4, 5, 7];

    public string Name => "staggered starts";

    public string What =>
        "300 units × 8 periods, three cohorts; trends and starts share a covariate, effects grow with time and differ by cohort.";

    public IReadOnlyList<string> Estimators { get; } =
        ["Callaway–Sant'Anna", "Callaway–Sant'Anna, not yet treated", "two-way fixed effects"];

    public bool AssumptionsHold(string estimator) => estimator != "two-way fixed effects";

    public IReadOnlyList<Answer> Replicate(ReplicateRandom draws, bool isNull)
    {
        var (first, x) = (new int[Units], new double[Units]);
        var outcome = new double[Periods][];
        for (var t = 0; t < Periods; t++) outcome[t] = new double[Units];
        double effectSum = 0, cells = 0;
        for (var i = 0; i < Units; i++)
        {
            x[i] = draws.NextNormal();
            // Half never start; a large x makes starting likelier.
            var starts = draws.NextBool(1 / (1 + Math.Exp(-0.7 * x[i])));
            first[i] = starts ? Starts[1 + draws.Below(3)] : PanelRows.NeverTreated;
            var own = draws.NextNormal();
            for (var t = 0; t < Periods; t++)
            {
                var since = first[i] == PanelRows.NeverTreated ? -1 : t + 1 - first[i];
                var effect = isNull || since < 0 ? 0 : (0.3 + (0.15 * since)) * (first[i] == Starts[1] ? 1.5 : 1);
                outcome[t][i] = own + (0.1 * t) + (0.15 * t * x[i]) + effect + draws.NextNormal();
                if (since < 0) continue;
                effectSum += effect;
                cells++;
            }
        }

        // The simple average weighs each treated unit and period alike, as the estimators' target does.
        var truth = effectSum / cells;
        var data = new PanelData([.. Enumerable.Range(1, Periods)], outcome, first, DesignMatrix.Keeping([("x", x)]));
        return
        [
            Told(Estimators[0], data, ControlGroup.NeverTreated, truth),
            Told(Estimators[1], data, ControlGroup.NotYetTreated, truth),
            Static(first, outcome, truth),
        ];
    }

    private static Answer Told(string name, PanelData data, ControlGroup controls, double truth) =>
        CallawaySantAnna.Estimate(data, new CallawaySantAnnaOptions { Controls = controls }, threads: 1)
            .Then(effects => effects.Aggregate(Aggregation.Simple)
                .Map(simple => (simple.Overall, Interval: effects.Interval(simple.Overall))))
            .Match(
                a => new Answer(name, truth, a.Overall.Value, a.Overall.StandardError, a.Interval.Low, a.Interval.High, null),
                (reason, _) => Answer.Refused(name, reason.ToString()));

    private Answer Static(int[] firstTreated, double[][] observed, double truth)
    {
        var rows = Units * Periods;
        var (units, periods, first, outcome) = (new long[rows], new int[rows], new int[rows], new double[rows]);
        for (int i = 0, at = 0; i < Units; i++)
        {
            for (var t = 0; t < Periods; t++, at++)
            {
                (units[at], periods[at], first[at], outcome[at]) = (i, t + 1, firstTreated[i], observed[t][i]);
            }
        }

        const double Critical = 1.959963984540054;
        return TwoWayFixedEffects.Static(new PanelRows(units, periods, first, outcome))
            .Then(fit => fit.Covariance().Map(covariance => (Value: fit.Coefficients[0], Error: Math.Sqrt(covariance.Matrix[0, 0]))))
            .Match(
                a => new Answer(
                    Estimators[2], truth, a.Value, a.Error, a.Value - (Critical * a.Error), a.Value + (Critical * a.Error), null),
                (reason, _) => Answer.Refused(Estimators[2], reason.ToString()));
    }
}
