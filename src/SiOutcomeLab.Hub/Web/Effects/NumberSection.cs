using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Hub.Web.Markup;
using SiOutcomeLab.Hub.Web.Words;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Effects;

/// <summary>An effect's numbers, or in words why there are none.</summary>
internal static class NumberSection
{
    public static Node Of(ReleasedEffect e, PageLanguage language)
    {
        var heading = language.Pick("Talen", "The numbers");
        return e.Estimate is { } estimate
            ? Section("numbers", heading, Table(e, estimate, language))
            : Section("numbers", heading, P(Missing(e, language)));
    }

    private static string Missing(ReleasedEffect e, PageLanguage language) => e.Status == EffectStatus.Withheld
        ? language.Pick(
            $"Visas inte: {EffectWords.Of(e.WithheldFor ?? Disclosure.SuppressionReason.FewPersons).Sv}.",
            $"Withheld: {EffectWords.Of(e.WithheldFor ?? Disclosure.SuppressionReason.FewPersons).En}.")
        : language.Pick("Det finns inga tal: effekten går inte att skatta.", "There are no numbers: the effect is not estimable.");

    private static Node Table(ReleasedEffect effect, ReleasedEstimate e, PageLanguage language)
    {
        var numbers = new ReleasedNumbers(language);
        var words = ReleasedNumbers.WordsOf(effect.Outcome.Measure);
        var table = new DataTable(
            language.Pick("Effekten på deltagarna", "The effect on the participants"),
            language.Pick("Storhet", "Quantity"),
            language.Pick("Värde", "Value"));
        table.Add(language.Pick("Skattning", "Estimate"), numbers.Amount(e.Point, words));
        table.Add(language.Pick(LookWords.Interval(effect, language)), $"{numbers.Interval(e, words)} {numbers.Unit(words)}");
        table.Add(language.Pick("Medelfel", "Standard error"), $"{numbers.Amount(e.StandardError, words)} ({e.StandardErrorType})");
        table.Add(language.Pick("p-värde", "p-value"), numbers.PValue(e.PValue));
        if (effect.AdjustedPValue is { } adjusted)
        {
            table.Add(language.Pick("p-värde, alla utfall sammantagna", "p-value, all outcomes taken together"), numbers.PValue(adjusted));
        }

        table.Add(language.Pick("Deltagarnas medelvärde", "The participants’ mean"), numbers.Amount(e.TreatedMean, words));
        table.Add(language.Pick("Samma utan insatsen, skattat", "The same without it, estimated"),
            numbers.Amount(e.CounterfactualMean, words));
        table.Add(language.Pick("Deltagare", "Participants"), numbers.Persons(e.Treated));
        table.Add(language.Pick("Jämförelsepersoner", "Comparison persons"), numbers.Persons(e.Comparison));
        table.Add(language.Pick("Motsvarar oviktade jämförelsepersoner", "Worth unweighted comparison persons"),
            numbers.Persons(e.EffectiveComparison));
        return table.ToNode();
    }
}
