namespace SiOutcomeLab.Statistics.Balance;

/// <summary>Sums of one covariate in one arm, from which its unadjusted and its weighted moments follow.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Weight">Σ w.</param>
/// <param name="WeightSquares">Σ w².</param>
/// <param name="Mean">Unadjusted mean.</param>
/// <param name="Squares">Σ (x − mean)².</param>
/// <param name="Shift">Σ w (x − mean)/Σ w.</param>
/// <param name="WeightedSquares">Σ w (x − mean)², about the unadjusted mean.</param>
internal readonly record struct ArmMoments(
    double Rows, double Weight, double WeightSquares, double Mean, double Squares, double Shift, double WeightedSquares)
{
    public double AdjustedMean => Mean + Shift;

    public double Effective => Weight * Weight / WeightSquares;

    /// <summary>Σ w (x − weighted mean)².</summary>
    public double AdjustedSquares
    {
        get
        {
            var squares = WeightedSquares - (Weight * Shift * Shift);
            // Rows with weight that do not vary leave the rounding of two equal numbers, which would make any variance ratio.
            return squares > 1e-13 * WeightedSquares ? squares : 0;
        }
    }

    public double Variance(ColumnKind kind, bool adjusted)
    {
        var mean = adjusted ? AdjustedMean : Mean;
        return kind == ColumnKind.Binary
            ? mean * (1 - mean)
            : adjusted ? Variance(AdjustedSquares, Weight, WeightSquares) : Variance(Squares, Rows, Rows);
    }

    /// <summary>Both arms taken together, adjusted or not.</summary>
    public static double Together(ArmMoments a, ArmMoments b, ColumnKind kind, bool adjusted)
    {
        var (first, second) = adjusted ? (a.Weight, b.Weight) : (a.Rows, b.Rows);
        var (m, n) = adjusted ? (a.AdjustedMean, b.AdjustedMean) : (a.Mean, b.Mean);
        var mean = ((first * m) + (second * n)) / (first + second);
        if (kind == ColumnKind.Binary) return mean * (1 - mean);
        var within = adjusted ? a.AdjustedSquares + b.AdjustedSquares : a.Squares + b.Squares;
        var squares = within + (first * (m - mean) * (m - mean)) + (second * (n - mean) * (n - mean));
        return Variance(squares, first + second, adjusted ? a.WeightSquares + b.WeightSquares : first + second);
    }

    // Σ w (x − m)²/Σw over 1 − Σ w² with w adding up to 1; a single row has no variance to tell.
    private static double Variance(double squares, double weight, double weightSquares)
    {
        var free = 1 - (weightSquares / (weight * weight));
        return free > 1e-12 ? squares / weight / free : 0;
    }
}
