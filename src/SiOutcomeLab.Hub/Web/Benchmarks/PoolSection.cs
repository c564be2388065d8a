using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Benchmarks;

/// <summary>The pooled effect's numbers, or in words that there are none.</summary>
internal static class PoolSection
{
    public static Node Of(ReleasedBenchmark b, PageLanguage language)
    {
        var heading = language.Pick("Talen", "The numbers");
        return b.Pool is { } pool
            ? Section("numbers", heading, Table(b, pool, language))
            : Section("numbers", heading, P(b.Status == BenchmarkStatus.Withheld
                ? language.Pick("De sammanvägda talen finns men visas inte.", "The pooled numbers exist and are withheld.")
                : language.Pick("Det finns inga sammanvägda tal.", "There are no pooled numbers.")));
    }

    private static Node Table(ReleasedBenchmark b, ReleasedPool pool, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        var words = ReleasedNumbers.WordsOf(b.Key.Outcome.Measure);
        var level = language.Charts.Numbers.Percent(b.Level, 0);
        var table = new DataTable(
            language.Pick("Kommunerna sammanvägda", "The municipalities pooled"), language.Pick("Storhet", "Quantity"),
                language.Pick("Värde", "Value"));
        table.Add(language.Pick("Sammanvägd effekt", "Pooled effect"), numbers.Amount(pool.Point, words));
        table.Add(
            language.Pick($"Intervall, {level}", $"Interval, {level}"),
            $"{numbers.Interval(pool.Point, pool.Low, pool.High, words)} {numbers.Unit(words)}");
        table.Add(language.Pick("Medelfel (Hartung och Knapp)", "Standard error (Hartung and Knapp)"), numbers.Amount(pool.StandardError,
            words));
        table.Add(language.Pick("p-värde", "p-value"), numbers.PValue(pool.PValue));
        table.Add(
            language.Pick($"Väntat i en ny kommun, {level}", $"Expected in a further municipality, {level}"),
            $"{numbers.Interval(pool.Point, pool.PredictionLow, pool.PredictionHigh, words)} {numbers.Unit(words)}");
        table.Add(language.Pick("Skillnad mellan kommuner (τ)", "Difference between municipalities (τ)"), numbers.Amount(pool.Tau, words));
        table.Add(language.Pick("Andel av variationen som inte är slump (I²)", "Share of the variation that is not chance (I²)"),
            numbers.Share(pool.ISquared));
        table.Add(
            language.Pick("p-värde för att kommunerna är lika", "p-value of equal municipalities"),
                numbers.PValue(pool.HeterogeneityPValue));
        if (b.OneStage is { } ratio)
        {
            table.Add(language.Pick("Oddskvot, räknad i ett steg", "Odds ratio, computed in one stage"), numbers.Text(ratio.OddsRatio, 2));
            table.Add(language.Pick($"Dess intervall, {level}", $"Its interval, {level}"), Ratio(ratio, numbers, language));
        }

        table.Add(language.Pick("Kommuner", "Municipalities"), language.Number(pool.Municipalities, 0));
        table.Add(language.Pick("Deltagare", "Participants"), numbers.Persons(pool.Participants));
        return table.ToNode();
    }

    private static string Ratio(ReleasedOddsRatio ratio, ReleasedNumbers numbers,
        PageLanguage language) => ratio.Low.IsShown && ratio.High.IsShown
        ? $"{numbers.Text(ratio.Low, 2)} {language.Pick("till", "to")} {numbers.Text(ratio.High, 2)}"
        : numbers.Withheld(ratio.Low.IsShown ? ratio.High : ratio.Low);
}
