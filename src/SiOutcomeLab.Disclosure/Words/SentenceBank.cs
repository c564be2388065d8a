using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Disclosure.Words;

/// <summary>
/// An effect in words, from a fixed bank: better, worse, more persons are needed, an effect as large as X can be ruled out, not
/// estimable because …, or withheld. Built from released numbers only, so a sentence can never say more than its table.
/// </summary>
internal static class SentenceBank
{
    public static (BilingualText Sentence, BilingualText? Remedy) Say(
        EvaluationPlan plan, EffectEstimate estimate, EffectStatus status, SuppressionReason? withheldFor, ReleasedEstimate? numbers, MeasureWords words) =>
        status switch
        {
            EffectStatus.NotEstimable => ReasonWords.Say(estimate.NotEstimable!, plan, words),
            EffectStatus.Withheld => ReasonWords.Withheld(withheldFor, words),
            _ => (Estimated(plan, estimate.Outcome, numbers!, words), null),
        };

    private static BilingualText Estimated(EvaluationPlan plan, OutcomeDefinition outcome, ReleasedEstimate numbers, MeasureWords words)
    {
        if (!numbers.Low.TryGet(out var low) || !numbers.High.TryGet(out var high)) return ReasonWords.Withheld(SuppressionReason.FewPersons, words).Sentence;
        var after = After(plan, outcome);
        if (low > 0 || high < 0)
        {
            var isHigher = low > 0;
            var verdict = Verdict(words.Direction, isHigher);
            var between = IntervalWords.Between(Math.Min(Math.Abs(low), Math.Abs(high)), Math.Max(Math.Abs(low), Math.Abs(high)), words);
            return new BilingualText(
                $"{verdict.Sv}. {words.Name.Sv}: {between.Sv} {(isHigher ? "högre" : "lägre")} för deltagarna än utan insatsen, {after.Sv}. "
                    + $"{OnlyMatched(numbers).Sv}Resultatet är statistiskt säkerställt.",
                $"{verdict.En}. {words.Name.En}: {between.En} {(isHigher ? "higher" : "lower")} for participants than without the intervention, {after.En}. "
                    + $"{OnlyMatched(numbers).En}The result is statistically significant.");
        }

        var span = IntervalWords.FromLowerToHigher(low, high, words);
        // The smallest worthwhile effect is the primary outcome's.
        var limit = outcome == plan.Primary ? plan.SmallestWorthwhileEffect : null;
        var largestGood = words.Direction == MeasureDirection.LowerIsBetter ? -low : high;
        if (limit is { } worthwhile && words.Direction != MeasureDirection.Neutral && largestGood < worthwhile)
        {
            var size = IntervalWords.Amount(worthwhile, words);
            return new BilingualText(
                $"En så stor förbättring som {size.Sv} kan uteslutas. {words.Name.Sv}: {span.Sv} för deltagarna än utan insatsen, {after.Sv}. {OnlyMatched(numbers).Sv}".TrimEnd(),
                $"An improvement as large as {size.En} can be ruled out. {words.Name.En}: {span.En} for participants than without the intervention, {after.En}. {OnlyMatched(numbers).En}".TrimEnd());
        }

        return new BilingualText(
            $"Fler personer behövs. {words.Name.Sv}: {span.Sv} för deltagarna än utan insatsen, {after.Sv}. {OnlyMatched(numbers).Sv}"
                + "Det går inte att säga åt vilket håll insatsen verkar, och det ska inte läsas som att den saknar effekt.",
            $"More persons are needed. {words.Name.En}: {span.En} for participants than without the intervention, {after.En}. {OnlyMatched(numbers).En}"
                + "Which way the intervention works cannot be told, and this should not be taken to mean that it has no effect.");
    }

    private static BilingualText Verdict(MeasureDirection direction, bool isHigher) => direction switch
    {
        MeasureDirection.Neutral => isHigher ? new("Högre", "Higher") : new("Lägre", "Lower"),
        MeasureDirection.HigherIsBetter when isHigher => new("Bättre", "Better"),
        MeasureDirection.LowerIsBetter when !isHigher => new("Bättre", "Better"),
        _ => new("Sämre", "Worse"),
    };

    private static BilingualText OnlyMatched(ReleasedEstimate numbers) => numbers.HoldsFor == EstimateGroup.MatchedTreated
        ? new("Gäller de deltagare som fick en jämförelseperson. ", "Holds for the participants who found a comparison person. ")
        : numbers.HoldsFor == EstimateGroup.Overlap
            ? new(
                "Gäller dem som lika gärna kunde ha varit med som inte. ", "Holds for those who could as well have taken part as not. ")
            : new(string.Empty, string.Empty);

    private static BilingualText After(EvaluationPlan plan, OutcomeDefinition outcome)
    {
        var n = outcome.HorizonPeriods;
        var (svOne, svMany, enOne, enMany) = plan.PeriodLength switch
        {
            PeriodLength.Year => ("år", "år", "year", "years"),
            PeriodLength.Quarter => ("kvartal", "kvartal", "quarter", "quarters"),
            _ => ("månad", "månader", "month", "months"),
        };
        var sv = $"{n} {(n == 1 ? svOne : svMany)}";
        var en = $"{n} {(n == 1 ? enOne : enMany)}";
        return outcome.Summary == OutcomeSummary.SumToHorizon
            ? new($"sammanlagt över {sv} efter starten", $"in total over {en} after the start")
            : new($"{sv} efter starten", $"{en} after the start");
    }
}
