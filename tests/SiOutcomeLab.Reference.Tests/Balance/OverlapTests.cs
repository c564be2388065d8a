using SiOutcomeLab.Statistics.Balance;

namespace SiOutcomeLab.Reference.Tests.Balance;

/// <summary>Overlap of scores against R's cut and table, and of densities against their sums over all rows, without binning.</summary>
public sealed class OverlapTests
{
    // Linear binning on 2 048 points moves a density's mass by up to a step, a tenth of which is seen in the complement.
    private const double Binning = 2e-5;

    [Fact]
    public void Compute_Scores_HasTheSharesOfCutAndTable()
    {
        var overlap = Lalonde.Value(Overlap.Compute(Lalonde.Fit.Scores.Span, Lalonde.Treated));
        var expected = FlatValues.Packages.Block("overlap");
        Close.To(expected[0], overlap.Coefficient, Close.ClosedForm, "coefficient");
        Close.To(expected[1], overlap.Equipoise, Close.ClosedForm, "equipoise");
        Close.To(expected[2], overlap.TreatedOutside, Close.ClosedForm, "treated outside");
        Close.To(expected[3], overlap.ComparisonOutside, Close.ClosedForm, "comparison outside");
    }

    [Fact]
    public void OverlapComplement_WithAndWithoutWeights_IsTheDensitiesOwn()
    {
        double[] weights = [.. Enumerable.Range(0, Lalonde.Treated.Length).Select(i => 0.5 + (i * 277 % 614 / 614.0))];
        var options = new BalanceOptions { OverlapComplement = true };
        var table = Lalonde.Value(BalanceTable.Compute(Lalonde.Covariates, Lalonde.Treated, weights, options));
        var of = table.Covariates.ToDictionary(covariate => covariate.Name, StringComparer.Ordinal);
        var expected = FlatValues.Packages.Block("kernel_overlap");
        Assert.Equal(expected[0], of["age"].Before.OverlapComplement!.Value, Binning);
        Assert.Equal(expected[1], of["educ"].Before.OverlapComplement!.Value, Binning);
        Assert.Equal(expected[2], of["re74"].Before.OverlapComplement!.Value, Binning);
        Assert.Equal(expected[3], of["age"].After.OverlapComplement!.Value, Binning);
        Assert.Equal(expected[4], of["re75"].After.OverlapComplement!.Value, Binning);
    }
}
