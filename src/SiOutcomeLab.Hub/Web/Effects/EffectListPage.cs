using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Plans;
using Paging = SiOutcomeLab.Hub.Features.Paging;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Storage.Catalogue;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>The current effects that the reader may see, filtered, page by page.</summary>
internal sealed class EffectListPage(IReleaseStore releases, IPlanCatalogue plans)
{
    public const string Path = "/effects";

    private const string Kind = "effects";

    public async Task<Page?> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var language = request.Language;
        var question = EffectQuestion.Of(request);
        var marks = new PageMarks(Kind, Path, request, question.Query);
        var found = await releases.ListAsync(question.Filter, request.Audience, marks.After, marks.Size + 1, cancellationToken);
        var (items, hasMore) = Paging.Page.Cut(found, marks.Size);
        var interventions = await plans.ListInterventionsAsync(null, cancellationToken);
        return new Page(
            language.Pick("Effekter", "Effects"),
            EffectFilterForm.Of(question, interventions, language),
            items.Count == 0 ? Nothing(marks.After is not null, language) : Items(items, language),
            marks.Links(hasMore ? items[^1].Value.Name : null));
    }

    private static Element Nothing(bool isLater, PageLanguage language) => P(isLater
        ? language.Pick("Det finns inga fler effekter.", "There are no more effects.")
        : language.Pick("Ingen effekt som du får se passar filtret.", "No effect that you may see fits the filter."));

    private static Element Items(IReadOnlyList<Released<ReleasedEffect>> items, PageLanguage language) =>
        Ul([.. items.Select(r => (Node)Li(Item(r.Value, language)))]).With("class", "items");

    private static string Repeated(ReleasedEffect e, PageLanguage language) => LookWords.HasRepeatedInterval(e)
        ? language.Pick("; upprepat intervall, som håller över alla titter", "; a repeated interval, which holds over all looks")
        : string.Empty;

    private static Fragment Item(ReleasedEffect e, PageLanguage language)
    {
        var words = ReleasedNumbers.WordsOf(e.Outcome.Measure);
        var numbers = new ReleasedNumbers(language);
        var told = new List<string>
        {
            language.Pick(Names.Organisation(e.Plan.Organisation)), e.Method, language.Pick(EffectWords.Of(e.Role)),
        };
        if (e.Label is { } label) told.Add(language.Pick(Names.Part(e.Division, label, e.Plan.PeriodLength)));
        told.Add(language.Pick(Estimators.Of(e.Estimator).Name));
        told.Add(language.Pick(EffectWords.Of(e.Standing)));
        if (LookWords.Short(e) is { } look) told.Add(language.Pick(look));
        return new Fragment(
            H2(A(language.Href("/" + e.Name), language.Pick(e.Plan.Title))),
            P(string.Join(" · ", told)).With("class", "told"),
            P(language.Pick(e.Sentence)),
            e.Estimate is { } estimate
                ? P(Strong(numbers.PointAndInterval(estimate, words)), " ", numbers.Unit(words), Repeated(e, language))
                : new Fragment());
    }
}
