using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Hub.Web.Effects;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Storage.Catalogue;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Benchmarks;

/// <summary>One benchmark, whole: what it says, its municipalities, its numbers, what it hangs on and what it rests on.</summary>
internal sealed class BenchmarkPage(IBenchmarkReleases releases)
{
    public async Task<Page?> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var name = "benchmarks/" + request.Id;
        if (name.Length > 200 || await releases.FindAsync(name, request.Audience, cancellationToken) is not { } found) return null;
        var (benchmark, language) = (found.Value, request.Language);
        var current = await CurrentAsync(releases, benchmark.Key, request.Audience, cancellationToken);
        var standing = await releases.StandingAsync([name], cancellationToken);
        return new Page(
            TitleOf(benchmark, language),
            P(string.Join(" · ", Kind(benchmark, language))).With("class", "told"),
            benchmark.Sentences.Count == 0 ? new Fragment() : P(language.Pick(benchmark.Sentences[0])).With("class", "lead"),
            Meaning(benchmark, current?.Value.Name, standing.GetValueOrDefault(name, DataStanding.Current), language),
            MunicipalitySection.Of(benchmark, language),
            PoolSection.Of(benchmark, language),
            SteadinessSection.Of(benchmark, language),
            PooledBalanceSection.Of(benchmark, language),
            BenchmarkLineageSection.Of(found, language));
    }

    /// <summary>The benchmark that stands for a method and outcome now, if the audience may see it.</summary>
    public static async Task<Released<ReleasedBenchmark>?> CurrentAsync(
        IBenchmarkReleases releases, BenchmarkKey key, Audience audience, CancellationToken cancellationToken)
    {
        // One for each project and way to sum up; a project has one of these.
        const int MostOfAQuestion = 200;
        var filter = new BenchmarkFilter(key.Method, key.Outcome.Measure.Code, key.Outcome.HorizonPeriods);
        var found = await releases.ListAsync(filter, audience, null, MostOfAQuestion, cancellationToken);
        return found.FirstOrDefault(r => r.Value.Key == key);
    }

    public static string TitleOf(ReleasedBenchmark b, PageLanguage language) =>
        $"{b.Key.Method}: {language.Pick(PlanWords.Of(b.Key.Outcome, b.Key.PeriodLength))}";

    private static IEnumerable<string> Kind(ReleasedBenchmark b, PageLanguage language)
    {
        yield return language.Pick("Metod över kommuner", "Method over municipalities");
        yield return language.Pick(BenchmarkPageWords.Of(b.Status));
        yield return language.Pick($"projekt {b.Key.Project.Code}", $"project {b.Key.Project.Code}");
    }

    private static Element Meaning(ReleasedBenchmark b, string? current, DataStanding data, PageLanguage language)
    {
        var told = b.Sentences.Skip(1).Select(s => (Node)Li(language.Pick(s))).ToList();
        if (b.Pool is not null) told.Add(Li(language.Pick(BenchmarkPageWords.Of(b.Model))));
        told.Add(Li(language.Pick(
            "En sammanvägning är vägledande. Betalningar vilar på en kommuns egen verifierade effekt.",
            "A pooled effect guides. Payments rest on a municipality’s own verified effect.")));
        if (EffectWords.Of(data) is { } changed) told.Add(Li(language.Pick(changed)));
        if (current is not null && current != b.Name)
        {
            told.Add(Li(
                language.Pick("Det finns en senare sammanvägning: ", "There is a later benchmark: "),
                A(language.Href("/" + current), language.Pick("till den", "to it")), "."));
        }

        told.Add(Li(A(
            language.Href(
                EffectListPage.Path, [(EffectQuestion.Method, b.Key.Method), (EffectQuestion.Measure, b.Key.Outcome.Measure.Code)]),
            language.Pick("Kommunernas egna effekter av metoden", "The municipalities’ own effects of the method"))));
        return Section("conclude", language.Pick("Vad får man dra för slutsats?", "What may be concluded?"), Ul(told));
    }
}
