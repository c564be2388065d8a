namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Choices of <see cref="CallawaySantAnna"/>; the defaults are those of R's did package.</summary>
public sealed record CallawaySantAnnaOptions
{
    /// <summary>How covariates are taken into account.</summary>
    public DifferenceMethod Method { get; init; } = DifferenceMethod.DoublyRobust;

    /// <summary>With whom cohorts are compared.</summary>
    public ControlGroup Controls { get; init; } = ControlGroup.NeverTreated;

    /// <summary>From which period changes are counted.</summary>
    public BasePeriod Base { get; init; } = BasePeriod.Varying;

    /// <summary>How many units of time before treatment its effect may begin, at least 0.</summary>
    public int Anticipation { get; init; }

    /// <summary>Confidence level, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;
}
