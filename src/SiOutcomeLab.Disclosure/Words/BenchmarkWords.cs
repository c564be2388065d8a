using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Measures;

namespace SiOutcomeLab.Disclosure.Words;

/// <summary>A benchmark in words, from released numbers only: the pooled effect, where a further municipality may land, and how much they differ.</summary>
internal static class BenchmarkWords
{
    public static IReadOnlyList<BilingualText> Say(ReleasedBenchmark b, MeasureWords words) => b.Status switch
    {
        BenchmarkStatus.NotPoolable => [NotPoolable(b.NotPoolable!.Value, words)],
        BenchmarkStatus.Withheld => [Withheld(b.WithheldFor!.Value, words)],
        _ => [Pooled(b.Pool!, words), Prediction(b.Pool!, words), Heterogeneity(b.Pool!), .. Left(b)],
    };

    private static BilingualText Pooled(ReleasedPool pool, MeasureWords words)
    {
        var n = pool.Municipalities;
        if (!pool.Low.TryGet(out var low) || !pool.High.TryGet(out var high)) return Withheld(SuppressionReason.FewContributors, words);
        if (low <= 0 && high >= 0)
        {
            var span = IntervalWords.FromLowerToHigher(low, high, words);
            return new(
                $"Sammanvägt över {n} kommuner går det inte att säga åt vilket håll metoden verkar. {words.Name.Sv}: {span.Sv} för deltagarna än utan insatsen.",
                $"Pooled over {n} municipalities it cannot be told which way the method works. {words.Name.En}: {span.En} for participants than without the intervention.");
        }

        var isHigher = low > 0;
        var between = IntervalWords.Between(Math.Min(Math.Abs(low), Math.Abs(high)), Math.Max(Math.Abs(low), Math.Abs(high)), words);
        var verdict = (words.Direction, isHigher) switch
        {
            (MeasureDirection.Neutral, _) => new BilingualText(string.Empty, string.Empty),
            (MeasureDirection.HigherIsBetter, true) or (MeasureDirection.LowerIsBetter, false) => new("Bättre. ", "Better. "),
            _ => new("Sämre. ", "Worse. "),
        };
        return new(
            $"{verdict.Sv}Sammanvägt över {n} kommuner. {words.Name.Sv}: {between.Sv} {(isHigher ? "högre" : "lägre")} för deltagarna än utan insatsen.",
            $"{verdict.En}Pooled over {n} municipalities. {words.Name.En}: {between.En} {(isHigher ? "higher" : "lower")} for participants than without the intervention.");
    }

    private static BilingualText Prediction(ReleasedPool pool, MeasureWords words)
    {
        if (!pool.PredictionLow.TryGet(out var low) || !pool.PredictionHigh.TryGet(out var high)) return Withheld(SuppressionReason.FewContributors, words);
        var size = low > 0 || high < 0
            ? IntervalWords.Between(Math.Min(Math.Abs(low), Math.Abs(high)), Math.Max(Math.Abs(low), Math.Abs(high)), words)
            : IntervalWords.FromLowerToHigher(low, high, words);
        var side = low > 0 ? new BilingualText(" högre", " higher") : high < 0 ? new(" lägre", " lower") : new(string.Empty, string.Empty);
        return new(
            $"En ny liknande kommun kan vänta sig en effekt {size.Sv}{side.Sv}. Med 3–20 kommuner har sådana intervall i försök rymt minst 94 av 100 nya.",
            $"A further, similar municipality may expect an effect {size.En}{side.En}. With 3–20 municipalities such intervals have held at least 94 of 100 new ones in trials.");
    }

    private static BilingualText Heterogeneity(ReleasedPool pool)
    {
        if (!pool.ISquared.TryGet(out var share)) return new(string.Empty, string.Empty);
        return share switch
        {
            < 0.25 => new("Kommunernas effekter skiljer sig knappt mer än slumpen gör.", "The municipalities' effects differ hardly more than chance has them."),
            < 0.6 => new("Kommunernas effekter skiljer sig något mer än slumpen gör.", "The municipalities' effects differ somewhat more than chance has them."),
            _ => new(
                "Kommunernas effekter skiljer sig mycket; läs hellre det väntade intervallet än medelvärdet.",
                "The municipalities' effects differ much; rather read the expected interval than the mean."),
        };
    }

    private static IEnumerable<BilingualText> Left(ReleasedBenchmark b)
    {
        var left = b.Municipalities.Count(m => !m.IsInPool);
        if (left == 0) yield break;
        yield return new(
            $"{left} kommuner med för få deltagare för att visas är inte med, eftersom deras resultat annars kunde räknas ut.",
            $"{left} municipalities with too few participants to be shown are left out, since their results could be worked out otherwise.");
    }

    private static BilingualText NotPoolable(NotPoolableReason reason, MeasureWords words) => reason switch
    {
        NotPoolableReason.FewerThanThree => new(
            $"Går inte att väga samman. {words.Name.Sv}: färre än tre kommuner har en skattning. Vänta in fler kommuner med samma metod.",
            $"Cannot be pooled. {words.Name.En}: fewer than three municipalities have an estimate. Wait for more municipalities with the same method."),
        NotPoolableReason.SamePersons => new(
            $"Går inte att väga samman. {words.Name.Sv}: två kommuners skattningar vilar på samma personer.",
            $"Cannot be pooled. {words.Name.En}: two municipalities' estimates rest on the same persons."),
        NotPoolableReason.NoSolution => new(
            $"Går inte att väga samman. {words.Name.Sv}: beräkningen hittade ingen lösning.",
            $"Cannot be pooled. {words.Name.En}: the computation found no solution."),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without words; add it to the bank."),
    };

    private static BilingualText Withheld(SuppressionReason reason, MeasureWords words) => reason switch
    {
        SuppressionReason.FewContributors => new(
            $"Visas inte. {words.Name.Sv}: det sammanvägda resultatet vilar på för få kommuner för att kunna visas.",
            $"Withheld. {words.Name.En}: the pooled result rests on too few municipalities to be shown."),
        SuppressionReason.Dominance => new(
            $"Visas inte. {words.Name.Sv}: en eller två kommuner står för nästan hela resultatet.",
            $"Withheld. {words.Name.En}: one or two municipalities make up nearly all of the result."),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "A reason without words; add it to the bank."),
    };
}
