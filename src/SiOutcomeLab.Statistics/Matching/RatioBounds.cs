namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Variable ratio: how few and how many controls one treated row may be given. Those with the most extreme measure, which few controls
/// resemble, get the minimum, those at the other end the maximum, and the mean is the ratio asked for (Ming and Rosenbaum 2000,
/// Biometrics 56(1), p. 118–124).
/// </summary>
/// <param name="Minimum">At least 1 and under the mean ratio.</param>
/// <param name="Maximum">Above the mean ratio.</param>
public sealed record RatioBounds(int Minimum, int Maximum)
{
    internal void Guard(int mean)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Minimum, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Minimum, mean, nameof(Minimum));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Maximum, mean, nameof(Maximum));
    }

    /// <summary>Controls wanted per treated row, in the order of treated rows.</summary>
    internal int[] Allot(ReadOnlySpan<double> measure, ReadOnlySpan<bool> treated, int[] treatedRows, int mean)
    {
        var n = treatedRows.Length;
        var atMaximum = Math.Min(n - 1, ((mean * n) - (Minimum * (n - 1))) / (Maximum - Minimum));
        var atMinimum = n - atMaximum - 1;
        var between = (mean * n) - (Minimum * atMinimum) - (Maximum * atMaximum);
        // The one in between takes what it lacks to the minimum from the next, as MatchIt does for a minimum of 1.
        var lacks = Math.Max(0, Minimum - between);
        var order = new int[n];
        var keys = new double[n];
        double sum = 0, sumTreated = 0;
        for (var i = 0; i < measure.Length; i++)
        {
            sum += measure[i];
            if (treated[i]) sumTreated += measure[i];
        }

        // Usually the treated have the larger measures, and the largest are the hardest to match.
        var descending = sumTreated / n > (sum - sumTreated) / (measure.Length - n);
        for (var i = 0; i < n; i++)
        {
            order[i] = i;
            keys[i] = descending ? -measure[treatedRows[i]] : measure[treatedRows[i]];
        }

        Array.Sort(order, (a, b) => keys[a] != keys[b] ? keys[a].CompareTo(keys[b]) : a - b);
        var wanted = new int[n];
        for (var k = 0; k < n; k++)
        {
            wanted[order[k]] = k < atMinimum ? Minimum : k == atMinimum ? between + lacks : Maximum;
        }

        if (lacks > 0 && atMinimum + 1 < n) wanted[order[atMinimum + 1]] -= lacks;
        return wanted;
    }
}
