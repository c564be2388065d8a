using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Economics.Words;
using SiOutcomeLab.Hub.Web.Markup;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Costs;

/// <summary>Tables that baselines and savings have alike.</summary>
internal static class MoneyTables
{
    /// <summary>Kronor by budget item; nothing where none is counted.</summary>
    public static Node Items(ReleasedMoney money, string caption, KronaNumbers numbers, PageLanguage language)
    {
        if (money.ByBudgetItem.Count == 0) return new Fragment();
        var table = new DataTable(
            caption, language.Pick("Budgetpost", "Budget item"), language.Pick("Vems", "Whose"), language.Pick("Kronor och intervall", "Kronor and interval"));
        foreach (var item in money.ByBudgetItem)
        {
            table.Add(language.Pick(item.Item.Name), language.Pick(ActorWords.Of(item.Item.Actor)), numbers.WithInterval(item.Sek, item.Low, item.High));
        }

        return table.ToNode();
    }

    /// <summary>What the kronor rest on, and what they would be without their dearest persons.</summary>
    public static Node Rests(ReleasedMoney money, string of, KronaNumbers numbers, PageLanguage language)
    {
        var table = new DataTable(
            $"{of}: {language.Pick("vad varje krona vilar på", "what every krona rests on")}", language.Pick("Märkning", "Mark"), language.Pick("Kronor", "Kronor"));
        foreach (var mark in money.ByProvenance) table.Add(language.Pick(ActorWords.Of(mark.Provenance)), numbers.Sek(mark.Sek));
        return new Fragment(
            table.ToNode(),
            money.Winsorised is { } cut
                ? P(language.Pick(
                    $"När den dyraste hundradelen kapas till kostnaden under den blir det {numbers.Sek(cut)}: så mycket hänger på några få dyra personer.",
                    $"With the dearest hundredth cut down to the cost below it, it is {numbers.Sek(cut)}: so much hangs on a few costly persons."))
                : new Fragment());
    }
}
