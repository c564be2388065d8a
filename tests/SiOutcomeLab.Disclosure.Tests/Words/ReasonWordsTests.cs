using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Tests.Words;

public sealed class ReasonWordsTests
{
    [Theory]
    [InlineData(
        NotEstimableReason.TooFewParticipants,
        "färre deltagare än planens minsta antal 30",
        "fewer participants than the plan's minimum of 30",
        "Vänta in fler deltagare",
        "Wait for more participants")]
    [InlineData(
        NotEstimableReason.TooFewComparisonPersons,
        "färre jämförelsepersoner än planens minsta antal 40",
        "fewer comparison persons than the plan's minimum of 40",
        "Låt planen hämta jämförelsepersoner från hela projektet",
        "Let the plan draw comparison persons")]
    [InlineData(
        NotEstimableReason.OutcomeNotObserved,
        "utfallet vid planens uppföljningstid har inte skickats in för tillräckligt många",
        "the outcome at the plan's horizon has not been sent for enough persons",
        "Skicka uppföljningsdata",
        "Send follow-up data")]
    [InlineData(
        NotEstimableReason.BalanceGateFailed,
        "grupperna skiljer sig fortfarande för mycket före starten",
        "the groups still differ too much before the start",
        "Välj entropibalansering",
        "Choose entropy balancing")]
    [InlineData(
        NotEstimableReason.Separation,
        "en egenskap skiljer deltagarna helt från de andra",
        "a covariate tells participants from the others without error",
        "Ta bort egenskapen",
        "If the covariate is a condition")]
    [InlineData(
        NotEstimableReason.NoOverlap,
        "det finns inga jämförelsepersoner som liknar deltagarna",
        "there are no comparison persons like the participants",
        "Snäva in målgruppen",
        "Narrow the target group")]
    [InlineData(
        NotEstimableReason.TooFewMatches,
        "för få deltagare fick en tillräckligt lik jämförelseperson",
        "too few participants found a comparison person close enough",
        "Välj en vidare caliper",
        "Choose a wider caliper")]
    [InlineData(
        NotEstimableReason.NoVariation,
        "utfallet eller en egenskap varierar inte",
        "the outcome or a covariate does not vary",
        "Kontrollera",
        "Check that")]
    [InlineData(
        NotEstimableReason.DidNotConverge,
        "beräkningen hittade ingen lösning",
        "the computation did not converge",
        "Ta bort egenskaper",
        "Remove covariates")]
    public void Say_EachReason_HasItsSentenceAndItsOwnRemedy(NotEstimableReason reason, string sv, string en, string remedySv, string remedyEn)
    {
        var effect = Refused(reason, string.Empty);

        Assert.Equal($"Går inte att skatta. Månader med ekonomiskt bistånd: {sv}.", effect.Sentence.Sv);
        Assert.Equal($"Not estimable. Months with income support: {en}.", effect.Sentence.En);
        Assert.StartsWith(remedySv, effect.Remedy!.Sv, StringComparison.Ordinal);
        Assert.StartsWith(remedyEn, effect.Remedy.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Say_EveryReasonThereIs_HasARemedyOfItsOwn()
    {
        var remedies = Enum.GetValues<NotEstimableReason>().Select(r => Refused(r, string.Empty).Remedy!).ToArray();

        Assert.Equal(remedies.Length, remedies.Select(r => r.Sv).Distinct().Count());
        Assert.Equal(remedies.Length, remedies.Select(r => r.En).Distinct().Count());
    }

    [Theory]
    [InlineData("birth_year@1", "i en egenskap", "in one covariate")]
    [InlineData("sex=woman@1, birth_year@1", "i 2 egenskaper", "in 2 covariates")]
    public void Say_ReasonWithColumns_CountsThemAndLeavesTheirCodesToTheDetail(string columns, string sv, string en)
    {
        var effect = Refused(NotEstimableReason.BalanceGateFailed, columns);

        Assert.EndsWith($"före starten ({sv}).", effect.Sentence.Sv, StringComparison.Ordinal);
        Assert.EndsWith($"before the start ({en}).", effect.Sentence.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Say_Withheld_SaysThatAnEstimateExistsAndWhatWouldHelp()
    {
        var effect = SampleResult.Release(SampleResult.Headline(SampleResult.Point with { Treated = 29 }));

        Assert.Equal("Visas inte. Månader med ekonomiskt bistånd: skattningen vilar på för få personer för att kunna visas.", effect.Sentence.Sv);
        Assert.Equal("Withheld. Months with income support: the estimate rests on too few persons to be shown.", effect.Sentence.En);
        Assert.Equal("Fler deltagare, längre tid eller ett sammanvägt resultat för metoden i flera kommuner.", effect.Remedy!.Sv);
        Assert.Equal("More participants, a longer time, or a pooled result for the method over several municipalities.", effect.Remedy.En);
    }

    private static ReleasedEffect Refused(NotEstimableReason reason, string detail) =>
        SampleResult.Release(SampleResult.Headline() with { Estimate = null, NotEstimable = new NotEstimable(reason, detail) });
}
