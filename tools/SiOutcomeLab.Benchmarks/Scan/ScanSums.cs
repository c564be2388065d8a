namespace SiOutcomeLab.Benchmarks.Scan;

/// <summary>What the scanned file comes to, the same query on both sides: a ratio counts only when both gave the same.</summary>
internal sealed record ScanSums(
    long Rows,
    long SmallestId,
    long LargestId,
    string SmallestMunicipality,
    string LargestIntervention,
    long Treated,
    int LastPeriod,
    double MeanBirthYear,
    string LargestSex,
    double[] Sums)
{
    /// <summary>Whether the other side found the same; sums of doubles may differ by the order of adding.</summary>
    public bool Agrees(ScanSums other) =>
        Rows == other.Rows && SmallestId == other.SmallestId && LargestId == other.LargestId
        && SmallestMunicipality == other.SmallestMunicipality && LargestIntervention == other.LargestIntervention
        && Treated == other.Treated && LastPeriod == other.LastPeriod && LargestSex == other.LargestSex
        && Near(MeanBirthYear, other.MeanBirthYear) && Sums.Length == other.Sums.Length
        && Sums.Zip(other.Sums).All(pair => Near(pair.First, pair.Second));

    private static bool Near(double left, double right) => Math.Abs(left - right) <= 1e-9 * Math.Max(1, Math.Abs(left));
}
