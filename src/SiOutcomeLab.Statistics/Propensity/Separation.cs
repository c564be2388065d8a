using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Finds covariates that split the arms. The likelihood then rises for ever along a direction, and the coefficients that an
/// iteration happens to stop at mean nothing (Albert and Anderson 1984, Biometrika 71(1), p. 1–10).
/// </summary>
internal static class Separation
{
    // A Newton step along a separating direction moves the log odds by about one for ever; towards a maximum it shrinks.
    private const double SmallestMove = 0.3;
    private const double Tolerance = 1e-6;

    /// <summary>A column whose range among the treated touches its range among the others in at most one point.</summary>
    public static string? ByOneColumn(DesignMatrix x, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights = default)
    {
        for (var j = 0; j < x.Columns; j++)
        {
            var ((lowTreated, highTreated), (lowOther, highOther)) = UntilTheyOverlap(x.Column(j), treated, caseWeights);
            var constant = Math.Min(lowTreated, lowOther) == Math.Max(highTreated, highOther);
            if (!constant && (lowTreated >= highOther || highTreated <= lowOther)) return OneColumn(x, j, lowTreated == highTreated);
        }

        return null;
    }

    /// <summary>True when the step moves no row with weight towards the wrong arm, and some row far towards the right one.</summary>
    public static bool ByDirection(
        StandardisedDesign design, double[] step, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights)
    {
        var moved = design.Times(step);
        double low = 0, high = 0;
        for (var i = 0; i < moved.Length; i++)
        {
            if (!caseWeights.IsEmpty && caseWeights[i] == 0) continue;
            var towards = treated[i] ? moved[i] : -moved[i];
            low = Math.Min(low, towards);
            high = Math.Max(high, towards);
        }

        return high >= SmallestMove && low >= -Tolerance * high;
    }

    public static string Describe(DesignMatrix x, StandardisedDesign design, double[] direction)
    {
        var largest = direction.Skip(1).Max(Math.Abs);
        var names = Enumerable.Range(1, design.Size - 1)
            .Where(j => Math.Abs(direction[j]) >= 0.05 * largest)
            .Select(j => $"'{x.Names[design.Source[j - 1]]}'");
        return $"A combination of {string.Join(", ", names)} separates treated from comparison rows.";
    }

    // Ranges of the rows with weight. Once they overlap by more than a point no further row can part them, so few rows are looked at.
    private static ColumnRanges UntilTheyOverlap(
        ReadOnlySpan<double> column, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights)
    {
        var (lowTreated, highTreated) = (double.PositiveInfinity, double.NegativeInfinity);
        var (lowOther, highOther) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var i = 0; i < column.Length; i++)
        {
            if (!caseWeights.IsEmpty && caseWeights[i] == 0) continue;
            var value = column[i];
            if (treated[i]) (lowTreated, highTreated) = (Math.Min(lowTreated, value), Math.Max(highTreated, value));
            else (lowOther, highOther) = (Math.Min(lowOther, value), Math.Max(highOther, value));
            if (lowTreated < highOther && highTreated > lowOther) break;
        }

        return new ColumnRanges((lowTreated, highTreated), (lowOther, highOther));
    }

    private static string OneColumn(DesignMatrix x, int column, bool treatedAlike) =>
        x.Kinds[column] == ColumnKind.Binary
            ? $"Column '{x.Names[column]}' has only one value among {(treatedAlike ? "treated" : "comparison")} rows."
            : $"Column '{x.Names[column]}' separates treated from comparison rows by itself.";
}
