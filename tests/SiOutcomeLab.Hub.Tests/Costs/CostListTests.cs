using System.Net.Http.Json;
using System.Text.Json;
using Grpc.Core;
using SiOutcomeLab.Protos.Costs.V1;

namespace SiOutcomeLab.Hub.Tests.Costs;

/// <summary>Finding kronor, and the register behind them.</summary>
public sealed class CostListTests(CostHub world) : IClassFixture<CostHub>
{
    public static TheoryData<CostFilter, int> Filters() => new()
    {
        { new CostFilter(), 2 },
        { new CostFilter { Plan = CostHub.Weighting }, 2 },
        { new CostFilter { Plan = CostHub.Matching }, 0 },
        { new CostFilter { Organisation = TestHub.NswOrganisation }, 2 },
        { new CostFilter { Organisation = "0180" }, 0 },
        { new CostFilter { Method = "supported-work" }, 2 },
        { new CostFilter { Measure = "earnings_usd_1982" }, 2 },
        { new CostFilter { Measure = "placement_days" }, 0 },
        { new CostFilter { UnitCostSet = "teaching" }, 1 },
        { new CostFilter { PriceYear = 2024 }, 0 },
        { new CostFilter { HorizonYears = 1 }, 2 },
        { new CostFilter { HorizonYears = 2 }, 0 },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task ListSavings_Filtered_GivesWhatFits(CostFilter filter, int expected) =>
        Assert.Equal(expected, (await world.Costs.ListSavingsAsync(new ListSavingsRequest { Filter = filter }, world.Analyst)).Savings.Count);

    [Theory]
    [InlineData("A1", 1)]
    [InlineData("B3", 0)]
    [InlineData("all", 0)]
    public async Task ListCostBaselines_OfAMunicipalityGroup_AreItsPools(string group, int expected)
    {
        var request = new ListCostBaselinesRequest { Kind = BaselineKind.TargetGroup, Filter = new CostFilter { MunicipalityGroup = group } };

        var found = (await world.Costs.ListCostBaselinesAsync(request, world.Analyst)).CostBaselines;

        Assert.Equal(Enumerable.Repeat(world.Pool, expected), found.Select(b => b.Costs));
    }

    [Fact]
    public async Task Lists_PageByPage_GiveEachOnceInOrder()
    {
        var names = new List<string>();
        var token = string.Empty;
        do
        {
            var page = await world.Costs.ListSavingsAsync(new ListSavingsRequest { IncludeMissing = true, PageSize = 2, PageToken = token }, world.Analyst);
            Assert.InRange(page.Savings.Count, 1, 2);
            names.AddRange(page.Savings.Select(s => s.Name));
            token = page.NextPageToken;
        }
        while (token.Length > 0 && names.Count < 100);

        Assert.Equal(names.Order(StringComparer.Ordinal).Distinct(), names);
        Assert.Equal(7, names.Count);
    }

    [Theory]
    [InlineData("filter.plan", "no-such is no plan")]
    [InlineData("filter.method", "no-such is no method")]
    [InlineData("filter.measure", "no-such is no measure")]
    [InlineData("filter.unit_cost_set", "no-such is no set")]
    [InlineData("filter.organisation", "no-such is no organisation")]
    [InlineData("filter.municipality_group", "no-such is no municipality group")]
    public async Task ListSavings_ByWhatNobodyKnows_IsRefusedAndNamed(string field, string told)
    {
        var filter = new CostFilter();
        CostFilter.Descriptor.FindFieldByName(field["filter.".Length..]).Accessor.SetValue(filter, "no-such");

        var e = await Assert.ThrowsAsync<RpcException>(async () => await world.Costs.ListSavingsAsync(new ListSavingsRequest { Filter = filter }, world.Analyst));

        Assert.Equal(("FIELD_INVALID", field), (e.Reason(), Assert.Single(e.Fields())));
        Assert.Contains(told, e.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_AskedForWhatCannotBe_AreRefusedByField()
    {
        var cut = Features.Paging.Page.Token("effects", "effects/a");
        var cases = new (string Field, Func<Task> Ask)[]
        {
            ("kind", async () => await world.Costs.ListCostBaselinesAsync(new ListCostBaselinesRequest(), world.Analyst)),
            ("page_token", async () => await world.Costs.ListSavingsAsync(new ListSavingsRequest { PageToken = cut }, world.Analyst)),
            ("page_size", async () => await world.Costs.ListSavingsAsync(new ListSavingsRequest { PageSize = -1 }, world.Analyst)),
            ("filter.horizon_years", async () => await world.Costs.ListSavingsAsync(new ListSavingsRequest { Filter = new CostFilter { HorizonYears = -1 } })),
            ("filter.method", async () => await world.Costs.ListSavingsAsync(new ListSavingsRequest { Filter = new CostFilter { Method = "</b>" } })),
            ("set", async () => await world.Costs.ListUnitCostsAsync(new ListUnitCostsRequest { Set = "none" })),
            ("measure", async () => await world.Costs.ListUnitCostsAsync(new ListUnitCostsRequest { Measure = "none" })),
            ("price_year", async () => await world.Costs.ListUnitCostsAsync(new ListUnitCostsRequest { PriceYear = 1999 })),
            ("from_set", async () => await world.Costs.CompareUnitCostsAsync(new CompareUnitCostsRequest { ToSet = "full-cost" })),
            ("to_set", async () => await world.Costs.CompareUnitCostsAsync(new CompareUnitCostsRequest { FromSet = "full-cost", ToSet = "none" })),
        };

        foreach (var (field, ask) in cases)
        {
            var e = await Assert.ThrowsAsync<RpcException>(ask);
            Assert.Equal(("FIELD_INVALID", field), (e.Reason(), Assert.Single(e.Fields())));
            Assert.DoesNotContain("</b>", e.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ListUnitCosts_OfTheRegister_TellsWhatCanCarryMoney()
    {
        var all = await world.Costs.ListUnitCostsAsync(new ListUnitCostsRequest());

        Assert.Equal(33, all.UnitCosts.Count);
        Assert.Equal((2024, string.Empty), (all.PriceYear, all.NextPageToken));
        Assert.Equal(["full-cost", "municipal-fee"], all.Sets.Where(s => s.IsCounted).Select(s => s.Code).Order());
        Assert.Equal((21, 0), (all.Sets.Single(s => s.Code == "published").Rows, all.Sets.Single(s => s.Code == "published").CompleteRows));
        var published = all.UnitCosts.Single(u => u.Code == "robbery_event");
        Assert.False(published.HasPerMeasureUnit);
        Assert.Contains("split", published.Missing);
        var place = all.UnitCosts.Single(u => u is { Set: "full-cost", Code: "sis_treatment_open_day" });
        Assert.Equal(4900 * 415.01 / 335.92, place.PerMeasureUnit, 6);
        Assert.Equal((0.8, 0.6, 1), (place.MarginalShare, place.CashableShare, place.CashableLagYears));

        var page = await world.Costs.ListUnitCostsAsync(new ListUnitCostsRequest { Set = "full-cost", PageSize = 2, PriceYear = 2020 });
        Assert.Equal(2, page.UnitCosts.Count);
        var rest = await world.Costs.ListUnitCostsAsync(new ListUnitCostsRequest { Set = "full-cost", PageSize = 2, PriceYear = 2020, PageToken = page.NextPageToken });
        Assert.Equal(4900, Assert.Single(rest.UnitCosts).PerMeasureUnit, 6);
    }

    [Fact]
    public async Task CompareUnitCosts_TwoSets_TellsWhatMakesTheDifference()
    {
        var compared = await world.Costs.CompareUnitCostsAsync(new CompareUnitCostsRequest { FromSet = "municipal-fee", ToSet = "full-cost" });

        var place = compared.Measures.Single(m => m.Measure == "placement_days");
        // By hand: the fee is 72 % of the full cost, and both are of 2020.
        Assert.Equal((3528 * 415.01 / 335.92, 4900 * 415.01 / 335.92), (place.FromSek, place.ToSek), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-6);
        Assert.Equal(place.ToSek - place.FromSek, place.Parts.Sum(p => p.Sek), 6);
        Assert.Equal(place.MarginalToSek - place.MarginalFromSek, place.MarginalParts.Sum(p => p.Sek), 6);
        Assert.Equal(28, place.PercentOnOtherActors, 9);
        var support = compared.Measures.Single(m => m.Measure == "income_support_months");
        Assert.Equal(support.FromSek / 2, support.ToSek, 6);
        Assert.Equal(support.ToSek - support.FromSek, support.Parts.Single(p => p.Driver == PriceDriver.Conversion).Sek, 6);
        var sickness = compared.Measures.Single(m => m.Measure == "sick_leave_days");
        Assert.False(sickness.HasFromSek);
        Assert.Equal(("municipal-fee", "NO_UNIT_COST"), (Assert.Single(sickness.Gaps).Set, sickness.Gaps[0].Kind));
    }

    [Fact]
    public async Task ListSavings_AsJson_AnswersTheSame()
    {
        using var http = new HttpClient { Timeout = TestHub.Timeout };
        var address = new Uri(world.Hub.Running.JsonAddress, "/sioutcomelab.costs.v1.CostService/ListSavings");

        using var answer = await http.PostAsJsonAsync(address, new { pageSize = 10 }, Cancel.Token);

        var body = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel.Token);
        var saving = Assert.Single(body.GetProperty("savings").EnumerateArray());
        Assert.Equal(world.Open + "/saving", saving.GetProperty("name").GetString());
        Assert.Equal(342_000, saving.GetProperty("economicValue").GetProperty("paid").GetProperty("value").GetDouble());
    }
}
