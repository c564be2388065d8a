namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>Two ends of an interval.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct ValueRange(double Low, double High);
