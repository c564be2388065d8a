namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>What a pooled model says about a source with given moderators.</summary>
/// <param name="Estimate">Mean effect there.</param>
/// <param name="StandardError">Of the mean.</param>
/// <param name="ConfidenceLow">Lower end of the mean's confidence interval.</param>
/// <param name="ConfidenceHigh">Upper end.</param>
/// <param name="PredictionLow">Lower end of the interval for one further source's true effect.</param>
/// <param name="PredictionHigh">Upper end.</param>
public sealed record PooledPrediction(
    double Estimate, double StandardError, double ConfidenceLow, double ConfidenceHigh, double PredictionLow, double PredictionHigh);
