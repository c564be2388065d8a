using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Storage.Catalogue;
using static SiOutcomeLab.Hub.Web.Markup.Tags;
using Paging = SiOutcomeLab.Hub.Features.Paging;

namespace SiOutcomeLab.Hub.Web.Plans;

/// <summary>The latest versions of the registered plans, page by page. A plan is registered in the open.</summary>
internal sealed class PlanListPage(IPlanCatalogue plans)
{
    public const string Path = "/plans";
    private const string Kind = "plans";
    private const string Organisation = "organisation";

    public async Task<Page?> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var language = request.Language;
        OrganisationId? organisation = request.Asked(Organisation) is { } code ? new OrganisationId(code) : null;
        var marks = new PageMarks(Kind, Path, request, [(Organisation, organisation?.Code)]);
        var found = await plans.ListStandingsAsync(organisation, null, marks.After, marks.Size + 1, cancellationToken);
        var (items, hasMore) = Paging.Page.Cut(found, marks.Size);
        return new Page(
            language.Pick("Planer", "Plans"),
            P(language.Pick(
                "Vad som ska skattas, hur och när. Planen låses med en hash; en ändring är en ny version med ett skäl.",
                "What will be estimated, how and when. A plan is locked by a hash; a change is a new version with a reason.")),
            items.Count == 0
                ? P(language.Pick("Det finns inga planer här.", "There are no plans here."))
                : Ul([.. items.Select(p => (Node)Li(Item(p, language)))]).With("class", "items"),
            marks.Links(hasMore ? items[^1].Registered.Plan.Id : null));
    }

    private static Fragment Item(PlanStanding standing, PageLanguage language)
    {
        var (registered, plan) = (standing.Registered, standing.Registered.Plan);
        string[] told =
        [
            language.Pick(Names.Organisation(plan.Organisation)),
            language.Pick(PlanWords.Of(plan.Primary, plan.PeriodLength)),
            language.Pick(PlanWords.Of(registered.Timing)),
            language.Pick("resultat från ", "results from ") + PlanWords.Day(plan.LookDueOn),
            language.Pick(PlanWords.Of(standing.State)),
        ];
        return new Fragment(
            H2(A(language.Href($"{Path}/{plan.Id}"), language.Pick(plan.Title))), P(string.Join(" · ", told)).With("class", "told"));
    }
}
