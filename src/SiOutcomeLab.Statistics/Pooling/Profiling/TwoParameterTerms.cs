namespace SiOutcomeLab.Statistics.Pooling.Profiling;

/// <summary>A log-likelihood of two parameters with its first and second derivatives.</summary>
internal readonly record struct TwoParameterTerms(
    double Value, double First, double Second, double FirstFirst, double FirstSecond, double SecondSecond);
