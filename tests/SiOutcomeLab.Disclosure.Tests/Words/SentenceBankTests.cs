using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Disclosure.Tests.Words;

/// <summary>The bank's sentences as readers meet them, through the gate.</summary>
public sealed class SentenceBankTests
{
    [Fact]
    public void Say_FewerMonthsWithSupport_IsBetter()
    {
        var effect = Say(-3.2087, -1.1011);

        Assert.Equal(
            "Bättre. Månader med ekonomiskt bistånd: mellan 1,10 och 3,21 månader lägre för deltagarna än utan insatsen, "
                + "sammanlagt över 4 kvartal efter starten. Resultatet är statistiskt säkerställt.",
            effect.Sentence.Sv);
        Assert.Equal(
            "Better. Months with income support: between 1.10 and 3.21 months lower for participants than without the intervention, "
                + "in total over 4 quarters after the start. The result is statistically significant.",
            effect.Sentence.En);
        Assert.Null(effect.Remedy);
    }

    [Fact]
    public void Say_MoreMonthsWithSupport_IsWorse()
    {
        var effect = Say(0.5, 12.345, plan: Plan(1, OutcomeSummary.AtHorizon, PeriodLength.Month));

        Assert.Equal(
            "Sämre. Månader med ekonomiskt bistånd: mellan 0,5 och 12,3 månader högre för deltagarna än utan insatsen, 1 månad efter starten. "
                + "Resultatet är statistiskt säkerställt.",
            effect.Sentence.Sv);
        Assert.Equal(
            "Worse. Months with income support: between 0.5 and 12.3 months higher for participants than without the intervention, 1 month after the start. "
                + "The result is statistically significant.",
            effect.Sentence.En);
    }

    [Fact]
    public void Say_HigherIsBetterAndHigher_IsBetterPer100()
    {
        var effect = Say(0.0312, 0.1178, words: SampleResult.Rate, plan: Plan(2, OutcomeSummary.AtHorizon, PeriodLength.Year));

        Assert.Equal(
            "Bättre. I arbete eller studier: mellan 3,1 och 11,8 av 100 personer högre för deltagarna än utan insatsen, 2 år efter starten. "
                + "Resultatet är statistiskt säkerställt.",
            effect.Sentence.Sv);
        Assert.Equal(
            "Better. In work or study: between 3.1 and 11.8 in 100 persons higher for participants than without the intervention, 2 years after the start. "
                + "The result is statistically significant.",
            effect.Sentence.En);
    }

