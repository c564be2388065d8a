namespace SiOutcomeLab.Statistics.Matching;

/// <summary>How subclasses are made. The defaults are MatchIt's.</summary>
public sealed record SubclassificationOptions
{
    /// <summary>Number of subclasses, at least 2.</summary>
    public int Subclasses { get; init; } = 6;

    /// <summary>Treated, untreated or everyone: whose quantiles bound the subclasses, and whom the weights aim at.</summary>
    public Estimand Estimand { get; init; } = Estimand.Treated;

    /// <summary>
    /// Rows of either arm that each subclass must hold; short ones are filled from their neighbours. 0 leaves subclasses without one of
    /// the arms out instead.
    /// </summary>
    public int MinimumPerArm { get; init; } = 1;

    /// <summary>Which rows outside of the common support are left out.</summary>
    public Discard Discard { get; init; } = Discard.None;

    internal void Guard()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Subclasses, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(MinimumPerArm);
        if (Estimand is not (Estimand.Treated or Estimand.Untreated or Estimand.Everyone))
        {
            throw new ArgumentOutOfRangeException(nameof(Estimand), Estimand, "Subclasses aim at the treated, the untreated or everyone.");
        }
    }
}
