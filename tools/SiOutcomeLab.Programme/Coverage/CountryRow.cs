namespace SiOutcomeLab.Programme.Coverage;

/// <summary>What one country said; a line of the file of finished countries.</summary>
/// <param name="Case">Its case.</param>
/// <param name="Number">Its number, from 0.</param>
/// <param name="Seed">The study's seed.</param>
/// <param name="Code">The code that made it.</param>
/// <param name="Method">The method.</param>
/// <param name="Seconds">Processor time, when one country is made at a time; elapsed time otherwise.</param>
/// <param name="Places">Its municipalities.</param>
/// <param name="Pooled">The benchmark; null when nothing could be pooled.</param>
internal sealed record CountryRow(
    string Case, int Number, ulong Seed, string Code, string Method, double Seconds, IReadOnlyList<PlaceRow> Places, PooledRow? Pooled);

/// <summary>One municipality of a country.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Multiplier">What its effect is multiplied with.</param>
/// <param name="Looks">Its plan's looks.</param>
/// <param name="Own">Its own estimate in the benchmark, with an ordinary interval; null when it is not among the contributors.</param>
/// <param name="Shrunken">The same, shrunken; null when nothing was pooled.</param>
internal sealed record PlaceRow(string Code, double Multiplier, IReadOnlyList<LookRow> Looks, IntervalRow? Own, IntervalRow? Shrunken);

/// <summary>One look at a plan.</summary>
/// <param name="Look">From 1.</param>
/// <param name="Level">The level of its interval.</param>
/// <param name="Treated">The participants that the headline is of; 0 when there is none.</param>
/// <param name="Expected">The effect to be expected on participants like those: what the estimate is of.</param>
/// <param name="Happened">The mean of what happened to exactly those participants less what would have; NaN when nobody started.</param>
/// <param name="Headline">The headline; null when not estimable.</param>
/// <param name="PValue">Its p-value over all looks so far.</param>
/// <param name="Refusal">Why there is none.</param>
internal sealed record LookRow(
    int Look, double Level, int Treated, double Expected, double Happened, IntervalRow? Headline, double? PValue, string? Refusal);

/// <summary>An estimate with its standard error and interval.</summary>
internal sealed record IntervalRow(double Point, double StandardError, double Low, double High)
{
    public bool Holds(double truth) => Low <= truth && truth <= High;
}

/// <summary>A pooled effect.</summary>
internal sealed record PooledRow(
    IntervalRow Effect, double PValue, double TauSquared, double PredictionLow, double PredictionHigh, double LargestCorrelation, int Contributors);
