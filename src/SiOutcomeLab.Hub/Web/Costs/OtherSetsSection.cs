using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Pipelines.Costing;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Costs;

/// <summary>The same result by other sets of unit costs and price levels, side by side.</summary>
internal static class OtherSetsSection
{
    public static Node Of(ReleasedCosts costs, IReadOnlyList<ReleasedCosts> current, CostingTerms terms, PageLanguage language)
    {
        var same = current.Where(c => c.Plan?.RunId == costs.Plan?.RunId && c.MunicipalityGroup == costs.MunicipalityGroup && c.Saving is not null).ToArray();
        if (same.All(c => c.Name == costs.Name)) return new Fragment();
        var numbers = new KronaNumbers(language);
        var table = new DataTable(
            language.Pick("Samma resultat med andra enhetskostnader, kronor per deltagare", "The same result by other unit costs, kronor per participant"),
            language.Pick("Enhetskostnader", "Unit costs"),
            language.Pick("Hela värdet", "The whole value"),
            language.Pick("Slutar att förbrukas", "Stops being spent"),
            language.Pick("Budgeten kan minskas inom tiden", "The budget can be cut within the time"));
        foreach (var c in same)
        {
            Node label = $"{CostPage.SetName(terms, c.Terms.UnitCostSet, language)}, {c.Terms.PriceLevel.Year}";
            table.Add(
                c.Name == costs.Name ? new Fragment(label, language.Pick(" (denna sida)", " (this page)")) : A(language.Href("/" + c.Name), label),
                [.. new[] { c.Saving!.EconomicValue, c.Saving.Marginal, c.Saving.BudgetReducible }
                    .Select(m => (Node)numbers.WithInterval(m.Paid, m.Low, m.High))]);
        }

        return Section("other", language.Pick("Andra sätt att räkna", "Other ways to count"), table.ToNode());
    }
}
