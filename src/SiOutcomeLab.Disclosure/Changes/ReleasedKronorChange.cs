using SiOutcomeLab.Economics.Changes;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Disclosure.Changes;

/// <summary>What may be told of why a saving by a set of unit costs changed.</summary>
/// <param name="UnitCostSet">The set.</param>
/// <param name="From">The earlier kronor; null when there are none.</param>
/// <param name="To">The later ones; null when there are none.</param>
/// <param name="Obstacle">Why nothing can be divided; null when something can, row by row.</param>
/// <param name="Prices">Which unit costs are not the same; public figures.</param>
/// <param name="Lines">The three lines; empty when nothing can be divided.</param>
public sealed record ReleasedKronorChange(
    string UnitCostSet,
    KronorSide? From,
    KronorSide? To,
    KronorObstacle? Obstacle,
    IReadOnlyList<PriceChange> Prices,
    IReadOnlyList<ReleasedLineChange> Lines);

/// <summary>One of two savings that are compared.</summary>
/// <param name="Name">The kronor's name.</param>
/// <param name="Terms">With which unit costs, in which prices.</param>
public sealed record KronorSide(string Name, CostTerms Terms);

/// <summary>A line of a saving, divided.</summary>
/// <param name="Line">The line.</param>
/// <param name="Together">What payers pay together.</param>
/// <param name="ByActor">By who pays, in the actors' order.</param>
public sealed record ReleasedLineChange(SavingLine Line, ReleasedDivision Together, IReadOnlyList<ReleasedActorDivision> ByActor);

/// <summary>A payer's row, divided.</summary>
/// <param name="Actor">Who pays.</param>
/// <param name="Division">The row.</param>
public sealed record ReleasedActorDivision(Actor Actor, ReleasedDivision Division);

/// <summary>
/// Kronor per participant before and after, and between them what the later effect comes to at the earlier prices: from the first to it is the
/// effect's part, from it to the last the prices'. All three are as shown, so that the parts add up to the change to the last digit.
/// </summary>
/// <param name="Before">The earlier kronor.</param>
/// <param name="Between">The later effect at the earlier prices; null when that is not known, or an end is withheld.</param>
/// <param name="After">The later kronor.</param>
public sealed record ReleasedDivision(Cell Before, Cell? Between, Cell After)
{
    /// <summary>What changed; null unless both ends are shown.</summary>
    public decimal? Change => Less(After, Before);

    /// <summary>Of it, what the effect changed at the earlier prices; null unless all three are shown.</summary>
    public decimal? OfEffect => Obstacle is null ? Less(Between!.Value, Before) : null;

    /// <summary>Of it, what prices changed at the later effect; null unless all three are shown.</summary>
    public decimal? OfPrices => Obstacle is null ? Less(After, Between!.Value) : null;

    /// <summary>Why it cannot be divided; null when it can.</summary>
    public DivisionObstacle? Obstacle =>
        !Before.IsShown ? DivisionObstacle.BeforeWithheld
        : !After.IsShown ? DivisionObstacle.AfterWithheld
        : Between is not { } between ? DivisionObstacle.NotCountedNow
        : !between.IsShown ? DivisionObstacle.BetweenWithheld
        : null;

    // Shown kronor are whole steps of a hundredth or more, and become decimals without loss.
    private static decimal? Less(Cell a, Cell b) => a.TryGet(out var x) && b.TryGet(out var y) ? (decimal)x - (decimal)y : null;
}

/// <summary>Why nothing of a change in kronor can be divided.</summary>
public enum KronorObstacle
{
    /// <summary>There are no kronor by this set of the earlier result.</summary>
    NotCostedBefore = 1,

    /// <summary>There are no kronor by this set of the later result.</summary>
    NotCostedAfter = 2,

    /// <summary>The earlier kronor have no saving: no effect was estimable, or nothing had a price.</summary>
    NoSavingBefore = 3,

    /// <summary>The later kronor have no saving.</summary>
    NoSavingAfter = 4,

    /// <summary>They count different numbers of years.</summary>
    OtherYears = 5,

    /// <summary>The later effects were not kept in a form that other prices can be held against; kronor of an older version of the hub.</summary>
    EffectsNotKept = 6,
}

/// <summary>Why a row cannot be divided.</summary>
public enum DivisionObstacle
{
    /// <summary>The earlier kronor are withheld.</summary>
    BeforeWithheld = 1,

    /// <summary>The later kronor are withheld.</summary>
    AfterWithheld = 2,

    /// <summary>The later effect at the earlier prices is withheld: it rests on too few.</summary>
    BetweenWithheld = 3,

    /// <summary>A measure that had a price has none any more, so that its later effect is not counted.</summary>
    NotCountedNow = 4,
}
