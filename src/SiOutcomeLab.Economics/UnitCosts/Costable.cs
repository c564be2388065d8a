using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Economics.UnitCosts;

/// <summary>Why something cannot be told in kronor.</summary>
public enum CostGapKind
{
    /// <summary>The set has no unit cost for the measure.</summary>
    NoUnitCost = 1,

    /// <summary>It has, but columns are empty that money needs.</summary>
    Incomplete = 2,

    /// <summary>It has several, and nothing says which to take.</summary>
    SeveralUnitCosts = 3,

    /// <summary>The unit cost that was asked for is not in the set, or is of another measure.</summary>
    UnknownUnitCost = 4,

    /// <summary>The unit cost is too new or too old for the day it is used on.</summary>
    OutsideValidity = 5,

    /// <summary>The price index has no row for a year that is needed.</summary>
    IndexHasNoYear = 6,

    /// <summary>The quantity is in another unit than the unit cost prices.</summary>
    UnitDiffers = 7,
}

/// <summary>Something that is missing before kronor can be told.</summary>
/// <param name="Kind">What.</param>
/// <param name="Set">The set or index that lacks it.</param>
/// <param name="Measure">The measure concerned.</param>
/// <param name="UnitCost">The unit cost concerned; null when there is none.</param>
/// <param name="Missing">Columns that are empty, codes to choose between, or years without a row; may be empty.</param>
public sealed record CostGap(CostGapKind Kind, string Set, MeasureCode Measure, string? UnitCost, IReadOnlyList<string> Missing);

/// <summary>Kronor, or what is missing before they can be told. A refusal is a finding about the register, so it is a value.</summary>
/// <typeparam name="T">What is told.</typeparam>
public abstract record Costable<T>
{
    private protected Costable()
    {
    }

    /// <summary>Reads the answer, whichever case it is.</summary>
    /// <param name="costed">Called with the value when there is one.</param>
    /// <param name="notCosted">Called with what is missing otherwise.</param>
    /// <typeparam name="TResult">What both return.</typeparam>
    public TResult Match<TResult>(Func<T, TResult> costed, Func<IReadOnlyList<CostGap>, TResult> notCosted)
    {
        ArgumentNullException.ThrowIfNull(costed);
        ArgumentNullException.ThrowIfNull(notCosted);
        return this switch
        {
            Costed<T> some => costed(some.Value),
            NotCosted<T> none => notCosted(none.Gaps),
            _ => throw new InvalidOperationException("A Costable is Costed or NotCosted; no other case can be made."),
        };
    }

    /// <summary>Turns the value into another; a refusal passes through unchanged.</summary>
    /// <param name="map">The step.</param>
    /// <typeparam name="TNext">What it makes.</typeparam>
    public Costable<TNext> Map<TNext>(Func<T, TNext> map) =>
        Match<Costable<TNext>>(value => new Costed<TNext>(map(value)), static gaps => new NotCosted<TNext>(gaps));
}

/// <summary>The told case.</summary>
/// <param name="Value">What is told.</param>
/// <typeparam name="T">Its type.</typeparam>
public sealed record Costed<T>(T Value) : Costable<T>;

/// <summary>The refused case.</summary>
/// <param name="Gaps">Everything that is missing; at least one.</param>
/// <typeparam name="T">What would have been told.</typeparam>
public sealed record NotCosted<T>(IReadOnlyList<CostGap> Gaps) : Costable<T>;
