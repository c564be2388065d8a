namespace SiOutcomeLab.Cli.Demo.Reference;

/// <summary>One number held against a reference.</summary>
/// <param name="Quantity">What it is, e.g. <c>estimate</c> or <c>coefficient age_years</c>.</param>
/// <param name="Reference">What the published computation or R gives.</param>
/// <param name="Own">What this program computes on the public file.</param>
/// <param name="Hub">What the hub released; null for a quantity that it does not release.</param>
/// <param name="Tolerance">The largest difference allowed, in the quantity's unit.</param>
internal sealed record NumberCheck(string Quantity, double Reference, double Own, double? Hub, double Tolerance)
{
    /// <summary>The larger of the differences of the own value and the hub's from the reference.</summary>
    public double Difference => Math.Max(Math.Abs(Own - Reference), Math.Abs((Hub ?? Own) - Reference));

    /// <summary>False also when a number is not a number.</summary>
    public bool Passed => Difference <= Tolerance;
}

/// <summary>All checks of one effect.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Estimator">The estimator, as the reference names it.</param>
/// <param name="Checks">The numbers.</param>
/// <param name="Label">What must be said beside them; null for nothing.</param>
/// <param name="LargestSmd">The largest absolute standardised difference after balancing, where it is the point; else null.</param>
internal sealed record EffectCheck(
    string Plan, string Estimator, IReadOnlyList<NumberCheck> Checks, Domain.BilingualText? Label, double? LargestSmd)
{
    public bool Passed => Checks.Count > 0 && Checks.All(c => c.Passed);
}
