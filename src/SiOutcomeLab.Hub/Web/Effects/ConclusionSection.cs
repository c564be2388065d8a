using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using SiOutcomeLab.Storage.Catalogue;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>What may be concluded from an effect, and what speaks against it, in words.</summary>
internal static class ConclusionSection
{
    public static Node Of(ReleasedEffect e, DataStanding data, bool isCurrent, PageLanguage language)
    {
        var told = new List<Node> { Strong(Standing(e.Standing, language)), language.Pick(PlanWords.Meaning(e.PlanTiming)) };
        if (!isCurrent) told.Add(Later(e, language));
        if (EffectWords.Of(data) is { } changed) told.Add(language.Pick(changed));
        if (LookWords.Sentence(e, language) is { } look) told.Add(language.Pick(look));
        if (e.Diagnostics is { } diagnostics) told.Add(language.Pick(EffectWords.Of(diagnostics.Verdict)));
        if (e.Estimate is { } estimate) told.Add(HoldsFor(estimate, language));
        if (e.DriftAlarm is { } drift) told.Add(Drift(drift, language));
        if (e.FalsificationWarning is { } warning) told.Add(Falsification(warning, language));
        if (e.Attrition is { } attrition) told.Add(language.Pick(AttritionWords.Lost(attrition, language)));
        if (e.Attrition?.Bounds is { Low.IsShown: true } bounds) told.Add(language.Pick(AttritionWords.Bounds(e, bounds, language)));
        if (e.Robustness is { } robustness) told.AddRange(Strength(robustness, language));
        if (e.Remedy is { } remedy) told.Add(new Fragment(language.Pick("Vad som skulle hjälpa: ", "What would help: "),
            language.Pick(remedy)));
        return Section("conclude", language.Pick("Vad får man dra för slutsats?", "What may be concluded?"),
            Ul([.. told.Select(t => (Node)Li(t))]));
    }

    private static string Standing(Standing standing, PageLanguage language) => standing == Domain.Effects.Standing.Verified
        ? language.Pick(
            "Verifierad: planen låstes i förväg, det här är sista titten och alla prövningar är godkända. Resultatet får bära pengar.",
            "Verified: the plan was locked beforehand, this is the last look and every test was passed. The result may carry money.")
        : language.Pick(
            "Indikativ: resultatet vägleder, men får inte ligga till grund för betalningar.",
            "Indicative: the result guides, but no payment may rest on it.");

    private static Fragment Later(ReleasedEffect e, PageLanguage language) => new(
        language.Pick("Det finns ett senare resultat för planen: ", "There is a later result of the plan: "),
        A(language.Href(EffectListPage.Path, [(EffectQuestion.Plan, e.Plan.Id)]),
            language.Pick("planens effekter", "the plan's effects")), ".");

    private static string HoldsFor(ReleasedEstimate e, PageLanguage language)
    {
        var share = new ReleasedNumbers(language).Share(e.ShareRetained);
        return language.Pick(
            $"Gäller {EffectWords.Of(e.HoldsFor).Sv}. Andel av målgruppens deltagare som är med: {share}.",
            $"Holds for {EffectWords.Of(e.HoldsFor).En}. Share of the target group's participants that is in it: {share}.");
    }

    private static string Drift(bool isAlarm, PageLanguage language) => isAlarm
        ? language.Pick(
            "Larm: skattningen har lämnat förra tittens intervall. Något annat än slumpen kan ha ändrats; tolka den inte förrän orsaken är känd.",
            "Alarm: the estimate has left the interval of the look before. Something other than chance may have changed; wait with conclusions until the cause is known.")
        : language.Pick("Skattningen ligger inom förra tittens intervall.", "The estimate lies within the interval of the look before.");

    private static string Falsification(bool isWarning, PageLanguage language) => isWarning
        ? language.Pick(
            "Varning: grupperna skiljer sig i något som insatsen inte kan påverka. Tilltron till resultatet är nedsatt.",
            "Warning: the groups differ in something that the intervention cannot change. Confidence in the result is shaded.")
        : language.Pick(
            "Grupperna skiljer sig inte i det som insatsen inte kan påverka.",
                "The groups do not differ in what the intervention cannot change.");

    private static IEnumerable<Node> Strength(ReleasedRobustness robustness, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        yield return language.Pick(
            $"Hur stark en dold skillnad måste vara för att förklara hela skattningen (E-värde): {numbers.Text(robustness.EValue, 1)} gånger.",
            $"How strong a hidden difference would have to be to explain the whole estimate (E-value): {numbers.Text(robustness.EValue, 1)} times.");
        yield return robustness.EValueOfInterval.TryGet(out var interval) && interval <= 1
            ? language.Pick("Intervallet rymmer noll utan någon dold skillnad.", "The interval holds zero without any hidden difference.")
            : language.Pick(
                $"För att intervallet ska rymma noll (E-värde): {numbers.Text(robustness.EValueOfInterval, 1)} gånger.",
                $"For the interval to hold zero (E-value): {numbers.Text(robustness.EValueOfInterval, 1)} times.");
        if (robustness.RosenbaumGamma is not { } gamma) yield break;
        yield return language.Pick(
            $"Två matchade personers odds att delta får skilja sig {numbers.Text(gamma, 1)} gånger innan resultatet inte längre är säkerställt (Rosenbaums gamma).",
            $"Two matched persons' odds of taking part may differ {numbers.Text(gamma, 1)} times before significance is lost (Rosenbaum's gamma).");
    }
}
