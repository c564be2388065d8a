using SiOutcomeLab.Charts;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Hub.Web.Effects;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Benchmarks;

/// <summary>The municipalities around the pooled effect: drawn, and the same in a table. Nobody is ranked.</summary>
internal static class MunicipalitySection
{
    public static Node Of(ReleasedBenchmark b, PageLanguage language)
    {
        var (words, heading) = (ReleasedNumbers.WordsOf(b.Key.Outcome.Measure), language.Pick("Kommunerna", "The municipalities"));
        var absent = Absent(b, language);
        if (b.Municipalities.Count == 0)
        {
            return Section("municipalities", heading, P(language.Pick("Ingen kommun har en skattning.",
                "No municipality has an estimate.")), absent);
        }

        return Section(
            "municipalities", heading,
            b.Pool is null ? new Fragment() : P(language.Pick(
                "Kommunernas ordning säger ingenting: en liten kommun hamnar lätt längst ut av en slump. Läs i stället den samlade "
                    + "bedömningen, som väger in vad de andra kommunerna visar, och hur troligt det är att kommunen ligger bättre "
                    + "till än metoden i stort.",
                "The order of municipalities tells nothing: a small one easily lands outermost by chance. Rather read the combined "
                    + "estimate, which takes in what the others show, and how probable it is that the municipality does better than "
                    + "the method at large.")),
            Picture(b, words, language),
            Table(b, words, language),
            absent);
    }

    private static Node Picture(ReleasedBenchmark b, MeasureWords words, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        var rows = b.Municipalities.Select(m => new ForestRow(NameOf(m, b, language), ReleasedNumbers.ForPicture(m.Point, m.Low, m.High,
            words))
        {
            Weight = m.Place is { } p && p.Weight.TryGet(out var weight) && weight > 0 ? weight : null,
            Shrunken = m.Place is { } s ? ReleasedNumbers.ForPicture(s.Shrunken, s.ShrunkenLow, s.ShrunkenHigh, words) : null,
            Gap = m.Point.IsShown ? null : numbers.Withheld(m.Point),
        });
        var axis = language.Pick($"Skillnad mot utan insatsen, {numbers.Unit(words)}",
            $"Difference from without it, {numbers.Unit(words)}");
        var sides = BenchmarkPageWords.Sides(words.Direction);
        var data = new ForestData([.. rows], axis)
        {
            Pooled = b.Pool is { } pool ? PooledRow(pool, words, language) : null,
            Decimals = ReleasedNumbers.Decimals(b.Municipalities.SelectMany(m => new[] { m.Point, m.Low, m.High }), words),
            LowSide = sides is { } low ? language.Pick(low.Low) : null,
            HighSide = sides is { } high ? language.Pick(high.High) : null,
        };
        var finding = b.Sentences.Count == 0 ? BenchmarkPage.TitleOf(b, language) : string.Join(' ', b.Sentences.Select(language.Pick));
        return Figure.Of("forest", language.Pick(PlanWords.Of(b.Key.Outcome, b.Key.PeriodLength)), finding, language,
            frame => ForestPlot.Draw(data, frame with { Language = BenchmarkPageWords.Charts(language) }));
    }

    private static ForestPooled PooledRow(ReleasedPool pool, MeasureWords words, PageLanguage language) => new(
        language.Pick($"Sammanvägt, {pool.Municipalities} kommuner", $"Pooled, {pool.Municipalities} municipalities"),
        ReleasedNumbers.ForPicture(pool.Point, pool.Low, pool.High, words))
    {
        PredictionLower = ReleasedNumbers.ForPicture(pool.PredictionLow, words),
        PredictionUpper = ReleasedNumbers.ForPicture(pool.PredictionHigh, words),
        Gap = pool.Point.IsShown ? null : new ReleasedNumbers(language).Withheld(pool.Point),
    };

    private static Node Table(ReleasedBenchmark b, MeasureWords words, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        var table = new DataTable(
            language.Pick($"Effekt och {Level(b, language)} intervall, {numbers.Unit(words)}",
                $"Effect and {Level(b, language)} interval, {numbers.Unit(words)}"),
            language.Pick("Kommun", "Municipality"),
            language.Pick("Egen skattning", "Own estimate"),
            language.Pick("Deltagare", "Participants"),
            language.Pick("Samlad bedömning", "Combined estimate"),
            language.Pick("Bättre än metoden i stort", "Better than the method at large"),
            language.Pick("Vikt", "Weight"));
        foreach (var m in b.Municipalities)
        {
            table.Add(
                A(language.Href("/effects", [(EffectQuestion.Plan, m.PlanId), (EffectQuestion.All, "1")]), NameOf(m, b, language)),
                numbers.PointAndInterval(m.Point, m.Low, m.High, words),
                numbers.Persons(m.Participants),
                m.Place is { } p ? numbers.PointAndInterval(p.Shrunken, p.ShrunkenLow, p.ShrunkenHigh, words) : None(language),
                m.Place?.ProbabilityBetter is { } better ? Probability(numbers.Probability(better), better.IsShown,
                    language) : None(language),
                m.Place is { } w ? numbers.Share(w.Weight) : None(language));
        }

        return table.ToNode();
    }

    private static Fragment Absent(ReleasedBenchmark b, PageLanguage language)
    {
        if (b.Absent.Count == 0) return new Fragment();
        var items = b.Absent.Select(a => (Node)Li(
            language.Pick(Names.Organisation(a.Municipality)), ": ", language.Pick(BenchmarkPageWords.Of(a.Reason)), " (",
            A(language.Href($"/plans/{a.PlanId}"), language.Pick("planen", "the plan")), ")."));
        return new Fragment(H3(language.Pick("Har en plan men är inte med", "Have a plan and do not take part")), Ul([.. items]));
    }

    private static string Probability(string share, bool isShown, PageLanguage language) =>
        isShown ? language.Pick($"sannolikhet {share}", $"probability {share}") : share;

    // Nothing is withheld here: there is none, or it belongs to a pool that is not shown.
    private static string None(PageLanguage language) => language.Pick("ingen", "none");

    private static string Level(ReleasedBenchmark b, PageLanguage language) => language.Charts.Numbers.Percent(b.Level, 0);

    private static string NameOf(ReleasedMunicipality m, ReleasedBenchmark b, PageLanguage language)
    {
        var name = language.Pick(Names.Organisation(m.Municipality));
        return m.IsInPool || b.Pool is null ? name : language.Pick($"{name} (inte med i medlet)", $"{name} (not in the mean)");
    }
}
