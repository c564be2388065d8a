using SiOutcomeLab.Statistics.Pooling.EffectSizes;

namespace SiOutcomeLab.Reference.Tests.Pooling;

/// <summary>Every row of effect_sizes.csv: thirteen measures by metafor's escalc.</summary>
public sealed class EffectSizeTests
{
    [Fact]
    public void EveryMeasure_OfEscalc_IsReproduced()
    {
        var file = ReferenceTable.Read("effect_sizes.csv");
        var (estimates, variances) = (file.Numbers("yi"), file.Numbers("vi"));
        var (measures, trials) = (file.Text("measure"), file.Numbers("trial"));
        Assert.Equal(13, measures.Distinct().Count());
        for (var i = 0; i < file.Count; i++)
        {
            var effect = Effect(measures[i], (int)trials[i] - 1);
            Close.To(estimates[i], effect.Estimate, Close.ClosedForm, $"{measures[i]} {trials[i]}");
            Close.To(variances[i], effect.Variance, Close.ClosedForm, $"variance of {measures[i]} {trials[i]}");
        }
    }

    private static EffectSize Effect(string measure, int trial) => measure switch
    {
        "RR" => MetaData.Tables[trial].LogRiskRatio(),
        "OR" => MetaData.Tables[trial].LogOddsRatio(),
        "RD" => MetaData.Tables[trial].RiskDifference(),
        "AS" => MetaData.Tables[trial].ArcsineDifference(),
        "PETO" => Lalonde.Value(MetaData.Tables[trial].PetoLogOddsRatio()),
        "MD" => MeanContrast.Difference(MetaData.Groups[trial].Treated, MetaData.Groups[trial].Comparison),
        "SMD" => MeanContrast.Standardised(MetaData.Groups[trial].Treated, MetaData.Groups[trial].Comparison),
        "SMDH" => MeanContrast.StandardisedUnequal(MetaData.Groups[trial].Treated, MetaData.Groups[trial].Comparison),
        "ROM" => Lalonde.Value(MeanContrast.LogRatio(MetaData.Groups[trial].Treated, MetaData.Groups[trial].Comparison)),
        "PR" => Proportion.Raw(MetaData.Counts[trial].Events, MetaData.Counts[trial].Persons),
        "PLO" => Proportion.Logit(MetaData.Counts[trial].Events, MetaData.Counts[trial].Persons),
        "PAS" => Proportion.Arcsine(MetaData.Counts[trial].Events, MetaData.Counts[trial].Persons),
        "PFT" => Proportion.DoubleArcsine(MetaData.Counts[trial].Events, MetaData.Counts[trial].Persons),
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "No such measure.")
    };
}
