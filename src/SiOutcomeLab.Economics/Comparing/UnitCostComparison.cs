using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Comparing;

/// <summary>The same quantities in the kronor of one set.</summary>
/// <param name="Set">The set's code.</param>
/// <param name="PriceLevel">The prices it is told in.</param>
/// <param name="PerPersonYear">Kronor per person-year, or what the set lacks.</param>
public sealed record ComparedSet(string Set, PriceLevel PriceLevel, Costable<MoneyTable> PerPersonYear);

/// <summary>
/// The same quantities priced by several sets, side by side, and what makes the difference. Sets that cannot price them stand there with
/// what they lack; they are not left out.
/// </summary>
/// <param name="Sets">One column per set, in the order given; the first is the one that the others are held against.</param>
/// <param name="Differences">Per measure and other set, where both have exactly one price for it.</param>
public sealed record UnitCostComparison(IReadOnlyList<ComparedSet> Sets, IReadOnlyList<PriceDifference> Differences)
{
    /// <summary>Prices quantities by several sets.</summary>
    /// <param name="quantities">The quantities.</param>
    /// <param name="terms">One or more; the first is held against the others.</param>
    /// <param name="level">The intervals' level.</param>
    public static UnitCostComparison Of(QuantitySet quantities, IReadOnlyList<PriceTerms> terms, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        ArgumentNullException.ThrowIfNull(terms);
        if (terms.Count == 0) throw new ArgumentException("There must be at least one set to price by.", nameof(terms));
        var measures = quantities.Quantities.DistinctBy(q => q.Measure).OrderBy(q => q.Measure.Code, StringComparer.Ordinal).ToList();
        var differences =
            from other in terms.Skip(1)
            from measure in measures
            let pair = (From: OnlyPrice(terms[0], measure), To: OnlyPrice(other, measure))
            where pair.From is not null && pair.To is not null
            select PriceDifference.Between(measure.Measure, terms[0].Set, pair.From, other.Set, pair.To);
        return new UnitCostComparison([.. terms.Select(t => Priced(quantities, t, level))], [.. differences]);
    }

    private static ComparedSet Priced(QuantitySet set, PriceTerms terms, double level) => new(
        terms.Set,
        terms.Level,
        terms.For(set.Quantities).Map(prices => new MoneyTable(LineDraft.PerPersonYear(set, prices), set, level)));

    private static UnitPrice? OnlyPrice(PriceTerms terms, MeasureQuantity quantity) =>
        terms.For(quantity.Measure, quantity.Unit).Match(prices => prices.Count == 1 ? prices[0] : null, _ => null);
}

/// <summary>What may make one set's price another than the other's.</summary>
public enum PriceDriver
{
    /// <summary>The published figure; together with its conversion when the two are published in different units.</summary>
    Figure = 1,

    /// <summary>The conversion to the measure's unit.</summary>
    Conversion = 2,

    /// <summary>The price year, through the index.</summary>
    PriceYear = 3,

    /// <summary>The share that stops being spent; moves the marginal price only.</summary>
    MarginalShare = 4,
}

/// <summary>A driver's part of a difference.</summary>
/// <param name="Driver">The driver.</param>
/// <param name="Sek">Kronor per unit of the measure; the parts sum to the difference.</param>
public sealed record DriverPart(PriceDriver Driver, decimal Sek);

/// <summary>Two sets' prices of a measure, and what makes the difference.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="FromSet">The set that the other is held against.</param>
/// <param name="ToSet">The other set.</param>
/// <param name="From">Its price in full, kronor per unit of the measure.</param>
/// <param name="To">The other's.</param>
/// <param name="Parts">What of <c>To − From</c> comes from what.</param>
/// <param name="MarginalFrom">Its marginal price.</param>
/// <param name="MarginalTo">The other's.</param>
/// <param name="MarginalParts">What of <c>MarginalTo − MarginalFrom</c> comes from what.</param>
/// <param name="PercentOnOtherActors">How many per cent of the cost the other set lays on other actors than this one does.</param>
public sealed record PriceDifference(
    MeasureCode Measure,
    string FromSet,
    string ToSet,
    decimal From,
    decimal To,
    IReadOnlyList<DriverPart> Parts,
    decimal MarginalFrom,
    decimal MarginalTo,
    IReadOnlyList<DriverPart> MarginalParts,
    decimal PercentOnOtherActors)
{
    internal static PriceDifference Between(MeasureCode measure, string fromSet, UnitPrice from, string toSet, UnitPrice to)
    {
        var sameUnit = from.Cost.Unit == to.Cost.Unit;
        var factors = new List<(PriceDriver Driver, decimal From, decimal To)>();
        if (sameUnit)
        {
            factors.Add((PriceDriver.Figure, from.Cost.Sek, to.Cost.Sek));
            factors.Add((PriceDriver.Conversion, Rate(from.Cost.Conversion), Rate(to.Cost.Conversion)));
        }
        else
        {
            // A figure per year and one per day cannot be told apart from their conversions: the two would be huge and of opposite signs.
            factors.Add((PriceDriver.Figure, from.Cost.Sek * Rate(from.Cost.Conversion), to.Cost.Sek * Rate(to.Cost.Conversion)));
        }

        factors.Add((PriceDriver.PriceYear, from.Uprating.Apply(1m), to.Uprating.Apply(1m)));
        var whole = KronaGrid.On(to.PerMeasureUnit) - KronaGrid.On(from.PerMeasureUnit);
        var parts = FairShares.Of(factors, whole);
        factors.Add((PriceDriver.MarginalShare, from.Cost.MarginalShare, to.Cost.MarginalShare));
        var marginalFrom = KronaGrid.On(from.PerMeasureUnit * from.Cost.MarginalShare);
        var marginalTo = KronaGrid.On(to.PerMeasureUnit * to.Cost.MarginalShare);
        return new PriceDifference(
            measure,
            fromSet,
            toSet,
            KronaGrid.On(from.PerMeasureUnit),
            KronaGrid.On(to.PerMeasureUnit),
            parts,
            marginalFrom,
            marginalTo,
            FairShares.Of(factors, marginalTo - marginalFrom),
            Enum.GetValues<Actor>().Sum(a => Math.Abs(from.Cost.Split.PercentOf(a) - to.Cost.Split.PercentOf(a))) / 2m);
    }

    private static decimal Rate(Conversion conversion) => conversion.Multiplier / conversion.Divisor;
}
