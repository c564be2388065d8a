using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Estimand: none by itself; it selects comparison rows for the average effect on the (matched) treated.
/// Formula: greedy 1:k matching on one number per row. In pass r = 1 … k each treated row, in the chosen order, takes the nearest
/// control that is still free, in its own stratum, within the caliper, and not already its own.
/// Arguments: see <see cref="Match"/>.
/// Result: <see cref="MatchedSample"/>. Caliper, strata and reuse are checked again on every result before it is handed out.
/// Not estimable when: an arm is empty, or no treated row finds a control.
/// Ties, order, seed: rows are sorted by distance measure and then by order key. Between a left and a right neighbour equally far away
/// the left one (smaller measure, or same measure and smaller key) wins; among controls with one measure the one next to the treated row
/// in that order wins. Distances count as equal within 10⁻¹³ of the measure's range, so that rounding decides nothing.
/// No randomness. With keys 0 … n − 1 in file order this is MatchIt's rule.
/// Cost: O(n log n) time by sorting and union-find, O(n) memory.
/// Source: Rosenbaum and Rubin (1985), The American Statistician 39(1), p. 33–38; order and passes as Ho, Imai, King and Stuart (2011),
/// Journal of Statistical Software 42(8), p. 1–28.
/// Checked against: MatchIt 4.7.2, pair by pair, on tie-free simulated data and on lalonde; and an O(n²) matcher in the tests.
/// </summary>
public static class NearestNeighbour
{
    /// <summary>Matches.</summary>
    /// <param name="measure">What to match on, one finite number per row: the propensity score or its logit.</param>
    /// <param name="treated">True for treated rows; same length.</param>
    /// <param name="orderKey">Breaks ties; one distinct number per row that belongs to the person and not to the file's order.</param>
    /// <param name="options">Ratio, replacement, order, caliper.</param>
    /// <param name="strata">Codes that a pair must share, or empty for none.</param>
    /// <returns>The matched sample, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a measure is NaN or infinite.</exception>
    public static Estimable<MatchedSample> Match(
        ReadOnlySpan<double> measure,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<long> orderKey,
        NearestNeighbourOptions options,
        ReadOnlySpan<int> strata = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Guard();
        RowGuards.SameLength(measure.Length, treated.Length, nameof(treated));
        RowGuards.SameLength(measure.Length, orderKey.Length, nameof(orderKey));
        if (!strata.IsEmpty) RowGuards.SameLength(measure.Length, strata.Length, nameof(strata));
        RowGuards.Finite(measure, nameof(measure));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<MatchedSample>(empty.Reason, empty.Detail);

        var width = options.Caliper switch
        {
            null => double.PositiveInfinity,
            { InStandardDeviations: true } caliper => caliper.Width * StandardDeviation(measure),
            { } caliper => caliper.Width
        };
        var line = SortedLine.From(measure, treated, orderKey, strata);
        var pairs = GreedyPass.Run(line, options, width);
        return Assemble(measure, treated, strata, options, width, pairs);
    }

    private static Estimable<MatchedSample> Assemble(
        ReadOnlySpan<double> measure,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<int> strata,
        NearestNeighbourOptions options,
        double width,
        int[] pairs)
    {
        var treatedRows = new int[treated.Count(true)];
        for (int row = 0, i = 0; row < treated.Length; row++)
        {
            if (treated[row]) treatedRows[i++] = row;
        }

        var controls = new int[treatedRows.Length * options.Ratio];
        var uses = new int[treated.Length];
        var weights = new double[treated.Length];
        int[] subclasses = options.Replacement ? [] : new int[treated.Length];
        Array.Fill(subclasses, -1);
        CompensatedSum distances = default;
        int found = 0, treatedMatched = 0;
        for (var i = 0; i < treatedRows.Length; i++)
        {
            var row = treatedRows[i];
            var mine = pairs.AsSpan(row * options.Ratio, options.Ratio);
            mine.CopyTo(controls.AsSpan(i * options.Ratio));
            var count = mine.Length - mine.Count(-1);
            if (count == 0) continue;

            foreach (var control in mine)
            {
                if (control < 0) continue;
                Check(measure, treated, strata, width, row, control);
                if (++uses[control] > options.Capacity) throw Broken("a control serves more treated rows than allowed");
                distances.Add(Math.Abs(measure[row] - measure[control]));
                weights[control] += 1.0 / count;
                if (!options.Replacement) subclasses[control] = i;
            }

            weights[row] = 1;
            if (!options.Replacement) subclasses[row] = i;
            found += count;
            treatedMatched++;
        }

        if (found == 0)
        {
            return Estimable.Not<MatchedSample>(
                NotEstimableReason.TooFewMatches, $"None of {treatedRows.Length} treated rows has a control within caliper and stratum.");
        }

        var controlsMatched = uses.Length - uses.AsSpan().Count(0);
        // The weights of controls add up to the number of treated matched; MatchIt wants their mean to be one.
        var scale = controlsMatched / (double)treatedMatched;
        for (var row = 0; row < weights.Length; row++)
        {
            if (!treated[row]) weights[row] *= scale;
        }

        return Estimable.Of(new MatchedSample(treatedRows, controls, options.Ratio, weights, subclasses)
        {
            Replacement = options.Replacement,
            SumOfDistances = distances.Value,
            CaliperWidth = width,
            Pairs = found,
            TreatedMatched = treatedMatched,
            ControlsMatched = controlsMatched
        });
    }

    private static void Check(
        ReadOnlySpan<double> measure, ReadOnlySpan<bool> treated, ReadOnlySpan<int> strata, double width, int row, int control)
    {
        if (treated[control]) throw Broken("a treated row serves as a control");
        if (Math.Abs(measure[row] - measure[control]) > width) throw Broken("a pair is outside of the caliper");
        if (!strata.IsEmpty && strata[row] != strata[control]) throw Broken("a pair crosses strata");
    }

    private static InvalidOperationException Broken(string what) =>
        new($"Matching broke its own promise: {what}. The result is not handed out.");

    private static double StandardDeviation(ReadOnlySpan<double> values)
    {
        CompensatedSum sum = default;
        foreach (var value in values) sum.Add(value);
        var mean = sum.Value / values.Length;
        CompensatedSum squares = default;
        foreach (var value in values) squares.Add((value - mean) * (value - mean));
        return Math.Sqrt(squares.Value / (values.Length - 1));
    }
}
