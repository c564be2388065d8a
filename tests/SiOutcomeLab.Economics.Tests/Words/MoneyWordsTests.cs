using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.Tests.Samples;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Economics.Words;

namespace SiOutcomeLab.Economics.Tests.Words;

public sealed class MoneyWordsTests
{
    [Fact]
    public void OfCounterfactual_Baseline_IsToldInBothLanguages()
    {
        var set = Sample.Alone(Sample.Of(Sample.Placement, 30, 2), Sample.Of(Sample.SickLeave, 20, 1));
        var baseline = Sample.Told(CounterfactualBaseline.Price(Sample.Counterfactual(set), Sample.Terms("full-cost", 2023)));

        var said = BaselineWords.OfCounterfactual(ShownTable.Of(baseline.PerPersonYear, 100m), baseline.PriceLevel);

        // By hand: 30 · 4 900 · 403.70/335.92 = 176 660.81 and 20 · 1 116 = 22 320; √((2 · 5 888.69)² + 1 116²) = 11 830.13, times 1.96 =
        // 23 186.6.
        Assert.Equal(
            "Utan insatsen hade en deltagare kostat 199\u00A0000 kronor om året i 2023 års priser (konsumentprisindex (1980=100) årsmedeltal) "
            + "(95\u00A0% intervall: 175\u00A0800 till 222\u00A0200 kronor). Av det är 176\u00A0700 kronor resurser och 22\u00A0300 kronor bidrag, som är en inkomst för "
            + "den enskilde. Fördelat på dem som betalar: kommunen 127\u00A0200 kronor, Försäkringskassan 22\u00A0300 kronor, "
            + "Statens institutionsstyrelse 49\u00A0500 kronor. Vad kronorna vilar på: beräknat från närliggande uppgifter 199\u00A0000 kronor.",
            said.Sv);
        Assert.Equal(
            "Without the intervention a participant would have cost 199,000 kronor a year in 2023 prices (consumer price index (1980=100) annual mean) "
            + "(95% interval: 175,800 to 222,200 kronor). Of that, 176,700 kronor are resources and 22,300 kronor transfers, which are income to "
            + "the person. By who pays: the municipality 127,200 kronor, the Social Insurance Agency 22,300 kronor, "
            + "the National Board of Institutional Care 49,500 kronor. What the kronor rest on: modelled from a proxy 199,000 kronor.",
            said.En);
    }

    [Fact]
    public void TargetGroupAndCounterfactual_OpenDifferently()
    {
        var set = Sample.Alone(Sample.Of(Sample.Placement, 30, 2));
        var table = Sample.Told(TargetGroupBaseline.Price(Sample.TargetGroup(set), Sample.Terms("full-cost", 2023)));
        var shown = ShownTable.Of(table.PerPersonYear, 100m);

        Assert.StartsWith("En person i målgruppen som inte har fått insatsen kostar", BaselineWords.OfTargetGroup(shown, table.PriceLevel).Sv, StringComparison.Ordinal);
        Assert.StartsWith("Utan insatsen hade en deltagare kostat", BaselineWords.OfCounterfactual(shown, table.PriceLevel).Sv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-10, 1, "Per deltagare sparas ett värde av 49", "Per participant a value of 49")]
    [InlineData(10, 1, "Per deltagare kostar det 49", "Per participant it costs 49")]
    [InlineData(-10, 6, "Det går inte att säga om kronor sparas.", "Whether kronor are saved cannot be told.")]
    public void Say_Saving_PromisesNoMoreThanItsInterval(double days, double error, string sv, string en)
    {
        var said = SavingWords.Say(Shown(days, error, Standing.Verified));

        Assert.StartsWith(sv, said.Sv, StringComparison.Ordinal);
        Assert.StartsWith(en, said.En, StringComparison.Ordinal);
        Assert.DoesNotContain("indikativt", said.Sv, StringComparison.Ordinal);
    }

    [Fact]
    public void Say_Saving_TellsThreeLinesAndThatIndicativePaysNothing()
    {
        Assert.Equal(
            "Per deltagare sparas ett värde av 49\u00A0000 kronor i 2020 års priser (konsumentprisindex (1980=100) årsmedeltal), utan diskontering "
            + "(95\u00A0% intervall: 39\u00A0400 till 58\u00A0600 kronor). Fördelat på dem som betalar: kommunen 35\u00A0300 kronor, "
            + "Statens institutionsstyrelse 13\u00A0700 kronor. Av värdet slutar 39\u00A0200 kronor att förbrukas, och budgetar kan minskas med 0 kronor inom "
            + "1 år och 29\u00A0400 kronor därefter. Vad kronorna vilar på: beräknat från närliggande uppgifter 49\u00A0000 kronor. "
            + "Resultatet är indikativt: det ger ingen utbetalning.",
            SavingWords.Say(Shown(-10, 1, Standing.Indicative)).Sv);
        Assert.EndsWith(
            "budgets can be cut by 0 kronor within 1 year and 29,400 kronor after that. What the kronor rest on: modelled from a proxy 49,000 kronor. "
            + "The result is indicative: it pays nothing.",
            SavingWords.Say(Shown(-10, 1, Standing.Indicative)).En,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ShownTable_EveryCut_SumsToTheShownTotal()
    {
        var random = new Random(6);
        for (var round = 0; round < 300; round++)
        {
            var set = Sample.Alone(
                Sample.Of(Sample.Placement, random.NextDouble() * 50, 1), Sample.Of(Sample.SickLeave, random.NextDouble() * 90, 1), Sample.Of(Sample.Support, random.NextDouble() * 9, 1));
            var table = Sample.Told(CounterfactualBaseline.Price(Sample.Counterfactual(set), Sample.Terms("full-cost", 2023))).PerPersonYear;

            var shown = ShownTable.Of(table, 100m);

            Assert.Equal(shown.Total.Sek, shown.ByActor.Sum(p => p.Sek));
            Assert.Equal(shown.Total.Sek, shown.ByProvenance.Sum(p => p.Sek));
            Assert.Equal(shown.Total.Sek, shown.Resources + shown.Transfers);
            Assert.True(Math.Abs(shown.Total.Sek - table.Paid.Sek) <= 50m);
        }
    }

    [Fact]
    public void Words_EveryActorAndMark_HasAName()
    {
        Assert.Equal(10, Enum.GetValues<Actor>().Select(a => ActorWords.Of(a).Sv).Distinct().Count());
        Assert.Equal(3, Enum.GetValues<Provenance>().Select(p => ActorWords.Of(p).En).Distinct().Count());
    }

    private static ShownSaving Shown(double days, double error, Standing standing) => ShownSaving.Of(
        Sample.Told(Saving.Of(
            Sample.Effects(Sample.Alone(Sample.Of(Sample.Placement, days, error)), standing), Sample.Terms("full-cost", 2020), DiscountRate.None)),
        100m);
}
