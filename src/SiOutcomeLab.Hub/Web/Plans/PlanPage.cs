using System.Globalization;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Web.Costs;
using SiOutcomeLab.Hub.Web.Effects;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Plans;

/// <summary>One version of a plan: what will be estimated, for whom, against whom, when, and by what it is locked.</summary>
internal sealed class PlanPage(IPlanCatalogue plans, IRunCatalogue runs, GivenUpNotice givenUp)
{
    private const string Version = "version";

    public async Task<Page?> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        if (!CodeRule.IsValid(request.Id) || await plans.FindStandingAsync(request.Id, null, cancellationToken) is not { } latest) return null;
        var standing = latest;
        if (request.Asked(Version) is { } asked)
        {
            if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return null;
            if (await plans.FindStandingAsync(request.Id, version, cancellationToken) is not { } found) return null;
            standing = found;
        }

        var registered = standing.Registered;
        var (plan, language) = (registered.Plan, request.Language);
        var ledger = AlphaLedgers.Of(plan, await runs.AlphaEntriesAsync(registered, cancellationToken));
        var intervention = await plans.FindInterventionAsync(plan.Organisation, plan.Intervention, cancellationToken);
        return new Page(
            language.Pick(plan.Title),
            P(language.Pick(PlanWords.Meaning(registered.Timing))).With("class", "lead"),
            P(language.Pick(PlanWords.Meaning(standing.State)) + (standing.Closing is { } closing ? $" ({closing.Reason})" : string.Empty)),
            P(A(
                language.Href(EffectListPage.Path, [(EffectQuestion.Plan, plan.Id), (EffectQuestion.All, "1")]),
                language.Pick("Planens effekter", "The plan’s effects"))),
            await givenUp.OfPlanAsync(plan, request, cancellationToken) ?? new Fragment(),
            PlanFacts.What(plan, intervention, language),
            PlanFacts.How(plan, language),
            PlanFacts.When(plan, ledger, language),
            Locked(registered, latest.Registered.Plan.Version, language));
    }

    private static Element Locked(RegisteredPlan registered, int latest, PageLanguage language)
    {
        var plan = registered.Plan;
        var versions = Enumerable.Range(1, latest).Select(v => (Node)Li(v == plan.Version
            ? language.Pick($"Version {v} (denna sida)", $"Version {v} (this page)")
            : A(language.Href($"{PlanListPage.Path}/{plan.Id}", [(Version, v.ToString(CultureInfo.InvariantCulture))]), $"Version {v}")));
        return Section(
            "locked", language.Pick("Låst", "Locked"),
            Facts(
                (language.Pick("Kod", "Code"), Code(plan.Id)),
                (language.Pick("Hash", "Hash"), Code(registered.Hash)),
                (language.Pick("Registrerad", "Registered"), language.Pick(SwedishDay.Told(registered.RegisteredAt))),
                (language.Pick("Skäl till ändringen", "Reason of the change"), plan.AmendmentReason is { } reason ? (Node)reason : null),
                (language.Pick("Versioner", "Versions"), latest > 1 ? Ul([.. versions]) : null)));
    }
}
