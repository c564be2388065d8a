namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Estimand: none by itself; rows are weighted for the effect on the treated, the untreated or everybody.
/// Formula: subclasses between equally spaced quantiles of the measure among the rows asked about, closed below; weights as
/// <see cref="MatchedSets"/> tells. A subclass short of an arm takes the row nearest to it from the next subclass that has one, on the side
/// where more are.
/// Arguments: see <see cref="Match"/>. Result: <see cref="MatchedSets"/>, with the quantiles used.
/// Not estimable when: an arm is empty, or has fewer rows than subclasses times the minimum.
/// Ties, order, seed: rows with one measure share a subclass unless one is moved to fill another; then the later row moves. No randomness.
/// Source: Rosenbaum and Rubin (1984), JASA 79(387), p. 516–524; weights: Hong (2010), Journal of Educational and Behavioral Statistics
/// 35(5), p. 499–531.
/// Checked against: MatchIt 4.7.2 on lalonde (5 and 6 subclasses, treated and everybody) and on simulated data (5, 10).
/// </summary>
public static class Subclassification
{
    /// <summary>Makes subclasses.</summary>
    /// <param name="measure">The propensity score or its logit, one finite number per row.</param>
    /// <param name="treated">True for treated rows; same length.</param>
    /// <param name="options">How many, for whom, minimum, common support.</param>
    /// <returns>The subclasses, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a measure is NaN or infinite.</exception>
    public static Estimable<MatchedSets> Match(
        ReadOnlySpan<double> measure, ReadOnlySpan<bool> treated, SubclassificationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Guard();
        RowGuards.SameLength(measure.Length, treated.Length, nameof(treated));
        RowGuards.Finite(measure, nameof(measure));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<MatchedSets>(empty.Reason, empty.Detail);

        var discarded = CommonSupport.Discarded(measure, treated, options.Discard);
        var asked = new List<double>();
        for (var i = 0; i < measure.Length; i++)
        {
            if (options.Estimand == Estimand.Everyone || treated[i] == (options.Estimand == Estimand.Treated)) asked.Add(measure[i]);
        }

        var cuts = Quantiles.Equal([.. asked], options.Subclasses);
        var codes = new int[measure.Length];
        for (var i = 0; i < codes.Length; i++)
        {
            codes[i] = discarded.Length > 0 && discarded[i] ? -1 : Quantiles.Interval(measure[i], cuts);
        }

        var present = codes.Where(code => code >= 0).Distinct().Order().ToArray();
        foreach (var arm in (ReadOnlySpan<bool>)[true, false])
        {
            var rows = new List<int>();
            for (var i = 0; i < codes.Length; i++)
            {
                if (codes[i] >= 0 && treated[i] == arm) rows.Add(i);
            }

            if (rows.Count < present.Length * options.MinimumPerArm)
            {
                return Estimable.Not<MatchedSets>(
                    NotEstimableReason.TooFewMatches,
                    $"{rows.Count} {(arm ? "treated" : "comparison")} rows cannot fill {present.Length} subclasses.");
            }

            for (var least = 1; least <= options.MinimumPerArm; least++) Fill(codes, rows, present, measure, least);
        }

        return MatchedSets.Of("subclassification", codes, treated, options.Estimand, cutpoints: cuts);
    }

    // Moves rows of one arm until each subclass present has as many as asked for.
    private static void Fill(int[] codes, List<int> rows, int[] present, ReadOnlySpan<double> measure, int least)
    {
        while (true)
        {
            var spare = Array.ConvertAll(present, code => rows.Count(row => codes[row] == code) - least);
            var shortOne = Array.FindIndex(spare, count => count < 0);
            if (shortOne < 0) return;

            var step = Side(spare, shortOne);
            var giver = shortOne + step;
            while (spare[giver] < 0) giver += step;
            var moved = -1;
            foreach (var row in rows)
            {
                if (codes[row] == present[giver] && (moved < 0 || (measure[row] - measure[moved]) * step <= 0)) moved = row;
            }

            codes[moved] = present[shortOne];
        }
    }

    // Where more rows can be spared, near ones counting more.
    private static int Side(int[] spare, int shortOne)
    {
        if (shortOne == 0) return 1;
        if (shortOne == spare.Length - 1) return -1;

        var pull = 0.0;
        for (var s = 0; s < spare.Length; s++)
        {
            if (s != shortOne && spare[s] > 0) pull += spare[s] / (double)(s - shortOne);
        }

        return pull > 0 ? 1 : -1;
    }
}
