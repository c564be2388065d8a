using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>Least squares of the outcome on covariates among the rows of one arm, extended to all rows.</summary>
internal static class ArmRegression
{
    /// <summary>The weights' own design where it is of the same covariates, or a new one.</summary>
    public static StandardisedDesign DesignOf(DesignMatrix x, BalancingWeights weights) =>
        weights.Model is { } model && model.Design.IsOf(x) ? model.Design : StandardisedDesign.From(x);

    /// <summary>Fits.</summary>
    /// <param name="design">Covariates of all rows.</param>
    /// <param name="outcome">One value per row.</param>
    /// <param name="learning">Weight per row, 0 for rows that are only predicted; kept, not copied.</param>
    /// <param name="who">The arm in words.</param>
    public static Estimable<LeastSquares> Fit(StandardisedDesign design, ReadOnlySpan<double> outcome, double[] learning, string who)
    {
        var rows = learning.Length - learning.AsSpan().Count(0.0);
        if (rows <= design.Size)
        {
            return Estimable.Not<LeastSquares>(
                NotEstimableReason.TooFewObservations, $"{rows} {who} rows cannot tell {design.Size} coefficients.");
        }

        return LeastSquares.TryFit(design, outcome, learning) is { } fit
            ? Estimable.Of(fit)
            : Estimable.Not<LeastSquares>(
                NotEstimableReason.Collinear,
                $"Outcome covariates are linear combinations of each other among {who} rows, though not among all.");
    }

    /// <summary>1 for rows of an arm, 0 for others.</summary>
    public static double[] Rows(ReadOnlySpan<bool> treated, bool arm)
    {
        var rows = new double[treated.Length];
        for (var i = 0; i < rows.Length; i++) rows[i] = treated[i] == arm ? 1 : 0;
        return rows;
    }

    /// <summary>Does not learn from rows without weight, for instance those whose outcome nobody knows.</summary>
    public static void LeaveOutUnweighted(Span<double> learning, ReadOnlySpan<double> weights)
    {
        for (var i = 0; i < learning.Length; i++)
        {
            if (weights[i] == 0) learning[i] = 0;
        }
    }

    public static string Words(bool arm) => arm ? "treated" : "comparison";
}
