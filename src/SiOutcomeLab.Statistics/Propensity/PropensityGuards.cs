using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>What every propensity model checks before it starts, and says when there is no fit.</summary>
internal static class PropensityGuards
{
    public static void Arguments(DesignMatrix x, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights)
    {
        ArgumentNullException.ThrowIfNull(x);
        RowGuards.SameLength(x.Rows, treated.Length, nameof(treated));
        if (caseWeights.IsEmpty) return;
        RowGuards.SameLength(x.Rows, caseWeights.Length, nameof(caseWeights));
        RowGuards.Finite(caseWeights, nameof(caseWeights));
        for (var i = 0; i < caseWeights.Length; i++)
        {
            if (caseWeights[i] < 0) throw new ArgumentException($"The case weight in row {i} is negative.", nameof(caseWeights));
        }
    }

    /// <summary>The refusal for empty arms, or null.</summary>
    public static (NotEstimableReason Reason, string Detail)? EmptyArm(ReadOnlySpan<bool> treated, ArmTotals arms)
    {
        if (RowGuards.EmptyArm(treated) is { } empty) return empty;
        if (arms.Treated == 0) return (NotEstimableReason.NoTreated, "No treated row has weight.");
        return arms.Comparison == 0 ? (NotEstimableReason.NoComparison, "No comparison row has weight.") : null;
    }

    /// <summary>The refusal for empty arms or a column that separates them, or null.</summary>
    public static (NotEstimableReason Reason, string Detail)? Refusal(
        DesignMatrix x, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights, ArmTotals arms)
    {
        if (EmptyArm(treated, arms) is { } empty) return empty;
        return Separation.ByOneColumn(x, treated, caseWeights) is { } column ? (NotEstimableReason.Separation, column) : null;
    }

    /// <summary>The refusal when there are no more rows than coefficients, or null.</summary>
    public static (NotEstimableReason Reason, string Detail)? TooFew(StandardisedDesign design, ArmTotals arms) =>
        design.Size >= arms.Rows
            ? (NotEstimableReason.TooFewObservations, $"{arms.Rows} rows cannot tell {design.Size} coefficients.")
            : null;
}
