using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Reference.Tests.Sensitivity;

/// <summary>E-values against the EValue package's formulas in R.</summary>
public sealed class EValueTests
{
    private static readonly FlatValues R = FlatValues.Sensitivity;

    [Theory]
    [InlineData("RR_3.9_1.8_8.7", 3.9, 1.8, 8.7, 1)]
    [InlineData("RR_0.80_0.71_0.91", 0.80, 0.71, 0.91, 1)]
    [InlineData("RR_1.5_0.9_2.5", 1.5, 0.9, 2.5, 1)]
    [InlineData("RR_1.3_1.1_1.4_true1.05", 1.3, 1.1, 1.4, 1.05)]
    public void FromRiskRatio_PublishedExamples_GivesR(string block, double estimate, double low, double high, double hypothesis) =>
        Same($"evalue.{block}", EValue.FromRiskRatio(estimate, low, high, hypothesis));

    [Fact]
    public void FromOtherMeasures_CommonOutcome_GivesR()
    {
        Same("evalue.OR_common_1.86_1.20_2.88", EValue.FromOddsRatio(1.86, rareOutcome: false, 1.20, 2.88));
        Same("evalue.HR_common_0.56_0.46_0.69", EValue.FromHazardRatio(0.56, rareOutcome: false, 0.46, 0.69));
        Same("evalue.SMD_d0.5_se0.2", EValue.FromStandardisedDifference(0.5, 0.2));
    }

    [Fact]
    public void FromRegression_Lalonde_GivesR()
    {
        Close.To(R["evalue_ols.est"], LalondeRegression.Result.Estimate, Close.ClosedForm);
        Close.To(R["evalue_ols.se"], LalondeRegression.Result.StandardError, Close.ClosedForm);
        Close.To(R["evalue_ols.sd"], LalondeRegression.Result.ResidualDeviation, Close.ClosedForm);
        var fit = LalondeRegression.Result;
        Same("evalue_ols.ev", EValue.FromRegression(fit.Estimate, fit.StandardError, fit.ResidualDeviation));
    }

    private static void Same(string id, EValueResult result)
    {
        Close.To(R[$"{id}.point"], result.Point, Close.ClosedForm, id);
        Close.To(R[$"{id}.ci"], result.Limit!.Value, Close.ClosedForm, id);
        if (R.Find($"{id}.rr") is { } ratio) Close.To(ratio, result.RiskRatio, Close.ClosedForm, id);
        if (R.Find($"{id}.lo") is { } low) Close.To(low, result.Low!.Value, Close.ClosedForm, id);
        if (R.Find($"{id}.hi") is { } high) Close.To(high, result.High!.Value, Close.ClosedForm, id);
    }
}
