using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Balance;

/// <summary>Weighted mean, variance and effective number of one covariate in both arms.</summary>
internal sealed record ArmMoments(Moments Treated, Moments Comparison, ColumnKind Kind)
{
    public static ArmMoments Of(double[] values, bool[] treated, double[] weights, ColumnKind kind) =>
        new(Moments.Of(values, treated, true, weights, kind), Moments.Of(values, treated, false, weights, kind), kind);

    public double Deviation(SmdDenominator denominator)
    {
        var pooled = Math.Sqrt((Treated.Variance + Comparison.Variance) / 2);
        var own = Math.Sqrt(Treated.Variance);
        return denominator == SmdDenominator.Treated && own > 0 ? own : pooled;
    }

    public ArmComparison Compare(double deviation, double kolmogorovSmirnov)
    {
        var difference = Treated.Mean - Comparison.Mean;
        var smd = difference == 0 ? 0 : difference / deviation;
        var sampling = ((Treated.Variance / Treated.Effective) + (Comparison.Variance / Comparison.Effective)) / (deviation * deviation);
        var scale = smd * smd / (2 * Math.Max(1, Treated.Effective - 1));
        return new ArmComparison
        {
            MeanTreated = Treated.Mean,
            MeanComparison = Comparison.Mean,
            Smd = smd,
            SmdStandardError = deviation > 0 ? Math.Sqrt(sampling + scale) : 0,
            VarianceRatio = Kind == ColumnKind.Binary || !(Comparison.Variance > 0) ? null : Treated.Variance / Comparison.Variance,
            KolmogorovSmirnov = kolmogorovSmirnov
        };
    }
}
