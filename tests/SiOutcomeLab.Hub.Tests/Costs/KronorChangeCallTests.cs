using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Explanations.V1;
using Actor = SiOutcomeLab.Protos.Costs.V1.Actor;

namespace SiOutcomeLab.Hub.Tests.Costs;

/// <summary>What has changed in an effect's kronor, over the wire: here prices alone, of the one run that the plan has.</summary>
public sealed class KronorChangeCallTests(CostHub world) : IClassFixture<CostHub>
{
    // One by which the hub does not reckon of itself.
    private const string Set = "teaching";

    [Fact]
    public async Task ExplainEffect_SinceADayBeforeNewPrices_DividesTheKronorAndNamesThePrices()
    {
        var (effect, run) = await HeadlineAsync();
        var plan = TestHub.NswPlans().Single(p => p.Id == CostHub.Weighting);
        // Days long after those on which the fixture and the hub itself reckon, whatever the clock says.
        await world.KeepAsync(run, On(SampleCosts.Of(plan, run, set: Set, year: 2021), new DateOnly(2980, 1, 1)));
        await world.KeepAsync(run, On(SampleCosts.Of(plan, run, set: Set, year: 2022), new DateOnly(2980, 1, 2)), Summary(-50));
        // The end of the first day in Sweden.
        var end = new DateTimeOffset(2980, 1, 1, 23, 0, 0, TimeSpan.Zero);

        var change = (await Client.ExplainEffectAsync(
            new ExplainEffectRequest { Name = effect, SinceTime = Timestamp.FromDateTimeOffset(end) }, world.Analyst)).Change;

        Assert.Equal($"runs/{run}", change.FromRun);
        Assert.Equal(change.From, change.To);
        var kronor = change.Kronor.Single(k => k.UnitCostSet == Set);
        Assert.Equal((2021, 2022), (kronor.FromTerms.PriceYear, kronor.ToTerms.PriceYear));
        Assert.Contains("-2021-", kronor.FromCosts, StringComparison.Ordinal);
        Assert.Contains("-2022-", kronor.ToCosts, StringComparison.Ordinal);
        Assert.Equal([SavingLine.EconomicValue, SavingLine.Marginal, SavingLine.BudgetReducible], kronor.Lines.Select(l => l.Line));
        // 50 days at 4 900 kr of 2020 in 2021 prices, a year away: 50 × 5 006.05 / 1.035 = 241 838, of it 72 % 174 123, in steps of a thousand.
        var row = kronor.Lines[0].ByActor[0];
        Assert.Equal((Actor.Municipality, "kommunen", "the municipality"), (row.Actor, row.NameSv, row.NameEn));
        Assert.Equal((246_240.0, 174_000.0, 246_240.0), (row.Division.Before.Value, row.Division.Between.Value, row.Division.After.Value));
        Assert.Equal((0, -72_240.0, 72_240.0), (row.Division.Change, row.Division.OfEffect, row.Division.OfPrices));
        Assert.Equal((0, -100_000.0, 100_000.0), Parts(kronor.Lines[0].Together));
        var price = Assert.Single(kronor.Prices);
        Assert.Equal(("sis_treatment_open_day", "placement_days", PriceRowChange.Changed), (price.Code, price.Measure, price.Kind));
        Assert.Equal([PriceField.PriceLevel], price.Fields);
        Assert.Equal(4900 * 343.19 / 335.92, price.FromSek, 6);
        Assert.Equal(4900 * 371.91 / 335.92, price.ToSek, 6);
        // Those of the fixture were kept with nothing behind them.
        Assert.Equal(KronorObstacle.EffectsNotKept, change.Kronor.Single(k => k.UnitCostSet == "norrkoping-2016").Obstacle);
    }

    private static (double Change, double OfEffect, double OfPrices) Parts(Division d) => (d.Change, d.OfEffect, d.OfPrices);

    private ExplanationService.ExplanationServiceClient Client => new(world.Hub.Channel);

    private static Released<ReleasedCosts> On(Released<ReleasedCosts> release, DateOnly day) => new(
        release.Value with { Terms = release.Value.Terms with { UsedOn = day } }, release.Audience, release.RuleVersion);

    private static byte[] Summary(double days)
    {
        var behind = new Contributors(300, 200, 0.02, 6, 0.2, 0.4);
        var effect = new MeasureQuantity(new MeasureCode("placement_days"), "days", 1, days, 2, Provenance.Measured, behind);
        return JsonSerializer.SerializeToUtf8Bytes(new { Saving = new { Effects = new[] { effect } } }, DomainJson.Options);
    }

    private async Task<(string Name, string Run)> HeadlineAsync()
    {
        var request = new ListEffectsRequest { Filter = new EffectFilter { Plan = CostHub.Weighting, HeadlineOnly = true } };
        var effect = (await world.Hub.Effects.ListEffectsAsync(request, world.Analyst)).Effects.Single();
        return (effect.Name, effect.Lineage.Run["runs/".Length..]);
    }
}
