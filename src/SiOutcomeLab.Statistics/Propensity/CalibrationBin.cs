namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>One group of rows with neighbouring scores.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="MeanScore">Mean predicted probability.</param>
/// <param name="TreatedShare">Share that was treated.</param>
public sealed record CalibrationBin(int Rows, double MeanScore, double TreatedShare);
