namespace SiOutcomeLab.Statistics.Pooling.EffectSizes;

/// <summary>A group's outcome in three numbers.</summary>
/// <param name="Persons">n, at least 2.</param>
/// <param name="Mean">Mean outcome.</param>
/// <param name="StandardDeviation">With denominator n − 1, positive.</param>
public sealed record GroupSummary(int Persons, double Mean, double StandardDeviation)
{
    internal double VarianceOfMean => StandardDeviation * StandardDeviation / Persons;

    internal void Guard(string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Persons, 2, name);
        if (!double.IsFinite(Mean) || !(StandardDeviation > 0 && double.IsFinite(StandardDeviation)))
        {
            throw new ArgumentException("A group needs a finite mean and a positive, finite standard deviation.", name);
        }
    }
}
