using System.Globalization;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Hub.Features.Explaining;
using SiOutcomeLab.Hub.Web.Costs;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Plans;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>
/// The chain from rows to kronor behind one effect, link by link, in the sentences of <see cref="EffectExplanations.Call"/> and for those
/// whom it answers. What has changed since an earlier result takes a run's work to tell: the page says by which command.
/// </summary>
internal sealed class ExplanationPage(EffectExplanations explanations, GivenUpNotice givenUp)
{
    /// <summary>What stands after the effect's own address.</summary>
    public const string Path = "/explain";

    private static readonly (string Heading, string Href)[] None = [];

    /// <summary>What the page is called where it is led to.</summary>
    public static string NameIn(PageLanguage language) => language.Pick("Från rader till kronor", "From rows to kronor");

    public async Task<Page?> ShowAsync(PageRequest request, CancellationToken cancellationToken)
    {
        if (await explanations.FindAsync("effects/" + request.Id, request.Caller, cancellationToken) is not { } explanation) return null;
        var (effect, language) = (explanation.Effect, request.Language);
        var earlier = await explanations.EarlierAsync(effect, request.Caller, cancellationToken);
        var notice = await givenUp.OfRunAsync(effect, request, cancellationToken);
        return new Page(
            $"{NameIn(language)}: {language.Pick(effect.Plan.Title)}",
            P(EffectPage.KindOf(effect, language)).With("class", "told"),
            P(
                language.Pick("Hur ", "How "),
                A(language.Href("/" + effect.Name), language.Pick("effekten", "the effect")),
                language.Pick(" har kommit till, led för led.", " came about, link by link.")),
            new Fragment([.. ChainLinks.All.Select(link => Link(link, explanation, notice is not null, language))]),
            notice ?? new Fragment(),
            earlier is null ? new Fragment() : Since(effect, earlier, language));
    }

    private static Element Link(ChainLink link, EffectExplanation explanation, bool isGivenUp, PageLanguage language)
    {
        var heading = $"{((int)link).ToString(CultureInfo.InvariantCulture)}. {language.Pick(ChainLinks.HeadingOf(link)!)}";
        Node told = link == ChainLink.Kronor && explanation.Costs.Count > 0 ? Kronor(explanation, language) : P(explanation.Say(link, language));
        return Section(link.ToString().ToLowerInvariant(), heading, told, Further(link, explanation.Effect, isGivenUp, language));
    }

    // The call's sentences, each beginning with the name of the kronor that it is of.
    private static Element Kronor(EffectExplanation explanation, PageLanguage language) => Ul(
        [.. explanation.Costs.Select(c => (Node)Li(
            A(language.Href("/" + c.Value.Name), c.Value.Name), $": {ExplanationWords.Kronor(c.Value, language)}".TrimEnd()))]);

    private static Node Further(ChainLink link, ReleasedEffect e, bool isGivenUp, PageLanguage language)
    {
        var plan = language.Href(PlanListPage.Path + "/" + e.Plan.Id, [("version", e.Plan.Version.ToString(CultureInfo.InvariantCulture))]);
        (string Heading, string Href)[] further = link switch
        {
            ChainLink.Rows or ChainLink.Computation => [Part("lineage", language.Pick("Vad det vilar på", "What it rests on"))],
            ChainLink.Plan => [(language.Pick("Planen", "The plan"), plan)],
            ChainLink.Persons =>
            [
                .. e.Flow.Count > 0 ? [Part("flow", language.Pick("Vilka som räknades", "Who was counted"))] : None,
                .. e.Attrition is not null ? [Part("attrition", language.Pick("Bortfall", "Attrition"))] : None,
            ],
            ChainLink.Comparison =>
            [
                (language.Pick("Hur planen jämför", "How the plan compares"), plan + "#how"),
                .. e.Received is not null ? [Part("received", language.Pick("Vad grupperna fick", "What the groups received"))] : None,
            ],
            ChainLink.Balance => e.Diagnostics is not null
                ? [Part("balance", language.Pick("Hur lika grupperna är", "How alike the groups are"))] : None,
            ChainLink.Estimate =>
            [
                Part("numbers", language.Pick("Talen", "The numbers")),
                .. e.EventStudy is { Count: > 0 }
                    ? [Part("event-study", language.Pick("Skillnaden period för period", "The difference period by period"))] : None,
            ],
            ChainLink.Kronor => isGivenUp ? [(GivenUpNotice.Heading(language), "#" + GivenUpNotice.Id)] : None,
            _ => None,
        };
        return further.Length == 0 ? new Fragment() : Ul([.. further.Select(f => (Node)Li(A(f.Href, f.Heading)))]).With("class", "further");

        (string Heading, string Href) Part(string id, string heading) => (heading, $"{language.Href("/" + e.Name)}#{id}");
    }

    private static Element Since(ReleasedEffect effect, ReleasedEffect earlier, PageLanguage language) => Section(
        "since", language.Pick("Vad som har ändrats", "What has changed"),
        P(
            language.Pick("Planen har ett tidigare resultat: ", "The plan has an earlier result: "),
            A(language.Href("/" + earlier.Name), earlier.Name),
            language.Pick(
                $", räknat {SwedishDay.Told(earlier.Lineage.ComputedAt).Sv}.", $", computed {SwedishDay.Told(earlier.Lineage.ComputedAt).En}.")),
        P(language.Pick(
            "Vad skillnaden beror på (egna deltagare, andras data, priser eller annat) räknas först när någon frågar: det tar en körnings tid och görs "
                + "inte av en sida. Så här frågar man:",
            "What the difference is due to (own participants, others’ data, prices or something else) is computed only when somebody asks: it takes a "
                + "run’s time, and no page does it. This asks for it:")),
        Command("silab", "effects", "explain", effect.Name, "--since", earlier.Name));
}
