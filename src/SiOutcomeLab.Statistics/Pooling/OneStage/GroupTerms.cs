namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>A group's log-likelihood, its first derivative in the shift, and minus its second and third.</summary>
internal readonly record struct GroupTerms(double Value, double Score, double Information, double Slope);
