namespace SiOutcomeLab.Statistics.Panel;

/// <summary>An interval of fixed length that allows for trends that are not parallel.</summary>
/// <param name="Estimate">The linear combination it is centred on.</param>
/// <param name="HalfLength">Half its length.</param>
/// <param name="WorstBias">Largest bias that the restriction allows.</param>
/// <param name="StandardError">Standard error of the linear combination.</param>
/// <param name="WeightsBefore">Weights of the estimates before treatment.</param>
/// <param name="SlopeChange">The largest change of slope allowed, M.</param>
/// <param name="Level">Confidence level.</param>
public sealed record HonestInterval(
    double Estimate, double HalfLength, double WorstBias, double StandardError, IReadOnlyList<double> WeightsBefore, double SlopeChange, double Level)
{
    /// <summary>Lower end.</summary>
    public double Low => Estimate - HalfLength;

    /// <summary>Upper end.</summary>
    public double High => Estimate + HalfLength;
}
