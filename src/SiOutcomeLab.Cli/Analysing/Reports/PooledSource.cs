namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>One of the estimates that were pooled.</summary>
/// <param name="Label">Its label, or its row number.</param>
/// <param name="Estimate">As given.</param>
/// <param name="StandardError">As given.</param>
/// <param name="Low">Lower end of its own interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Weight">Share of the weights, in per cent.</param>
/// <param name="Shrunken">Its true effect as all estimates together tell it.</param>
/// <param name="ShrunkenError">Standard error of that.</param>
/// <param name="ShrunkenLow">Lower end of that interval.</param>
/// <param name="ShrunkenHigh">Upper end.</param>
internal sealed record PooledSource(
    string Label,
    double Estimate,
    double StandardError,
    double Low,
    double High,
    double Weight,
    double Shrunken,
    double ShrunkenError,
    double ShrunkenLow,
    double ShrunkenHigh);
