using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Storage.Catalogue;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Costs;

/// <summary>A plan in kronor: the saving by actor in three lines, both baselines, and what every krona rests on.</summary>
internal sealed class CostPage(ICostReleases releases, CostingTerms terms)
{
    private const int MostOfAPlan = 50;

    public async Task<Page?> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        var name = "costs/" + request.Id;
        if (name.Length > 200 || await releases.FindAsync(name, request.Audience, cancellationToken) is not { } found) return null;
        var costs = found.Value;
        var standing = await releases.StandingAsync([name], cancellationToken);
        var others = await releases.ListAsync(
            new CostFilter { Subject = costs.Subject, MunicipalityGroup = costs.MunicipalityGroup }, request.Audience, null, MostOfAPlan, cancellationToken);
        var language = request.Language;
        var data = standing.GetValueOrDefault(name, DataStanding.Current);
        return new Page(
            TitleOf(costs, language),
            P(Kind(costs, language)).With("class", "told"),
            P(language.Pick(costs.Saving?.Sentence ?? costs.TargetGroup?.Sentence ?? costs.Counterfactual?.Sentence
                ?? (costs.Sentences.Count > 0 ? costs.Sentences[0] : new(string.Empty, string.Empty)))).With("class", "lead"),
            Conclude(costs, data, isCurrent: others.Any(o => o.Value.Name == name), language),
            SavingSection.Of(costs, language),
            BaselineSection.Of(costs, BaselineKind.TargetGroup, language),
            BaselineSection.Of(costs, BaselineKind.Counterfactual, language),
            PriceSection.Of(costs, language),
            OtherSetsSection.Of(costs, [.. others.Select(o => o.Value)], terms, language),
            Lineage(costs, found.RuleVersion, language));
    }

    public static string TitleOf(ReleasedCosts c, PageLanguage language) => c.Plan is { } of
        ? language.Pick(of.Plan.Title)
        : $"{c.Subject}, {language.Pick(GroupOf(c.MunicipalityGroup!))}";

    public static BilingualText GroupOf(string municipalityGroup) => municipalityGroup == BaselineScope.WholeCountry
        ? new("hela landet", "the whole country")
        : new($"kommungrupp {municipalityGroup}", $"municipality group {municipalityGroup}");

    public static string SetName(CostingTerms terms, string code, PageLanguage language) =>
        terms.Register.FindSet(code) is { } set ? language.Pick(set.Name) : code;

    private string Kind(ReleasedCosts c, PageLanguage language)
    {
        var parts = new List<string>();
        if (c.Plan is { Plan: var plan }) parts.Add(language.Pick(Names.Organisation(plan.Organisation)));
        parts.Add(c.Plan?.Method ?? c.Subject);
        parts.Add(language.Pick(
            $"{c.HorizonYears} år efter starten", c.HorizonYears == 1 ? "1 year after the start" : $"{c.HorizonYears} years after the start"));
        parts.Add(SetName(terms, c.Terms.UnitCostSet, language));
        parts.Add(language.Pick(
            $"{c.Terms.PriceLevel.Year} års priser ({c.Terms.PriceLevel.IndexName.Sv})", $"{c.Terms.PriceLevel.Year} prices ({c.Terms.PriceLevel.IndexName.En})"));
        parts.Add(language.Pick(c.Terms.Rate.Name));
        return string.Join(" · ", parts);
    }

    private static Element Conclude(ReleasedCosts c, DataStanding data, bool isCurrent, PageLanguage language)
    {
        var told = new List<Node>();
        if (c.Saving is { } saving)
        {
            told.Add(Strong(saving.Standing == Standing.Verified
                ? language.Pick("Verifierad: effekten bakom får bära pengar.", "Verified: the effect behind it may carry money.")
                : language.Pick(
                    "Indikativ: kronorna vägleder, men får inte ligga till grund för betalningar.",
                    "Indicative: the kronor guide, but no payment may rest on them.")));
            told.Add(language.Pick($"Gäller {EffectWords.Of(saving.HoldsFor).Sv}.", $"Holds for {EffectWords.Of(saving.HoldsFor).En}."));
        }

        if (!isCurrent)
        {
            told.Add(new Fragment(
                language.Pick("Det finns ett senare resultat: ", "There is a later result: "),
                A(language.Href(CostListPage.Path, c.Plan is null ? [("method", c.Subject), ("all", "1")] : [("plan", c.Subject)]), c.Plan is null
                    ? language.Pick("metodens kronor", "the method's kronor")
                    : language.Pick("planens kronor", "the plan's kronor")), "."));
        }

        if (EffectWords.Of(data) is { } changed) told.Add(language.Pick(changed));
        told.Add(language.Pick(
            "Intervallet visar hur väl mängderna är kända. Priserna räknas som givna; vad andra priser hade gett syns under ”Andra sätt att räkna”.",
            "The interval shows how well quantities are known. Prices count as given; what other prices would give is under “Other ways to count”."));
        told.AddRange(c.Sentences.Where(s => s != c.Saving?.Sentence && s != c.TargetGroup?.Sentence && s != c.Counterfactual?.Sentence)
            .Select(s => (Node)language.Pick(s)));
        return Section("conclude", language.Pick("Vad får man dra för slutsats?", "What may be concluded?"), Ul([.. told.Select(t => (Node)Li(t))]));
    }

    private static Element Lineage(ReleasedCosts c, string ruleVersion, PageLanguage language) => Section(
        "lineage", language.Pick("Vad det vilar på", "What it rests on"),
        Facts(
            ("Plan", c.Plan is { } of ? A(language.Href($"/plans/{of.Plan.Id}"), $"{of.Plan.Id}, version {of.Plan.Version}") : null),
            (language.Pick("Effekterna bakom", "The effects behind"), c.Plan is { } its
                ? A(language.Href("/effects", [("plan", its.Plan.Id)]), language.Pick("planens effekter", "the plan's effects")) : null),
            (language.Pick("Körning, titt", "Run, look"), c.Plan is { } run ? (Node)$"{run.RunId}, {run.Lineage.Look}" : null),
            (language.Pick("Underlagets hash", "The snapshot’s hash"), c.Plan is { } lineage ? Code(lineage.Lineage.SnapshotHash) : null),
            (language.Pick("Registrets hash", "The register’s hash"), Code(c.Terms.RegisterHash)),
            (language.Pick("Priserna använda", "Prices used on"), c.Terms.UsedOn.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            (language.Pick("Röjanderegler", "Disclosure rules"), ruleVersion),
            (language.Pick("Namn", "Name"), Code(c.Name))));
}
