using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Economics.UnitCosts;

/// <summary>A line of somebody's budget.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Actor">Whose it is.</param>
/// <param name="Name">Its name.</param>
public sealed record BudgetItem(string Code, Actor Actor, BilingualText Name)
{
    /// <summary>Where a transfer arrives.</summary>
    public static BudgetItem IndividualIncome { get; } =
        new("individual_income", Actor.Individual, new("den enskildes inkomst", "the person's income"));
}

/// <summary>A budget item's share of a unit cost.</summary>
/// <param name="Item">The budget item.</param>
/// <param name="Percent">Its share in per cent; above 0.</param>
public sealed record SplitPart(BudgetItem Item, decimal Percent);

/// <summary>How a unit cost falls on actors' budget items. The parts always sum to exactly 100 %.</summary>
public sealed class ActorSplit
{
    private ActorSplit(IReadOnlyList<SplitPart> parts) => Parts = parts;

    /// <summary>The parts, in the order of actors and item codes.</summary>
    public IReadOnlyList<SplitPart> Parts { get; }

    /// <summary>The share of an actor in per cent; 0 when it bears nothing.</summary>
    /// <param name="actor">The actor.</param>
    public decimal PercentOf(Actor actor) => Parts.Where(p => p.Item.Actor == actor).Sum(p => p.Percent);

    /// <summary>Makes a split, if the parts sum to exactly 100 %, are above 0, and name no budget item twice.</summary>
    /// <param name="parts">The parts, in any order.</param>
    /// <returns>The split, or null.</returns>
    public static ActorSplit? TryMake(IReadOnlyCollection<SplitPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var sound = parts.Count > 0
            && parts.Sum(p => p.Percent) == 100m
            && parts.All(p => p.Percent > 0)
            && parts.Select(p => p.Item.Code).Distinct(StringComparer.Ordinal).Count() == parts.Count;
        return sound ? new ActorSplit([.. parts.OrderBy(p => p.Item.Actor).ThenBy(p => p.Item.Code, StringComparer.Ordinal)]) : null;
    }
}
