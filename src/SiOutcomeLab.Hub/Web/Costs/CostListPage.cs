using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Storage.Catalogue;
using static SiOutcomeLab.Hub.Web.Markup.Tags;
using Paging = SiOutcomeLab.Hub.Features.Paging;

namespace SiOutcomeLab.Hub.Web.Costs;

/// <summary>The current kronor that the reader may see, filtered, page by page.</summary>
internal sealed class CostListPage(ICostReleases releases, IPlanCatalogue plans, CostingTerms terms)
{
    public const string Path = "/costs";

    private const string Kind = "costs page";
    private const string Organisation = "organisation";
    private const string Method = "method";
    private const string Plan = "plan";
    private const string Set = "set";
    private const string All = "all";

    public async Task<Page?> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var language = request.Language;
        string[] keys = [Organisation, Method, Plan, Set, All];
        var marks = new PageMarks(Kind, Path, request, [.. keys.Select(k => (k, request.Asked(k)))]);
        var filter = new CostFilter
        {
            Organisation = request.Asked(Organisation),
            Method = request.Asked(Method),
            Subject = request.Asked(Plan),
            UnitCostSet = request.Asked(Set),
            Part = request.Asked(All) is null ? CostPart.Saving : null,
        };
        var found = await releases.ListAsync(filter, request.Audience, marks.After, marks.Size + 1, cancellationToken);
        var (items, hasMore) = Paging.Page.Cut(found, marks.Size);
        var interventions = await plans.ListInterventionsAsync(null, cancellationToken);
        return new Page(
            language.Pick("Kronor", "Kronor"),
            P(language.Pick(
                "Vad målgruppen kostar utan insatsen, och vad effekten är värd för dem som betalar. Siffrorna skiljer sig beroende på vem "
                    + "som räknar: därför räknas varje resultat med flera uppsättningar enhetskostnader, var för sig.",
                "What the target group costs without the intervention, and what the effect is worth to those who pay. Figures differ "
                    + "depending on who calculates: so every result is counted by several sets of unit costs, each by itself.")),
            Form(filter, interventions, language),
            items.Count == 0 ? Nothing(marks.After is not null, language) : Items(items, language),
            marks.Links(hasMore ? items[^1].Value.Name : null));
    }

    private Element Form(CostFilter filter, IReadOnlyList<Intervention> interventions, PageLanguage language)
    {
        var organisations = interventions.Select(i => i.Organisation.Code).Distinct()
            .Select(c => (Code: c, Name: language.Pick(Names.Organisation(c)))).OrderBy(o => o.Name, StringComparer.Ordinal);
        var methods = interventions.Select(i => i.Method).Distinct().Order(StringComparer.Ordinal).Select(m => (m, m));
        var sets = terms.Register.Sets.Select(s => (s.Code, language.Pick(s.Name)));
        return FilterForm.Form(
            Path,
            language,
            FilterForm.Choice(Organisation, language.Pick("Organisation", "Organisation"), organisations, filter.Organisation, language),
            FilterForm.Choice(Method, language.Pick("Metod", "Method"), methods, filter.Method, language),
            FilterForm.Choice(Set, language.Pick("Enhetskostnader", "Unit costs"), sets, filter.UnitCostSet, language),
            FilterForm.Text(Plan, language.Pick("Planens kod", "The plan's code"), filter.Subject),
            FilterForm.Tick(
                All, language.Pick("Visa även det som ingen besparing gick att räkna för", "Show also what no saving could be counted for"), filter.Part is null));
    }

    private static Element Nothing(bool isLater, PageLanguage language) => P(isLater
        ? language.Pick("Det finns inga fler.", "There are no more.")
        : language.Pick("Inga kronor som du får se passar filtret.", "No kronor that you may see fit the filter."));

    private Element Items(IReadOnlyList<Released<ReleasedCosts>> items, PageLanguage language) =>
        Ul([.. items.Select(r => (Node)Li(Item(r.Value, language)))]).With("class", "items");

    private Fragment Item(ReleasedCosts c, PageLanguage language)
    {
        var numbers = new KronaNumbers(language);
        var told = new List<string>();
        if (c.Plan is { Plan: var plan }) told.Add(language.Pick(Names.Organisation(plan.Organisation)));
        if (c.MunicipalityGroup is { } group) told.Add(language.Pick(CostPage.GroupOf(group)));
        told.Add(c.Plan?.Method ?? c.Subject);
        told.Add(CostPage.SetName(terms, c.Terms.UnitCostSet, language));
        told.Add(language.Pick($"{c.Terms.PriceLevel.Year} års priser", $"{c.Terms.PriceLevel.Year} prices"));
        if (c.Saving is { } of) told.Add(language.Pick(EffectWords.Of(of.Standing)));
        return new Fragment(
            H2(A(language.Href("/" + c.Name), CostPage.TitleOf(c, language))),
            P(string.Join(" · ", told)).With("class", "told"),
            c.Saving is { } saving
                ? P(language.Pick("Sparat värde per deltagare: ", "Value saved per participant: "),
                    Strong(numbers.WithInterval(saving.EconomicValue.Paid, saving.EconomicValue.Low, saving.EconomicValue.High)))
                : P(language.Pick(c.Sentences.Count > 0 ? c.Sentences[^1] : new(string.Empty, string.Empty))));
    }
}
