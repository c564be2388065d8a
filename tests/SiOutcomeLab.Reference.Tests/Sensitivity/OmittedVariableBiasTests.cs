using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Reference.Tests.Sensitivity;

/// <summary>Robustness values and benchmark bounds against sensemakr's formulas on R's lm, and its published Darfur example.</summary>
public sealed class OmittedVariableBiasTests
{
    // Six digits of a robustness value are left when it is a difference of 0.0807 and 0.0801: R's inputs carry 12.
    private const double AfterCancellation = 1e-8;
    private static readonly FlatValues R = FlatValues.Sensitivity;

    [Fact]
    public void RobustnessValue_Darfur_GivesPublishedValues()
    {
        const double t = 4.18445;
        const int dof = 783;
        Close.To(R["sensemakr_darfur.r2"], OmittedVariableBias.PartialR2(t, dof), Close.ClosedForm);
        Close.To(R["sensemakr_darfur.rv"], OmittedVariableBias.RobustnessValue(t, dof), Close.ClosedForm);
        Close.To(R["sensemakr_darfur.rv_half"], OmittedVariableBias.RobustnessValue(t, dof, 0.5), Close.ClosedForm);
        Close.To(R["sensemakr_darfur.rv_alpha"], OmittedVariableBias.RobustnessValue(t, dof, 1, 0.05), Close.ClosedForm);
        Close.To(R["sensemakr_darfur.rv_half_alpha"], OmittedVariableBias.RobustnessValue(t, dof, 0.5, 0.05), AfterCancellation);
        // As printed in Cinelli and Hazlett (2020), table 1.
        Assert.Equal(0.139, OmittedVariableBias.RobustnessValue(t, dof), 5e-4);
        Assert.Equal(0.076, OmittedVariableBias.RobustnessValue(t, dof, 1, 0.05), 5e-4);
    }

    [Fact]
    public void Analyse_Lalonde_GivesRegressionAndBounds()
    {
        var fit = LalondeRegression.Result;
        Close.To(R["sensemakr_lalonde.est"], fit.Estimate, Close.ClosedForm);
        Close.To(R["sensemakr_lalonde.se"], fit.StandardError, Close.ClosedForm);
        Close.To(R["sensemakr_lalonde.t"], fit.T, Close.ClosedForm);
        Close.To(R["sensemakr_lalonde.dof"], fit.DegreesOfFreedom, 0);
        Close.To(R["sensemakr_lalonde.r2yd.x"], fit.PartialR2, Close.ClosedForm);
        Close.To(R["sensemakr_lalonde.f2"], fit.PartialR2 / (1 - fit.PartialR2), Close.ClosedForm);
        Close.To(R["sensemakr_lalonde.rv"], fit.RobustnessValue, Close.ClosedForm);
        Close.To(R["sensemakr_lalonde.rv_alpha"], fit.RobustnessValueAtLevel, AfterCancellation);
        Assert.Equal(9, fit.Bounds.Count);
        for (var i = 0; i < fit.Bounds.Count; i++)
        {
            var (bound, nth) = (fit.Bounds[i], (i % 3) + 1);
            double Expected(string name) => R[$"sensemakr_lalonde.{bound.Benchmark}.{name}{(nth > 1 ? $"#{nth}" : "")}"];
            Assert.Equal(nth, bound.TimesTreatment);
            Close.To(Expected("r2dz.x"), bound.TreatmentR2, Close.ClosedForm);
            Close.To(Expected("r2yz.dx"), bound.OutcomeR2, Close.ClosedForm);
            Close.To(Expected("adj_est"), bound.Adjusted!.Estimate, Close.ClosedForm);
            Close.To(Expected("adj_se"), bound.Adjusted.StandardError, Close.ClosedForm);
            Close.To(Expected("adj_t"), bound.Adjusted.T, Close.ClosedForm);
        }
    }
}
