namespace SiOutcomeLab.Statistics.Balance;

/// <summary>One covariate's moments in both arms, and the comparisons that follow.</summary>
internal readonly record struct CovariateMoments(ArmMoments Treated, ArmMoments Comparison, ColumnKind Kind)
{
    /// <summary>The denominator; the pooled one when the chosen one is 0.</summary>
    public double Deviation(SmdDenominator denominator)
    {
        var (own, other) = (Treated.Variance(Kind, false), Comparison.Variance(Kind, false));
        var rows = Treated.Rows + Comparison.Rows;
        var chosen = denominator switch
        {
            SmdDenominator.Treated => Math.Sqrt(own),
            SmdDenominator.Comparison => Math.Sqrt(other),
            SmdDenominator.All => Math.Sqrt(ArmMoments.Together(Treated, Comparison, Kind, false)),
            SmdDenominator.Weighted => Math.Sqrt(ArmMoments.Together(Treated, Comparison, Kind, true)),
            SmdDenominator.Hedges when rows > 2 =>
                Math.Sqrt((((Treated.Rows - 1) * own) + ((Comparison.Rows - 1) * other)) / (rows - 2)) / (1 - (3 / ((4 * rows) - 9))),
            _ => 0
        };
        return chosen > 0 ? chosen : Math.Sqrt((own + other) / 2);
    }

    public ArmComparison Compare(double deviation, bool adjusted)
    {
        var (mean, other) = adjusted ? (Treated.AdjustedMean, Comparison.AdjustedMean) : (Treated.Mean, Comparison.Mean);
        var (n, m) = adjusted ? (Treated.Effective, Comparison.Effective) : (Treated.Rows, Comparison.Rows);
        var (v, u) = (Treated.Variance(Kind, adjusted), Comparison.Variance(Kind, adjusted));
        var difference = mean - other;
        var smd = difference == 0 ? 0 : difference / deviation;
        var sampling = ((v / n) + (u / m)) / (deviation * deviation);
        return new ArmComparison
        {
            MeanTreated = mean,
            MeanComparison = other,
            DeviationTreated = Math.Sqrt(v),
            DeviationComparison = Math.Sqrt(u),
            Smd = smd,
            SmdStandardError = deviation > 0 ? Math.Sqrt(sampling + (smd * smd / (2 * Math.Max(1, n - 1)))) : 0,
            VarianceRatio = Kind == ColumnKind.Binary || !(u > 0) ? null : v / u,
            KolmogorovSmirnov = Math.Abs(difference)
        };
    }
}
