using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Benchmarks;

/// <summary>Whether the pooled effect hangs on one municipality, and whether small ones tell another story than large ones.</summary>
internal static class SteadinessSection
{
    public static Node Of(ReleasedBenchmark b, PageLanguage language)
    {
        var placed = b.Municipalities.Where(m => m.Place is not null).ToArray();
        if (b.Pool is not { } pool || placed.Length == 0) return new Fragment();
        var words = ReleasedNumbers.WordsOf(b.Key.Outcome.Measure);
        return Section(
            "steadiness", language.Pick("Hänger resultatet på någon enda?", "Does the result hang on any single one?"),
            P(language.Pick(
                "Tabellen visar medlet när en kommun i taget lämnas ut. Tratten visar var kommunerna ligger mot hur säkra de är: "
                    + "utanför de streckade linjerna är skillnaden större än slumpen brukar ge.",
                "The table shows the mean with one municipality at a time left out. The funnel shows where municipalities lie against "
                    + "how certain they are: beyond the dashed lines the difference is larger than chance usually gives.")),
            Funnel(pool, placed, words, language),
            Table(placed, words, language));
    }

    private static Fragment Funnel(ReleasedPool pool, ReleasedMunicipality[] placed, MeasureWords words, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        var points = placed.Select(m => new FunnelPoint(
            language.Pick(Names.Organisation(m.Municipality)), ReleasedNumbers.ForPicture(m.Point, words),
                ReleasedNumbers.ForPicture(m.StandardError, words),
            m.Point.IsShown ? null : numbers.Withheld(m.Point)));
        var far = placed.Where(m => m.Place!.FunnelDeviation.TryGet(out var d) && Math.Abs(d) > 1.96)
            .Select(m => language.Pick(Names.Organisation(m.Municipality))).ToArray();
        var finding = far.Length == 0
            ? language.Pick("Alla kommuner ligger inom det som slumpen kan ge.", "Every municipality lies within what chance may give.")
            : language.Pick($"Utanför det som slumpen brukar ge: {string.Join(", ", far)}.",
                $"Beyond what chance usually gives: {string.Join(", ", far)}.");
        var axis = language.Pick($"Skillnad mot utan insatsen, {numbers.Unit(words)}",
            $"Difference from without it, {numbers.Unit(words)}");
        var data = new FunnelData([.. points], axis)
        {
            Pooled = ReleasedNumbers.ForPicture(pool.Point, words),
            Decimals = ReleasedNumbers.Decimals(placed.SelectMany(m => new[] { m.Point, m.StandardError }), words),
        };
        return new Fragment(
            P(finding),
            Figure.Of("funnel", language.Pick("Kommunerna mot hur säkra de är", "The municipalities against how certain they are"),
                finding, language, frame =>
                FunnelPlot.Draw(data, frame with { Language = BenchmarkPageWords.Charts(language) })));
    }

    private static Node Table(ReleasedMunicipality[] placed, MeasureWords words, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        var table = new DataTable(
            language.Pick($"Medlet utan en kommun i taget, {numbers.Unit(words)}",
                $"The mean without one municipality at a time, {numbers.Unit(words)}"),
            language.Pick("Utan", "Without"),
            language.Pick("Sammanvägd effekt", "Pooled effect"),
            language.Pick("Kommunens avstånd från medlet, i egna medelfel",
                "The municipality’s distance from the mean, in own standard errors"));
        foreach (var m in placed)
        {
            table.Add(language.Pick(Names.Organisation(m.Municipality)), Without(m.Place!, numbers, words, language),
                numbers.Text(m.Place!.FunnelDeviation, 1));
        }

        return table.ToNode();
    }

    private static string Without(ReleasedPlace place, ReleasedNumbers numbers, MeasureWords words, PageLanguage language) =>
        place is { WithoutPoint: { } point, WithoutLow: { } low, WithoutHigh: { } high }
            ? numbers.PointAndInterval(point, low, high, words)
            : language.Pick("går inte att räkna", "cannot be computed");
}
