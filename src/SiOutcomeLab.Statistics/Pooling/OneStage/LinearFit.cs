namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>A linear model at one ratio of variances: coefficients, (X'V⁻¹X)⁻¹, σ² and the restricted log-likelihood.</summary>
internal sealed record LinearFit(double[] Coefficients, double[] Inverse, double Variance, double LogLikelihood);
