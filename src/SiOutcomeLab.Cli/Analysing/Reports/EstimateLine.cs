using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>One number of a result, with what is needed to read it. What there is none of is NaN or null.</summary>
internal sealed record EstimateLine(string Name, string Estimand)
{
    public double Estimate { get; init; } = double.NaN;

    public double StandardError { get; init; } = double.NaN;

    public string? StandardErrorType { get; init; }

    public double Low { get; init; } = double.NaN;

    public double High { get; init; } = double.NaN;

    /// <summary>Of the t distribution; infinite for the normal, NaN where there is no interval.</summary>
    public double DegreesOfFreedom { get; init; } = double.NaN;

    public double PValue { get; init; } = double.NaN;

    /// <summary>Rows (units, estimates) used.</summary>
    public int? N { get; init; }

    public int? Treated { get; init; }

    public int? Comparison { get; init; }

    /// <summary>Share of treated rows that the estimate is about.</summary>
    public double? ShareRetained { get; init; }

    /// <summary>Ends of the band that covers all lines of a family at once; null without one.</summary>
    public double? BandLow { get; init; }

    public double? BandHigh { get; init; }

    /// <summary>Periods since the start, of an event study's line.</summary>
    public int? EventTime { get; init; }

    /// <summary>Other standard errors of the same estimate.</summary>
    public IReadOnlyList<StandardErrorValue> Alternatives { get; init; } = [];

    /// <summary>Why there is no number.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>A line for an effect, or for its refusal.</summary>
    public static EstimateLine Of(string name, Estimand asked, Estimable<EffectResult> effect) => effect.Match(
        result => Of(name, result),
        (reason, detail) => new EstimateLine(name, EstimandCode.Of(asked)) { Refusal = new(reason, detail) });

    /// <summary>A line for an effect.</summary>
    public static EstimateLine Of(string name, EffectResult effect) => new(name, EstimandCode.Of(effect.Estimand))
    {
        Estimate = effect.Estimate,
        StandardError = effect.StandardError,
        StandardErrorType = effect.StandardErrorType.ToString(),
        Low = effect.ConfidenceLow,
        High = effect.ConfidenceHigh,
        DegreesOfFreedom = effect.DegreesOfFreedom,
        PValue = effect.PValue,
        N = effect.TreatedUsed + effect.ComparisonUsed,
        Treated = effect.TreatedUsed,
        Comparison = effect.ComparisonUsed,
        ShareRetained = effect.ShareOfTreatedRetained,
        Alternatives = effect.Alternatives,
    };

    /// <summary>The same effect of an analysis with the arms changed over.</summary>
    public EstimateLine ChangedOver() => this with
    {
        Estimand = Estimand == "ATT" ? "ATC" : Estimand,
        Estimate = -Estimate,
        Low = -High,
        High = -Low,
        Treated = Comparison,
        Comparison = Treated,
    };
}
