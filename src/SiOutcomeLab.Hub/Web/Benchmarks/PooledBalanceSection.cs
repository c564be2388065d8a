using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Benchmarks;

/// <summary>How alike the groups were over the municipalities of the pool.</summary>
internal static class PooledBalanceSection
{
    public static Node Of(ReleasedBenchmark b, PageLanguage language)
    {
        if (b.Balance.Count == 0) return new Fragment();
        var numbers = new ReleasedNumbers(language);
        var title = language.Pick("Skillnad mellan grupperna före starten, medel över kommunerna",
            "Differences between the groups before the start, mean over municipalities");
        var rows = b.Balance.Select(r => new LoveRow(
            language.Pick(Names.Column(r.Covariate, b.Key.PeriodLength)), Shown(r.MeanBefore), Shown(r.MeanAfter),
            r.MeanBefore.IsShown ? null : numbers.Withheld(r.MeanBefore)));
        var table = new DataTable(
            language.Pick($"{title}, i standardavvikelser", $"{title}, in standard deviations"),
            language.Pick("Egenskap", "Covariate"), language.Pick("Före", "Before"), language.Pick("Efter", "After"),
            language.Pick("Störst i någon kommun, efter", "Largest in any municipality, after"));
        foreach (var r in b.Balance)
        {
            table.Add(
                language.Pick(Names.Column(r.Covariate, b.Key.PeriodLength)), numbers.Text(r.MeanBefore, 2), numbers.Text(r.MeanAfter, 2),
                numbers.Text(r.WorstAfter, 2));
        }

        var finding = language.Pick(
            "Deltagare och jämförelsepersoner, före och efter att de gjordes lika; talen står i tabellen.",
            "Participants and comparison persons, before and after they were made alike; the numbers stand in the table.");
        return Section(
            "balance", language.Pick("Hur lika grupperna är", "How alike the groups are"),
            Figure.Of("love", title, finding, language, frame => LovePlot.Draw(new LoveData([.. rows]), frame)),
            table.ToNode());
    }

    private static double? Shown(Cell cell) => cell.TryGet(out var value) ? value : null;
}
