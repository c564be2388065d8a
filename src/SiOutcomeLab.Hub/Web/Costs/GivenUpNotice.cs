using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Storage.Catalogue;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Costs;

/// <summary>That no kronor will come of a run until somebody asks for them: told to those whom the calls about runs tell it.</summary>
internal sealed class GivenUpNotice(IRunCatalogue runs, CostingRestart costing, CostingTerms terms)
{
    private const string Call = "/sioutcomelab.runs.v1.EvaluationService/GetRun";
    private const int MostRuns = 500;

    /// <summary>Where on its page it stands.</summary>
    public const string Id = "given-up";

    /// <summary>Of an effect's run; null when there is nothing to tell.</summary>
    public async Task<Node?> OfRunAsync(ReleasedEffect effect, PageRequest request, CancellationToken cancellationToken) =>
        IsFor(request.Caller, effect.Plan.Organisation) ? await TellAsync([effect.RunId], request.Language, cancellationToken) : null;

    /// <summary>Of a plan's runs, whatever their version: that of the one whose result stands; null when there is nothing to tell.</summary>
    public async Task<Node?> OfPlanAsync(EvaluationPlan plan, PageRequest request, CancellationToken cancellationToken)
    {
        if (!IsFor(request.Caller, plan.Organisation)) return null;
        var found = await runs.ListAsync(plan.Organisation, plan.Id, null, MostRuns, cancellationToken);
        return await TellAsync([.. found.Where(r => r.State == RunState.Succeeded).Select(r => r.Id)], request.Language, cancellationToken);
    }

    public static string Heading(PageLanguage language) => language.Pick("Kronor som inte har räknats", "Kronor that have not been counted");

    private static bool IsFor(Caller caller, OrganisationId owner) => CallRules.Of(Call)!.Admits(caller, owner);

    private async Task<Node?> TellAsync(IReadOnlyList<string> runIds, PageLanguage language, CancellationToken cancellationToken)
    {
        var givenUp = await costing.GivenUpAsync(runIds, cancellationToken);
        return givenUp.Count == 0 ? null : Section(
            Id, Heading(language),
            [.. givenUp.Select(g => (Node)Of($"runs/{g.Key}", [.. g], language))]);
    }

    private Fragment Of(string run, string[] sets, PageLanguage language) => new(
        P(
            language.Pick("Resultatet av körningen ", "The result of the run "),
            Code(run),
            language.Pick(
                " gick inte att räkna i kronor, och hubben försöker inte igen. Det gäller dessa enhetskostnader:",
                " could not be put in kronor, and the hub does not try again. This concerns these unit costs:")),
        Ul([.. sets.Select(s => (Node)Li(CostPage.SetName(terms, s, language), " (", Code(s), ")"))]),
        P(language.Pick(
            "Varför står i loggen hos den som driver hubben. När det är åtgärdat börjar en analytiker om med:",
            "Why stands in the log of whoever runs the hub. When that is mended, an analyst starts again with:")),
        Command("silab", "runs", "recost", run));
}
