using SiOutcomeLab.Domain;
using SiOutcomeLab.Economics.Prices;

namespace SiOutcomeLab.Economics.Words;

/// <summary>A cost baseline in plain sentences. Which kind it is of is told first, since the two are easily taken for each other.</summary>
public static class BaselineWords
{
    /// <summary>A target group's baseline.</summary>
    /// <param name="shown">The numbers as shown.</param>
    /// <param name="level">The prices they are in.</param>
    public static BilingualText OfTargetGroup(ShownTable shown, PriceLevel level) => Say(
        shown,
        level,
        new BilingualText(
            "En person i målgruppen som inte har fått insatsen kostar", "A person of the target group who has not had the intervention costs"));

    /// <summary>A baseline of participants' counterfactual.</summary>
    /// <param name="shown">The numbers as shown.</param>
    /// <param name="level">The prices they are in.</param>
    public static BilingualText OfCounterfactual(ShownTable shown, PriceLevel level) => Say(
        shown, level, new BilingualText("Utan insatsen hade en deltagare kostat", "Without the intervention a participant would have cost"));

    private static BilingualText Say(ShownTable shown, PriceLevel level, BilingualText opening)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(level);
        var (total, prices) = (KronaWords.Of(shown.Total.Sek), KronaWords.In(level));
        var between = KronaWords.Between(shown.Total.Low, shown.Total.High, shown.Level);
        var (resources, transfers) = (KronaWords.Of(shown.Resources), KronaWords.Of(shown.Transfers));
        var (actors, marks) = (KronaWords.Actors(shown), KronaWords.Marks(shown));
        return new BilingualText(
            $"{opening.Sv} {total.Sv} om året {prices.Sv} ({between.Sv}). Av det är {resources.Sv} resurser och {transfers.Sv} bidrag, "
                + $"som är en inkomst för den enskilde. Fördelat på dem som betalar: {actors.Sv}. Vad kronorna vilar på: {marks.Sv}.",
            $"{opening.En} {total.En} a year {prices.En} ({between.En}). Of that, {resources.En} are resources and {transfers.En} transfers, "
                + $"which are income to the person. By who pays: {actors.En}. What the kronor rest on: {marks.En}.");
    }
}
