namespace SiOutcomeLab.Programme.Coverage;

/// <summary>
/// A share of answers, whose error is clustered by country: what one country's municipalities say is not independent. Intervals are Wilson's
/// with the effective number of answers, N divided by the design effect, and never more than N.
/// </summary>
/// <param name="Hits">Answers that count.</param>
/// <param name="Answers">Answers.</param>
/// <param name="Countries">Countries with an answer.</param>
/// <param name="Share">Hits over answers.</param>
/// <param name="StandardError">Clustered by country.</param>
/// <param name="Low">Lower end of the 99 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="OneSidedLow">Lower end of the one-sided 99 % interval.</param>
internal sealed record ClusteredShare(
    double Hits, double Answers, int Countries, double Share, double StandardError, double Low, double High, double OneSidedLow)
{
    private const double TwoSided = 2.5758293035489004;
    private const double OneSided = 2.3263478740408408;

    /// <param name="countries">Each country's answers that count, and its answers.</param>
    public static ClusteredShare? Of(IEnumerable<(double Hits, double Of)> countries)
    {
        var told = countries.Where(c => c.Of > 0).ToArray();
        if (told.Length < 2) return null;
        var (hits, of) = (told.Sum(c => c.Hits), told.Sum(c => c.Of));
        var share = hits / of;
        var squares = told.Sum(c => (c.Hits - (share * c.Of)) * (c.Hits - (share * c.Of)));
        var variance = squares * told.Length / (told.Length - 1.0) / (of * of);
        var effective = variance > 0 ? Math.Min(of, share * (1 - share) / variance) : of;
        var (low, high) = Wilson(share, effective, TwoSided);
        return new ClusteredShare(hits, of, told.Length, share, Math.Sqrt(variance), low, high, Wilson(share, effective, OneSided).Low);
    }

    /// <summary>Whether the 99 % interval meets a range.</summary>
    public bool Meets(double from, double to) => Low <= to && High >= from;

    private static (double Low, double High) Wilson(double share, double of, double z)
    {
        var centre = share + (z * z / (2 * of));
        var half = z * Math.Sqrt((share * (1 - share) / of) + (z * z / (4 * of * of)));
        var scale = 1 + (z * z / of);
        return ((centre - half) / scale, (centre + half) / scale);
    }
}
