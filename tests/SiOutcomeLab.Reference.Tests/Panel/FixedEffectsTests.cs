using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Reference.Tests.Panel;

/// <summary>Two-way fixed effects, Sun and Abraham, Goodman-Bacon against fixest and the decomposition in R.</summary>
public sealed class FixedEffectsTests
{
    private const double Relative = 1e-9;
    private static readonly FlatValues R = FlatValues.Did;

    [Fact]
    public void Static_SimulatedPanel_GivesEveryStandardError()
    {
        var fit = Lalonde.Value(TwoWayFixedEffects.Static(SimulatedPanel.Rows(covariates: false)));
        Close.To(R["sim_twfe.table.est"], fit.Coefficients[0], Relative);
        Close.To(R["sim_twfe.r2"], fit.RSquared, Relative);
        Close.To(R["sim_twfe.wr2"], fit.WithinRSquared, Relative);
        Error("table.se", StandardErrorType.ClusterHc1);
        Error("se_iid", StandardErrorType.Classical);
        Error("se_hetero", StandardErrorType.Hc1);
        Error("se_cluster_cluster", StandardErrorType.ClusterHc1, SimulatedPanel.Cluster);
        Error("se_twoway", StandardErrorType.TwoWayHc1);
        Error("se_nossc", StandardErrorType.ClusterHc1, finiteSample: false);

        void Error(string id, StandardErrorType type, int[]? clusters = null, bool finiteSample = true) =>
            Close.To(R[$"sim_twfe.{id}"], Lalonde.Value(fit.Covariance(type, clusters, finiteSample: finiteSample)).StandardError(0), Relative, id);
    }

    [Fact]
    public void EventStudy_SimulatedPanel_GivesCoefficientsAndCovariance()
    {
        var fit = Lalonde.Value(TwoWayFixedEffects.EventStudy(SimulatedPanel.Rows(covariates: false)));
        var covariance = Lalonde.Value(fit.Covariance());
        Assert.Equal(10, fit.Coefficients.Count);
        for (var j = 0; j < 10; j++)
        {
            Close.To(R[$"sim_event.table.est{j + 1}"], fit.Coefficients[j], Relative);
            Close.To(R[$"sim_event.table.se{j + 1}"], covariance.StandardError(j), Relative);
            for (var k = 0; k < 10; k++) Close.To(R[$"sim_event.cov{(j * 10) + k + 1}"], covariance.Matrix[j, k], 1e-8, $"cov {j} {k}");
        }
    }

    [Fact]
    public void Estimate_SunAbraham_GivesEveryAverage()
    {
        var effects = Lalonde.Value(SunAbraham.Estimate(SimulatedPanel.Rows(covariates: false)));
        var clustered = Lalonde.Value(SunAbraham.Estimate(SimulatedPanel.Rows(covariates: false, clusters: true)));
        Rows("sim_sunab.table", effects.ByEventTime);
        Rows("sim_sunab.se_cluster_cluster", clustered.ByEventTime);
        Rows("sim_sunab.disaggregated", [.. effects.Cells.Select(cell => (cell.EventTime, cell.Estimate))]);
        Tested("sim_sunab.att", "", effects.Overall!.Value);
        for (var k = 0; k < 3; k++) Tested("sim_sunab.cohort", $"{k + 1}", effects.ByCohort[k].Estimate);

        void Rows(string block, IReadOnlyList<(int Key, PointEstimate Estimate)> found)
        {
            for (var k = 0; k < found.Count; k++)
            {
                Close.To(R[$"{block}.est{k + 1}"], found[k].Estimate.Value, Relative, $"{block} {k}");
                Close.To(R[$"{block}.se{k + 1}"], found[k].Estimate.StandardError, Relative, $"{block} {k}");
            }

            Assert.Null(R.Find($"{block}.est{found.Count + 1}"));
        }

        void Tested(string block, string number, PointEstimate found)
        {
            Close.To(R[$"{block}.Estimate{number}"], found.Value, Relative, block);
            Close.To(R[$"{block}.Std. Error{number}"], found.StandardError, Relative, block);
            var t = found.Value / found.StandardError;
            Close.To(R[$"{block}.t value{number}"], t, Relative, block);
            Close.To(R[$"{block}.Pr(>|t|){number}"], 2 * StudentT.CDF(0, 1, effects.Covariance.DegreesOfFreedom, -t), 1e-6, block);
        }
    }

    [Fact]
    public void Decompose_SimulatedPanel_GivesEveryComparison()
    {
        var rows = SimulatedPanel.Rows(covariates: false);
        var comparisons = Lalonde.Value(GoodmanBacon.Decompose(rows.Balanced()));
        Assert.Equal(9, comparisons.Count);
        for (var k = 0; k < 9; k++)
        {
            var (control, treated) = ((int)R[$"sim_bacon.table.l{k + 1}"], (int)R[$"sim_bacon.table.k{k + 1}"]);
            var found = comparisons.Single(c => c.Treated == treated && c.Control == (control == 0 ? PanelRows.NeverTreated : control));
            Close.To(R[$"sim_bacon.table.est{k + 1}"], found.Estimate, 1e-10, $"{k}");
            Close.To(R[$"sim_bacon.table.w{k + 1}"], found.Weight, 1e-10, $"{k}");
        }

        var coefficient = Lalonde.Value(TwoWayFixedEffects.Static(rows)).Coefficients[0];
        Assert.Equal(coefficient, comparisons.Sum(c => c.Weight * c.Estimate), 1e-10);
    }

    [Fact]
    public void Fit_TwoPeriodsWithCovariates_IsPooledRegression()
    {
        int[] rows = [.. Enumerable.Range(0, SimulatedPanel.File.Count).Where(i => SimulatedPanel.Time[i] is 3 or 5 && SimulatedPanel.First[i] != 7)];
        int[] group = [.. rows.Select(i => SimulatedPanel.First[i] == PanelRows.NeverTreated ? 0 : 1)];
        int[] late = [.. rows.Select(i => SimulatedPanel.Time[i] == 5 ? 1 : 0)];
        var regressors = DesignMatrix.FromColumns(
        [
            ("treated", [.. group.Zip(late, (g, t) => (double)(g * t))]), ("x1", [.. rows.Select(i => SimulatedPanel.X1[i])]),
            ("x2", [.. rows.Select(i => SimulatedPanel.X2[i])])
        ]);
        var fit = Lalonde.Value(TwoWayFixedEffects.Fit([.. rows.Select(i => SimulatedPanel.Outcome[i])], regressors, group, late));
        Close.To(R["DRDID_twfe_did_panel.att"], fit.Coefficients[0], 1e-9);
        var error = Lalonde.Value(fit.Covariance(StandardErrorType.Hc0)).StandardError(0);
        // Here DRDID still divides by n − 1 where its other estimators divide by n.
        Close.To(R["DRDID_twfe_did_panel.se"], error * Math.Sqrt(fit.Rows / (fit.Rows - 1.0)), 1e-9);
    }
}
