namespace SiOutcomeLab.Statistics.Balance;

/// <summary>
/// Estimand: none; it describes how far treated and comparison rows share their propensity scores.
/// Formula: overlap coefficient Σ min(share of treated, share of comparison rows) over equal-width bins of [0, 1]; preference score
/// logit f = logit e − logit p with p the treated share, equipoise = share of all rows with f in [0.3, 0.7]; share of treated with scores
/// outside of the comparison rows' range, and the reverse.
/// Arguments: see <see cref="Compute"/>. Result: shares in [0, 1]. Not estimable when: an arm is empty.
/// Ties, order, seed: none. Lower bin edges are inclusive; a score of 1 falls into the last bin.
/// Source: overlap coefficient: Inman and Bradley (1989), Communications in Statistics 18(10); preference score and equipoise:
/// Walker et al. (2013), Comparative Effectiveness Research 3, p. 11–20.
/// Checked against: R's cut and table on lalonde, and a plain recount in the tests.
/// </summary>
public sealed record Overlap
{
    /// <summary>Overlap coefficient of the two score histograms, in [0, 1]; 1 means alike.</summary>
    public required double Coefficient { get; init; }

    /// <summary>Share of all rows with a preference score in [0.3, 0.7].</summary>
    public required double Equipoise { get; init; }

    /// <summary>Share of treated rows with a score outside of the comparison rows' range.</summary>
    public required double TreatedOutside { get; init; }

    /// <summary>Share of comparison rows with a score outside of the treated rows' range.</summary>
    public required double ComparisonOutside { get; init; }

    /// <summary>Share of treated rows per bin, from score 0 up.</summary>
    public required IReadOnlyList<double> TreatedShares { get; init; }

    /// <summary>Share of comparison rows per bin, from score 0 up.</summary>
    public required IReadOnlyList<double> ComparisonShares { get; init; }

    /// <summary>Describes the overlap.</summary>
    /// <param name="scores">Propensity score per row, in [0, 1].</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="bins">Number of equal-width bins, at least 2.</param>
    /// <returns>The description, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a score is not in [0, 1].</exception>
    public static Estimable<Overlap> Compute(ReadOnlySpan<double> scores, ReadOnlySpan<bool> treated, int bins = 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        RowGuards.SameLength(scores.Length, treated.Length, nameof(treated));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<Overlap>(empty.Reason, empty.Detail);

        var count = treated.Count(true);
        var others = treated.Length - count;
        var odds = count / (double)others;
        var histogram = new int[2][] { new int[bins], new int[bins] };
        double[] low = [double.PositiveInfinity, double.PositiveInfinity];
        double[] high = [double.NegativeInfinity, double.NegativeInfinity];
        var equipoise = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var score = scores[i];
            if (score is not (>= 0 and <= 1)) throw new ArgumentException($"The score in row {i} is not in [0, 1].", nameof(scores));
            var arm = treated[i] ? 1 : 0;
            histogram[arm][Math.Min(bins - 1, (int)(score * bins))]++;
            low[arm] = Math.Min(low[arm], score);
            high[arm] = Math.Max(high[arm], score);
            // f = (e/(1 − e)) / (e/(1 − e) + p/(1 − p)), multiplied out so that scores of 0 and 1 need no care.
            if (score / (score + (odds * (1 - score))) is >= 0.3 and <= 0.7) equipoise++;
        }

        int treatedOutside = 0, comparisonOutside = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var other = treated[i] ? 0 : 1;
            if (scores[i] >= low[other] && scores[i] <= high[other]) continue;
            if (treated[i]) treatedOutside++;
            else comparisonOutside++;
        }

        double[] treatedShares = [.. histogram[1].Select(rows => rows / (double)count)];
        double[] comparisonShares = [.. histogram[0].Select(rows => rows / (double)others)];
        return Estimable.Of(new Overlap
        {
            Coefficient = treatedShares.Zip(comparisonShares, Math.Min).Sum(),
            Equipoise = equipoise / (double)scores.Length,
            TreatedOutside = treatedOutside / (double)count,
            ComparisonOutside = comparisonOutside / (double)others,
            TreatedShares = treatedShares,
            ComparisonShares = comparisonShares
        });
    }
}
