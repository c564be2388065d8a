namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>An effect as a ratio, estimated and judged on the log scale, where its distribution is nearer to normal.</summary>
public sealed class RatioEffect
{
    internal RatioEffect(EffectResult log) => Log = log;

    /// <summary>
    /// The logarithm of the ratio with standard error, p-value, influence values and all else; its means are logarithms (of odds, for an
    /// odds ratio) too.
    /// </summary>
    public EffectResult Log { get; }

    /// <summary>The ratio with treatment to without, over 0; 1 is no effect.</summary>
    public double Ratio => Math.Exp(Log.Estimate);

    /// <summary>Lower end of the confidence interval.</summary>
    public double ConfidenceLow => Math.Exp(Log.ConfidenceLow);

    /// <summary>Upper end of the confidence interval.</summary>
    public double ConfidenceHigh => Math.Exp(Log.ConfidenceHigh);
}
