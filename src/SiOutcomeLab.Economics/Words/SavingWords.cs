using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Savings;

namespace SiOutcomeLab.Economics.Words;

/// <summary>A saving's three lines as shown.</summary>
/// <param name="EconomicValue">Line one.</param>
/// <param name="Marginal">Line two.</param>
/// <param name="BudgetReducible">Line three, within the effects' last event year.</param>
/// <param name="BudgetReducibleLater">What budgets can be cut by after it.</param>
/// <param name="LastYear">That last event year.</param>
/// <param name="Level">The prices they are in.</param>
/// <param name="Rate">The discount rate.</param>
/// <param name="Standing">Verified or indicative.</param>
public sealed record ShownSaving(
    ShownTable EconomicValue,
    ShownTable Marginal,
    ShownTable BudgetReducible,
    ShownTable BudgetReducibleLater,
    int LastYear,
    PriceLevel Level,
    DiscountRate Rate,
    Standing Standing)
{
    /// <summary>Rounds a saving for readers.</summary>
    /// <param name="saving">The exact saving.</param>
    /// <param name="step">What amounts are shown in; positive.</param>
    public static ShownSaving Of(Saving saving, decimal step)
    {
        ArgumentNullException.ThrowIfNull(saving);
        return new ShownSaving(
            ShownTable.Of(saving.EconomicValue, step),
            ShownTable.Of(saving.Marginal, step),
            ShownTable.Of(saving.BudgetReducible, step),
            ShownTable.Of(saving.BudgetReducibleLater, step),
            saving.Effects.Set.Years[^1],
            saving.PriceLevel,
            saving.Rate,
            saving.Effects.Standing);
    }
}

/// <summary>A saving in plain sentences. What the interval leaves open is never told as a saving.</summary>
public static class SavingWords
{
    /// <summary>The saving per participant.</summary>
    /// <param name="shown">The numbers as shown.</param>
    public static BilingualText Say(ShownSaving shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        var head = Head(shown);
        var actors = KronaWords.Actors(shown.EconomicValue);
        var marginal = KronaWords.Of(shown.Marginal.Total.Sek);
        var (cut, later) = (KronaWords.Of(shown.BudgetReducible.Total.Sek), KronaWords.Of(shown.BudgetReducibleLater.Total.Sek));
        var marks = KronaWords.Marks(shown.EconomicValue);
        var standing = shown.Standing == Standing.Verified
            ? new BilingualText(string.Empty, string.Empty)
            : new BilingualText(" Resultatet är indikativt: det ger ingen utbetalning.", " The result is indicative: it pays nothing.");
        return new BilingualText(
            $"{head.Sv} Fördelat på dem som betalar: {actors.Sv}. Av värdet slutar {marginal.Sv} att förbrukas, och "
                + $"budgetar kan minskas med {cut.Sv} inom {shown.LastYear} år och {later.Sv} därefter. Vad kronorna vilar på: {marks.Sv}.{standing.Sv}",
            $"{head.En} By who pays: {actors.En}. Of the value, {marginal.En} stop being spent, and budgets can be cut by {cut.En} within "
                + $"{shown.LastYear} {(shown.LastYear == 1 ? "year" : "years")} and {later.En} after that. "
                + $"What the kronor rest on: {marks.En}.{standing.En}");
    }

    private static BilingualText Head(ShownSaving shown)
    {
        var total = shown.EconomicValue.Total;
        var prices = KronaWords.In(shown.Level);
        var (sv, en) = ($"{prices.Sv}, {shown.Rate.Name.Sv}", $"{prices.En}, {shown.Rate.Name.En}");
        var between = KronaWords.Between(total.Low, total.High, shown.EconomicValue.Level);
        var size = KronaWords.Of(Math.Abs(total.Sek));
        if (total.Low > 0)
        {
            return new(
                $"Per deltagare sparas ett värde av {size.Sv} {sv} ({between.Sv}).", $"Per participant a value of {size.En} is saved {en} ({between.En}).");
        }

        if (total.High < 0)
        {
            return new($"Per deltagare kostar det {size.Sv} mer {sv} ({between.Sv}).", $"Per participant it costs {size.En} more {en} ({between.En}).");
        }

        return new(
            $"Det går inte att säga om kronor sparas. Per deltagare räknat {sv}: {KronaWords.Of(total.Sek).Sv} ({between.Sv}).",
            $"Whether kronor are saved cannot be told. Per participant {en}: {KronaWords.Of(total.Sek).En} ({between.En}).");
    }
}
