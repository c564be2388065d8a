using System.Globalization;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Economics.Words;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Costs;

/// <summary>Every price that was used: from the published figure to kronor per unit, who bears it, and what it rests on.</summary>
internal static class PriceSection
{
    public static Node Of(ReleasedCosts costs, PageLanguage language)
    {
        if (costs.Prices.Count == 0) return new Fragment();
        var table = new DataTable(
            language.Pick("Priserna", "The prices"),
            language.Pick("Enhetskostnad", "Unit cost"),
            language.Pick("Publicerad siffra", "Published figure"),
            language.Pick("Per enhet av måttet", "Per unit of the measure"),
            language.Pick("Fördelning", "Split"),
            language.Pick("Slutar förbrukas · kan minskas", "Stops being spent · can be cut"),
            language.Pick("Vilar på", "Rests on"));
        foreach (var p in costs.Prices)
        {
            table.Add(
                new Fragment(language.Pick(p.Name), " ", Code(p.Code)),
                language.Pick($"{Sek(p.Sek)} kr per {p.Unit}, {p.PriceYear} års priser", $"{Sek(p.Sek)} kr per {p.Unit}, {p.PriceYear} prices"),
                $"{Sek(p.PerMeasureUnit)} kr · {language.Pick(Names.Variable(p.Measure.Code))}",
                string.Join(", ", p.Split.Select(s => $"{language.Pick(s.Item.Name)} {language.Plain((double)s.Percent)}{language.Charts.Numbers.PercentSign}")),
                $"{Percent(p.MarginalShare)} · {Percent(p.CashableShare)} {Lag(p, language)}",
                new Fragment($"{language.Pick(ActorWords.Of(p.FigureProvenance))}, {language.Pick(GradeWords(p.Grade))}. ", p.Source));
        }

        return Section("prices", language.Pick("Priserna bakom", "The prices behind it"), table.ToNode());

        string Sek(decimal sek) => language.Number((double)sek, 0);
        string Percent(decimal share) => language.Charts.Numbers.Percent((double)share, 0);
    }

    private static string Lag(PriceUsed p, PageLanguage language)
    {
        var years = p.CashableLagYears.ToString(CultureInfo.InvariantCulture);
        return p.CashableLagYears == 0 ? language.Pick("samma år", "the same year") : language.Pick($"efter {years} år", $"after {years} y");
    }

    private static Domain.BilingualText GradeWords(Grade grade) => grade switch
    {
        Grade.Official => new("officiell uppgift", "official figure"),
        Grade.Secondary => new("officiell uppgift i andra hand", "official figure at second hand"),
        Grade.Model => new("ur en kostnadsmodell", "from a model of costs"),
        Grade.Newspaper => new("ur en tidning", "from a newspaper"),
        Grade.Uncertain => new("osäker uppgift", "uncertain figure"),
        _ => throw new ArgumentOutOfRangeException(nameof(grade), grade, "A grade without words; add it here."),
    };
}
