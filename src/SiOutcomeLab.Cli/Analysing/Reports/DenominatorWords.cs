using SiOutcomeLab.Domain;
using SiOutcomeLab.Statistics.Balance;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>Denominators of standardised differences in words.</summary>
internal static class DenominatorWords
{
    public static BilingualText Of(SmdDenominator denominator) => denominator switch
    {
        SmdDenominator.Treated => new("de behandlades standardavvikelse", "standard deviation of the treated"),
        SmdDenominator.Comparison => new("jämförelsens standardavvikelse", "standard deviation of the comparison rows"),
        SmdDenominator.Pooled => new("gruppernas gemensamma standardavvikelse", "pooled standard deviation of the arms"),
        SmdDenominator.All => new("allas standardavvikelse", "standard deviation of all rows"),
        SmdDenominator.Weighted => new("allas vägda standardavvikelse", "weighted standard deviation of all rows"),
        _ => new("Hedges g", "Hedges' g"),
    };
}
