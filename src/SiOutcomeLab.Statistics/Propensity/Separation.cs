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
    public static string? ByOneColumn(DesignMatrix x, ReadOnlySpan<bool> treated)
    {
        for (var j = 0; j < x.Columns; j++)
        {
            var ((lowTreated, highTreated), (lowOther, highOther)) = ColumnRanges.Of(x.Column(j), treated);
            var constant = Math.Min(lowTreated, lowOther) == Math.Max(highTreated, highOther);
            if (!constant && (lowTreated >= highOther || highTreated <= lowOther)) return OneColumn(x, j, lowTreated == highTreated);
        }

        return null;
    }

    /// <summary>The step, when it moves no row towards the wrong arm; otherwise null.</summary>
    public static double[]? ByDirection(StandardisedDesign design, double[] step, ReadOnlySpan<bool> treated)
    {
        var moved = design.Times(step);
        double low = 0, high = 0;
        for (var i = 0; i < moved.Length; i++)
        {
            var towards = treated[i] ? moved[i] : -moved[i];
            low = Math.Min(low, towards);
            high = Math.Max(high, towards);
        }

        return high >= SmallestMove && low >= -Tolerance * high ? step : null;
    }

    public static string Describe(DesignMatrix x, StandardisedDesign design, double[] direction)
    {
        var largest = direction.Skip(1).Max(Math.Abs);
        var names = Enumerable.Range(1, design.Size - 1)
            .Where(j => Math.Abs(direction[j]) >= 0.05 * largest)
            .Select(j => $"'{x.Names[design.Source[j - 1]]}'");
        return $"A combination of {string.Join(", ", names)} separates treated from comparison rows.";
    }

    private static string OneColumn(DesignMatrix x, int column, bool treatedAlike) =>
        x.Kinds[column] == ColumnKind.Binary
            ? $"Column '{x.Names[column]}' has only one value among {(treatedAlike ? "treated" : "comparison")} rows."
            : $"Column '{x.Names[column]}' separates treated from comparison rows by itself.";
}
