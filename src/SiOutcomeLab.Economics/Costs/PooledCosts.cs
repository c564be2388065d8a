using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.Prices;

namespace SiOutcomeLab.Economics.Costs;

/// <summary>Which of the two baselines something is; they are never mixed.</summary>
public enum BaselineKind
{
    /// <summary>Everybody eligible and untreated at index.</summary>
    TargetGroup = 1,

    /// <summary>What participants would have cost.</summary>
    Counterfactual = 2,
}

/// <summary>A baseline pooled over plans of a method, at full precision and in plain values.</summary>
/// <param name="Kind">Which baseline.</param>
/// <param name="Scope">The method, the municipality group and the horizon.</param>
/// <param name="Plans">The plans behind it, in ordinal order.</param>
/// <param name="InputsHash">Hash of everything that it follows from.</param>
/// <param name="Terms">With which unit costs, in which prices.</param>
/// <param name="LeftOut">Measures that some of the plans lack, and that are not counted.</param>
/// <param name="Prices">Every price used.</param>
/// <param name="Baseline">Kronor per person-year; null when the plans have no measure in common.</param>
public sealed record PooledCosts(
    BaselineKind Kind,
    BaselineScope Scope,
    IReadOnlyList<string> Plans,
    string InputsHash,
    CostTerms Terms,
    IReadOnlyList<MeasureCode> LeftOut,
    IReadOnlyList<PriceUsed> Prices,
    BaselineSummary? Baseline);
