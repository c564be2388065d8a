namespace SiOutcomeLab.Disclosure.Rules;

/// <summary>
/// The rules for personal data. Minimum 10 persons for a count and for either side of a yes-or-no statistic; counts rounded to 5;
/// model outputs from at least 30 persons in each arm, 10 effective comparison persons and 10 residual degrees of freedom;
/// measures to three significant digits. Sums of persons' amounts from 30 persons, 10 of them with any, none of whom dominates (p % rule,
/// p = 10); pools from 4 municipalities, so that 3 are left without one, no two of which hold more than 90 %.
/// </summary>
/// <remarks>
/// The stated attacker is an outsider who reads every release once. Rounding alone does not stop one who holds two releases that differ
/// by one person: from the two means that person's value follows, as a rule within a third of a standard deviation
/// (<c>EffectReconstructionTests</c> measures it). Repeated releases are compared with each other by the ledger of a later version.
/// Thresholds: ACRO 1.0.1 <c>default.yaml</c> (threshold 10, degrees of freedom 10, rounding base 5, n-k rule 2 and 90 %).
/// </remarks>
public sealed class StandardPolicy : DisclosurePolicy
{
    /// <summary>The fewest persons a count may tell of.</summary>
    public const int MinimumPersons = 10;

    /// <summary>The fewest persons in each arm of a model.</summary>
    public const int MinimumArm = 30;

    /// <summary>The fewest residual degrees of freedom, and effective comparison persons, of a model.</summary>
    public const int MinimumDegreesOfFreedom = 10;

    /// <summary>The fewest municipalities behind a pool, also when the largest, or the reader's own, is taken away.</summary>
    public const int MinimumContributors = 3;

    private const int RoundingBase = 5;
    private const int SignificantDigits = 3;
    private const double Blur = 0.1;
    private const double TwoLargestAtMost = 0.9;

    private StandardPolicy()
        : base("standard-1", Audience.Analyst)
    {
    }

    /// <summary>The policy.</summary>
    public static StandardPolicy Instance { get; } = new();

    internal override Cell Count(int persons) =>
        persons < MinimumPersons ? Cell.Suppressed(SuppressionReason.FewPersons) : Cell.Shown(Rounding.ToMultiple(persons, RoundingBase));

    internal override Cell Number(NumberKind kind, double value) => Cell.Shown(kind switch
    {
        NumberKind.Measure => Rounding.ToSignificant(value, SignificantDigits),
        NumberKind.PValue => Math.Max(0.001, Math.Round(value, 3, MidpointRounding.ToEven)),
        // One decimal: two would say more of the estimate behind it than its own three digits do.
        NumberKind.Robustness => Math.Round(value, 1, MidpointRounding.ToEven),
        NumberKind.EffectiveNumber => Rounding.ToMultiple(value, RoundingBase),
        _ => Math.Round(value, 2, MidpointRounding.ToEven),
    });

    // From counts as they are shown: taken from the exact ones it would give them away. Of a weighted share, the persons that it is worth.
    internal override Cell ShareOf(double share, int group) => Count((int)Math.Round(share * group)).TryGet(out var part) && Count(group).TryGet(out var all)
        ? Number(NumberKind.Share, Math.Min(1, part / all))
        : Cell.Suppressed(SuppressionReason.FewPersons);

    internal override SuppressionReason? Refuses(ModelBasis basis)
    {
        if (basis.Treated < MinimumArm || basis.Comparison < MinimumArm || basis.EffectiveComparison < MinimumDegreesOfFreedom)
        {
            return SuppressionReason.FewPersons;
        }

        return basis.ResidualDegreesOfFreedom < MinimumDegreesOfFreedom ? SuppressionReason.FewDegreesOfFreedom : null;
    }

    internal override SuppressionReason? RefusesCategories(double yes, double no) =>
        yes < MinimumPersons || no < MinimumPersons ? SuppressionReason.FewPersons : null;

    internal override bool AllowsDifference(int difference) => difference == 0 || difference >= MinimumPersons;

    internal override SuppressionReason? RefusesSum(SumBasis basis)
    {
        if (basis.Persons < MinimumArm || basis.PersonsWithAny < MinimumPersons) return SuppressionReason.FewPersons;
        // The second largest knows itself and guesses the largest from the sum: what the others hold must blur that by a tenth. The second
        // person's share is at most the first's.
        if (basis.LargestPersonShare is { } person && 1 - (2 * person) < Blur * person) return SuppressionReason.Dominance;
        if (basis.Municipalities is not { } municipalities) return null;
        if (municipalities - 1 < MinimumContributors) return SuppressionReason.FewContributors;
        // The p % rule asks no more: what is left beside the two is then a tenth of all, and so at least of what the largest holds.
        return basis.TwoLargestMunicipalitiesShare > TwoLargestAtMost ? SuppressionReason.Dominance : null;
    }

    // Three significant digits of the largest, and whole kronor.
    internal override double KronaStep(double largest) =>
        largest < 1000 ? 1 : Math.Pow(10, Math.Floor(Math.Log10(largest)) - (SignificantDigits - 1));

    internal override SuppressionReason? RefusesPool(IReadOnlyList<int> participants)
    {
        if (participants.Count - 1 < MinimumContributors) return SuppressionReason.FewContributors;
        var ordered = participants.OrderDescending().ToArray();
        return ordered[0] + ordered[1] > TwoLargestAtMost * ordered.Sum() ? SuppressionReason.Dominance : null;
    }
}