    [Fact]
    public void Say_HigherIsBetterAndLower_IsWorsePer100()
    {
        var effect = Say(-0.2, -0.1, words: SampleResult.Rate);

        Assert.StartsWith("Sämre. I arbete eller studier: mellan 10,0 och 20,0 av 100 personer lägre", effect.Sentence.Sv, StringComparison.Ordinal);
        Assert.StartsWith("Worse. In work or study: between 10.0 and 20.0 in 100 persons lower", effect.Sentence.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, 2, "Högre. ", "Higher. ")]
    [InlineData(-2, -0.5, "Lägre. ", "Lower. ")]
    public void Say_MeasureWithoutDirection_TakesNoSide(double low, double high, string sv, string en)
    {
        var effect = Say(low, high, words: SampleResult.Visits);

        Assert.StartsWith(sv + "Besök i psykiatrisk öppenvård: mellan 0,50 och 2,00 besök ", effect.Sentence.Sv, StringComparison.Ordinal);
        Assert.StartsWith(en + "Visits to outpatient psychiatry: between 0.50 and 2.00 visits ", effect.Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Say_IntervalAroundZero_NeedsMorePersons()
    {
        var effect = Say(-1.8, 0.4);

        Assert.Equal(
            "Fler personer behövs. Månader med ekonomiskt bistånd: från 1,80 månader lägre till 0,40 månader högre för deltagarna än utan insatsen, "
                + "sammanlagt över 4 kvartal efter starten. "
                + "Det går inte att säga åt vilket håll insatsen verkar, och det ska inte läsas som att den saknar effekt.",
            effect.Sentence.Sv);
        Assert.Equal(
            "More persons are needed. Months with income support: from 1.80 months lower to 0.40 months higher for participants than without the intervention, "
                + "in total over 4 quarters after the start. "
                + "Which way the intervention works cannot be told, and this should not be taken to mean that it has no effect.",
            effect.Sentence.En);
    }

    [Fact]
    public void Say_IntervalShortOfTheWorthwhile_RulesItOut()
    {
        var effect = Say(-1.8, 0.4, plan: SampleResult.Plan with { SmallestWorthwhileEffect = 2 });

        Assert.Equal(
            "En så stor förbättring som 2,00 månader kan uteslutas. Månader med ekonomiskt bistånd: från 1,80 månader lägre till 0,40 månader högre "
                + "för deltagarna än utan insatsen, sammanlagt över 4 kvartal efter starten.",
            effect.Sentence.Sv);
        Assert.Equal(
            "An improvement as large as 2.00 months can be ruled out. Months with income support: from 1.80 months lower to 0.40 months higher "
                + "for participants than without the intervention, in total over 4 quarters after the start.",
            effect.Sentence.En);
    }

    [Theory]
    [InlineData(-1.8, 0.4, MeasureDirection.LowerIsBetter, 1.8, false)]
    [InlineData(-1.8, 0.4, MeasureDirection.LowerIsBetter, 1.81, true)]
    [InlineData(-1.8, 0.4, MeasureDirection.HigherIsBetter, 0.4, false)]
    [InlineData(-1.8, 0.4, MeasureDirection.HigherIsBetter, 0.41, true)]
    [InlineData(-1.8, 0.4, MeasureDirection.Neutral, 100, false)]
    public void Say_WorthwhileEffect_IsRuledOutOnlyBeyondTheGoodEnd(double low, double high, MeasureDirection direction, double worthwhile, bool isRuledOut)
    {
        var effect = Say(low, high, SampleResult.Months with { Direction = direction }, SampleResult.Plan with { SmallestWorthwhileEffect = worthwhile });

        Assert.Equal(isRuledOut, effect.Sentence.En.StartsWith("An improvement", StringComparison.Ordinal));
        Assert.Equal(isRuledOut, effect.Sentence.Sv.StartsWith("En så stor förbättring", StringComparison.Ordinal));
        Assert.Equal(!isRuledOut, effect.Sentence.En.StartsWith("More persons are needed", StringComparison.Ordinal));
    }

    // An end at zero claims no direction.
    [Theory]
    [InlineData(0, 2)]
    [InlineData(-2, 0)]
    public void Say_IntervalThatTouchesZero_NeedsMorePersons(double low, double high) =>
        Assert.StartsWith("Fler personer behövs.", Say(low, high).Sentence.Sv, StringComparison.Ordinal);

    [Theory]
    [InlineData(-3, -1, null)]
    [InlineData(-1, 1, null)]
    [InlineData(-1, 1, 2.0)]
    public void Say_MatchedParticipantsOnly_SaysForWhomItHolds(double low, double high, double? worthwhile)
    {
        var plan = SampleResult.Plan with { SmallestWorthwhileEffect = worthwhile };
        var matched = SampleResult.Point with { Low = low, High = high, HoldsFor = EstimateGroup.MatchedTreated };

        var effect = SampleResult.Release(SampleResult.Headline(matched), plan: plan);

        Assert.Contains("Gäller de deltagare som fick en jämförelseperson.", effect.Sentence.Sv, StringComparison.Ordinal);
        Assert.Contains("Holds for the participants who found a comparison person.", effect.Sentence.En, StringComparison.Ordinal);
        var all = SampleResult.Release(SampleResult.Headline(matched with { HoldsFor = EstimateGroup.AllTreated }), plan: plan);
        Assert.DoesNotContain("Holds for", all.Sentence.En, StringComparison.Ordinal);
        Assert.Equal(effect.Sentence.Sv.Trim(), effect.Sentence.Sv);
        Assert.DoesNotContain("  ", effect.Sentence.Sv + effect.Sentence.En, StringComparison.Ordinal);
    }

    private static ReleasedEffect Say(double low, double high, MeasureWords? words = null, EvaluationPlan? plan = null) =>
        SampleResult.Release(SampleResult.Headline(SampleResult.Point with { Low = low, High = high }), words: words, plan: plan);

    private static EvaluationPlan Plan(int horizon, OutcomeSummary summary, PeriodLength length) =>
        SampleResult.Plan with { Primary = SampleResult.Plan.Primary with { HorizonPeriods = horizon, Summary = summary }, PeriodLength = length };
}
