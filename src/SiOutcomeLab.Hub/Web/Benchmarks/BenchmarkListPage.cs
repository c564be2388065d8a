using System.Globalization;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Storage.Catalogue;
using static SiOutcomeLab.Hub.Web.Markup.Tags;
using Paging = SiOutcomeLab.Hub.Features.Paging;

namespace SiOutcomeLab.Hub.Web.Benchmarks;

/// <summary>The current benchmarks that the reader may see, filtered, page by page.</summary>
internal sealed class BenchmarkListPage(IBenchmarkReleases releases, IPlanCatalogue plans)
{
    public const string Path = "/benchmarks";
    public const string Method = "method";
    public const string Measure = "measure";
    public const string Horizon = "horizon";

    private const string Kind = "benchmarks";

    public async Task<Page?> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var language = request.Language;
        var filter = new BenchmarkFilter(request.Asked(Method), request.Asked(Measure), HorizonOf(request));
        var marks = new PageMarks(Kind, Path, request, [.. new[] { Method, Measure, Horizon }.Select(k => (k, request.Asked(k)))]);
        var found = await releases.ListAsync(filter, request.Audience, marks.After, marks.Size + 1, cancellationToken);
        var (items, hasMore) = Paging.Page.Cut(found, marks.Size);
        var interventions = await plans.ListInterventionsAsync(null, cancellationToken);
        return new Page(
            language.Pick("Metoder över kommuner", "Methods over municipalities"),
            P(language.Pick(
                "Vad en metod ger när alla kommuner som har prövat den vägs samman, hur mycket kommunerna skiljer sig, och vad en ny "
                    + "kommun kan vänta sig.",
                "What a method gives when all municipalities that have tried it are pooled, how much they differ, and what a further "
                    + "one may expect."))
                .With("class", "lead"),
            Form(filter, request.Asked(Horizon), interventions, language),
            items.Count == 0 ? Nothing(marks.After is not null, language) : Items(items, language),
            marks.Links(hasMore ? items[^1].Value.Name : null));
    }

    private static int? HorizonOf(PageRequest request)
    {
        if (request.Asked(Horizon) is not { } asked) return null;
        return int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var periods) && periods > 0
            ? periods
            : throw HubException.FieldInvalid(Horizon, "must be a number of periods, 1 or more.");
    }

    private static Element Form(BenchmarkFilter filter, string? horizon, IReadOnlyList<Intervention> interventions,
        PageLanguage language) =>
        FilterForm.Form(
            Path,
            language,
            FilterForm.Choice(
                Method, language.Pick("Metod", "Method"),
                    interventions.Select(i => i.Method).Distinct().Order(StringComparer.Ordinal).Select(m => (m, m)),
                filter.Method, language),
            FilterForm.Choice(
                Measure, language.Pick("Mått", "Measure"), MeasureCatalogue.Current.All.Select(m => (m.Code.Code,
                    language.Pick(m.Words.Name))),
                filter.Measure, language),
            FilterForm.Text(Horizon, language.Pick("Perioder efter starten", "Periods after the start"), horizon));

    private static Element Nothing(bool isLater, PageLanguage language) => P(isLater
        ? language.Pick("Det finns inga fler.", "There are no more.")
        : language.Pick("Ingen sammanvägning som du får se passar filtret.", "No benchmark that you may see fits the filter."));

    private static Element Items(IReadOnlyList<Released<ReleasedBenchmark>> items, PageLanguage language) =>
        Ul([.. items.Select(r => (Node)Li(Item(r.Value, language)))]).With("class", "items");

    private static Fragment Item(ReleasedBenchmark b, PageLanguage language)
    {
        var words = ReleasedNumbers.WordsOf(b.Key.Outcome.Measure);
        var numbers = new ReleasedNumbers(language);
        var told = new List<string> { language.Pick(BenchmarkPageWords.Of(b.Status)), Municipalities(b, language), b.Key.Project.Code };
        return new Fragment(
            H2(A(language.Href("/" + b.Name), BenchmarkPage.TitleOf(b, language))),
            P(string.Join(" · ", told)).With("class", "told"),
            b.Sentences.Count == 0 ? new Fragment() : P(language.Pick(b.Sentences[0])),
            b.Pool is { } pool
                ? P(Strong(numbers.PointAndInterval(pool.Point, pool.Low, pool.High, words)), " ", numbers.Unit(words))
                : new Fragment());
    }

    private static string Municipalities(ReleasedBenchmark b, PageLanguage language)
    {
        var count = b.Pool?.Municipalities ?? b.Municipalities.Count;
        return count == 1 ? language.Pick("1 kommun", "1 municipality") : language.Pick($"{count} kommuner", $"{count} municipalities");
    }
}
