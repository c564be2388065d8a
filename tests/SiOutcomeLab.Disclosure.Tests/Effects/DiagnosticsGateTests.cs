using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Tests.Effects;

public sealed class DiagnosticsGateTests
{
    [Fact]
    public void Release_EnoughInEveryCategory_ShowsDifferencesToTwoDecimals()
    {
        var shown = DiagnosticsGate.Release(SampleResult.Diagnostics, StandardPolicy.Instance);

        Assert.Equal(0.43, shown.LargestSmdBefore.Shown());
        Assert.Equal(0.02, shown.LargestSmdAfter.Shown());
        Assert.Equal(0.77, shown.OverlapCoefficient!.Value.Shown());
        Assert.Equal(0.54, shown.EquipoiseShare!.Value.Shown());
        Assert.Equal([0.43, 0.02], shown.Balance.Select(b => b.SmdBefore.Shown()));
        Assert.Equal([0.0, 0.02], shown.Balance.Select(b => b.SmdAfter.Shown()));
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(52, 133, true)]
    [InlineData(9, 70, false)]
    [InlineData(53, 70, false)]
    [InlineData(31, 9, false)]
    [InlineData(31, 134, false)]
    [InlineData(62, 70, false)]
    public void Release_BinaryCovariate_NeedsTenOnEitherSideInEitherGroup(int treatedYes, int comparisonYes, bool isShown)
    {
        var shown = DiagnosticsGate.Release(With(SampleResult.Binary("sex=woman@1", treatedYes, 62, comparisonYes, 143, 0.01)), StandardPolicy.Instance);

        var row = Assert.Single(shown.Balance);
        Assert.Equal(isShown, row.SmdBefore.IsShown);
        Assert.Equal(isShown, row.SmdAfter.IsShown);
        Assert.Equal(isShown ? null : SuppressionReason.FewPersons, row.SmdAfter.Suppression);
    }

    // A mean of ten in n, times n again, may come out a bit under ten.
    [Fact]
    public void Release_ExactlyTenInACategory_IsShownWhateverTheGroupsSize()
    {
        for (var n = 30; n < 2000; n++)
        {
            var diagnostics = With(SampleResult.Binary("sex=woman@1", 10, n, n - 10, n, 0.01)) with { Treated = n, Comparison = n };
            Assert.True(Assert.Single(DiagnosticsGate.Release(diagnostics, StandardPolicy.Instance).Balance).SmdAfter.IsShown, $"10 of {n} is withheld.");
        }
    }

    [Fact]
    public void Release_LargestIsAWithheldCovariates_IsWithheldToo()
    {
        var small = SampleResult.Binary("sex=woman@1", 3, 62, 70, 143, after: -0.09, before: -0.9);
        var large = SampleResult.Binary("married@1", 31, 62, 70, 143, after: 0.05, before: 0.3);

        var shown = DiagnosticsGate.Release(With(small, large) with { LargestSmdBefore = 0.9, LargestSmdAfter = 0.09 }, StandardPolicy.Instance);

        Assert.Equal(SuppressionReason.Secondary, shown.LargestSmdBefore.Suppression);
        Assert.Equal(SuppressionReason.Secondary, shown.LargestSmdAfter.Suppression);
        Assert.Equal(0.3, shown.Balance[1].SmdBefore.Shown());
    }

    [Fact]
    public void Release_LargestIsAShownCovariates_IsShown()
    {
        var small = SampleResult.Binary("sex=woman@1", 3, 62, 70, 143, after: -0.01, before: 0.1);
        var large = SampleResult.Binary("married@1", 31, 62, 70, 143, after: 0.05, before: 0.3);

        var shown = DiagnosticsGate.Release(With(small, large) with { LargestSmdBefore = 0.3, LargestSmdAfter = 0.05 }, StandardPolicy.Instance);

        Assert.Equal(0.3, shown.LargestSmdBefore.Shown());
        Assert.Equal(0.05, shown.LargestSmdAfter.Shown());
    }

    [Theory]
    [InlineData(29, 143, 97.6)]
    [InlineData(62, 29, 25.0)]
    [InlineData(62, 143, 9.9)]
    public void Release_GroupsTooSmall_WithholdsEveryNumber(int treated, int comparison, double effective)
    {
        var diagnostics = SampleResult.Diagnostics with { Treated = treated, Comparison = comparison, EffectiveComparison = effective };

        var shown = DiagnosticsGate.Release(diagnostics, StandardPolicy.Instance);

        Cell[] cells = [shown.LargestSmdBefore, shown.LargestSmdAfter, shown.OverlapCoefficient!.Value, shown.EquipoiseShare!.Value,
            .. shown.Balance.SelectMany(b => new[] { b.SmdBefore, b.SmdAfter })];
        Assert.All(cells, c => Assert.Equal(SuppressionReason.FewPersons, c.Suppression));
    }

    [Fact]
    public void Release_NoPropensityModel_HasNoOverlapToShow()
    {
        var shown = DiagnosticsGate.Release(SampleResult.Diagnostics with { OverlapCoefficient = null, EquipoiseShare = null }, StandardPolicy.Instance);

        Assert.Null(shown.OverlapCoefficient);
        Assert.Null(shown.EquipoiseShare);
    }

    private static Diagnostics With(params CovariateBalance[] balance) => SampleResult.Diagnostics with { Balance = balance };
}
