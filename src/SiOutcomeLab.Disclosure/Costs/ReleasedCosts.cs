using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Disclosure.Costs;

/// <summary>Kronor as readers may see them: a plan's own, or a baseline pooled over plans of a method.</summary>
/// <param name="Name">Its name, e.g. <c>costs/jobb-v1-01234567-teaching-2024-89abcdef</c>.</param>
/// <param name="Subject">The plan's id, or the method that is pooled.</param>
/// <param name="MunicipalityGroup">The municipality group of a pool; null for a plan.</param>
/// <param name="HorizonYears">Years after the start that are counted.</param>
/// <param name="Terms">With which unit costs, in which prices.</param>
/// <param name="Policy">The data that it rests on.</param>
/// <param name="Prices">Every price used; public figures.</param>
/// <param name="Gaps">Measures that could not be priced.</param>
/// <param name="TargetGroup">Kronor per person-year of the eligible and untreated; null when there is none.</param>
/// <param name="Counterfactual">Kronor per person-year that participants would have cost; null when there is none.</param>
/// <param name="Saving">The saving; null when there is none to tell.</param>
/// <param name="Sentences">What it comes to, in words, from the numbers shown here only.</param>
public sealed record ReleasedCosts(
    string Name,
    string Subject,
    string? MunicipalityGroup,
    int HorizonYears,
    CostTerms Terms,
    DataPolicy Policy,
    IReadOnlyList<PriceUsed> Prices,
    IReadOnlyList<CostGap> Gaps,
    ReleasedMoney? TargetGroup,
    ReleasedMoney? Counterfactual,
    ReleasedSaving? Saving,
    IReadOnlyList<BilingualText> Sentences)
{
    /// <summary>The plan and its run; null for a pool.</summary>
    public CostedPlan? Plan { get; init; }

    /// <summary>Why there is no saving; null when there is one, when nothing could be priced, and for a pool.</summary>
    public NotEstimable? NotEstimable { get; init; }
}

/// <summary>The plan, look and run that kronor are of.</summary>
/// <param name="Plan">The plan (public facts: a plan is registered in the open).</param>
/// <param name="Timing">Prospective or retrospective.</param>
/// <param name="Method">The intervention's method.</param>
/// <param name="RunId">The run.</param>
/// <param name="Lineage">What the run's result rests on.</param>
public sealed record CostedPlan(EvaluationPlan Plan, PlanTiming Timing, string Method, string RunId, Lineage Lineage);

/// <summary>A saving per participant in three lines.</summary>
/// <param name="Participants">Whom money counts.</param>
/// <param name="HoldsFor">The group that the effect holds for.</param>
/// <param name="Standing">Verified or indicative; indicative savings pay nothing.</param>
/// <param name="EconomicValue">The whole value.</param>
/// <param name="Marginal">What stops being spent.</param>
/// <param name="BudgetReducible">What budgets can be cut by within the horizon.</param>
/// <param name="BudgetReducibleLater">What they can be cut by first after it.</param>
public sealed record ReleasedSaving(
    Cell Participants,
    EstimateGroup HoldsFor,
    Standing Standing,
    ReleasedMoney EconomicValue,
    ReleasedMoney Marginal,
    ReleasedMoney BudgetReducible,
    ReleasedMoney BudgetReducibleLater)
{
    /// <summary>It in words, from the numbers shown here only.</summary>
    public BilingualText? Sentence { get; init; }
}

/// <summary>Kronor by paying actor, with totals that are shown only when every actor is.</summary>
/// <param name="Persons">Persons behind it.</param>
/// <param name="Paid">What payers pay together.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
/// <param name="Real">Of it, resources.</param>
/// <param name="Transfers">Of it, transfers.</param>
/// <param name="ByActor">Of it, by actor.</param>
/// <param name="ByProvenance">Of it, by what it rests on.</param>
public sealed record ReleasedMoney(
    Cell Persons,
    Cell Paid,
    Cell Low,
    Cell High,
    Cell Real,
    Cell Transfers,
    IReadOnlyList<ReleasedActor> ByActor,
    IReadOnlyList<ReleasedProvenance> ByProvenance)
{
    /// <summary>The same by budget item; shown only where every actor is.</summary>
    public IReadOnlyList<ReleasedBudgetItem> ByBudgetItem { get; init; } = [];

    /// <summary>What payers pay when the dearest hundredth is cut down to the cost below it; null where that is not counted.</summary>
    public Cell? Winsorised { get; init; }

    /// <summary>It in words; null for a line of a saving.</summary>
    public BilingualText? Sentence { get; init; }
}

/// <summary>What falls on a budget item.</summary>
/// <param name="Item">The budget item, and with it the actor.</param>
/// <param name="Sek">Kronor, resources and transfers together.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
public sealed record ReleasedBudgetItem(BudgetItem Item, Cell Sek, Cell Low, Cell High);

/// <summary>What an actor pays.</summary>
/// <param name="Actor">The actor.</param>
/// <param name="Sek">Kronor, resources and transfers together.</param>
/// <param name="Low">Lower end of its interval.</param>
/// <param name="High">Upper end of its interval.</param>
public sealed record ReleasedActor(Actor Actor, Cell Sek, Cell Low, Cell High);

/// <summary>How many of the kronor rest on what.</summary>
/// <param name="Provenance">The mark.</param>
/// <param name="Sek">Kronor.</param>
public sealed record ReleasedProvenance(Provenance Provenance, Cell Sek);
